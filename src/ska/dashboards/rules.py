"""How tiles are moved, taken away and added, and what is said of empty ones. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from ska.core.swedish import join_words
from ska.core.text import _
from ska.dashboards.definitions import MOST_TILES, Tile
from ska.errors import Conflict
from ska.overview.rules.rows import Row
from ska.values.rules import word_beside


class Act(StrEnum):
    """What is done to a tile on the tavla."""

    UP = "upp"
    DOWN = "ner"
    AWAY = "bort"


def rearranged(tiles: Sequence[Tile], act: Act, at: int) -> tuple[Tile, ...]:
    """Return the tiles after *act* on the one at *at*; raise Conflict when it is not there."""
    if not 0 <= at < len(tiles):
        raise Conflict("Rutan finns inte längre på tavlan.")
    found = list(tiles)
    tile = found.pop(at)
    if act is not Act.AWAY:
        found.insert(max(0, at - 1) if act is Act.UP else at + 1, tile)
    return tuple(found)


def with_tile(tiles: Sequence[Tile], tile: Tile) -> tuple[Tile, ...]:
    """Return the tiles with one more at the end; raise Conflict when there is no room."""
    if len(tiles) >= MOST_TILES:
        raise Conflict(f"En tavla rymmer {MOST_TILES} rutor. Ta bort en först.")
    return (*tiles, tile)


def why_bare(rows: Iterable[Row], *, of_units: bool = False) -> str:
    """Return why there is no number among *rows*: none is read in, or what stands in its place."""
    words = sorted({word_beside(one.status) for one in rows if one.value is None})
    if words:
        return _("Inget värde att visa: {why}.").format(why=join_words(words))
    if of_units:
        return _("Inga värden inlästa för enheterna än.")
    return _("Inga värden inlästa än.")
