"""How tiles are moved, taken away and added, and what is said of empty ones. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from ska.comparisons.rules import periods_of
from ska.core.periods import number_of
from ska.core.swedish import join_words
from ska.core.text import _
from ska.dashboards.definitions import MOST_TILES, Tile
from ska.errors import Conflict
from ska.overview.rules.rows import Row, of_kind, usual_kind
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


def stepped_back(periods: Sequence[str], latest: str, back: int) -> str:
    """Return the period *back* steps before *latest* among *periods* (latest first), or the first.

    Where nothing is so old the oldest is the nearest.
    """
    return periods[min(periods.index(latest) + back, len(periods) - 1)]


def ended(own: Sequence[Row], back: int) -> tuple[str, str]:
    """Return where a tile *back* periods before the latest ends: the kind of period, and which.

    Both are empty where it ends with the latest, or there is no number to end at.
    """
    known = [one for one in own if one.value is not None]
    if not back or not known:
        return "", ""
    kind = usual_kind(known)
    periods = periods_of(of_kind(known, kind))
    return kind, stepped_back(periods, periods[0], back)


def until(rows: Sequence[Row], end: tuple[str, str]) -> list[Row]:
    """Return the *rows* that are not later than the period at which a tile ends."""
    kind, period = end
    if not period:
        return list(rows)
    last = number_of(period, kind)
    return [one for one in of_kind(rows, kind) if number_of(one.period, kind) <= last]


def why_bare(rows: Iterable[Row], *, of_units: bool = False) -> str:
    """Return why there is no number among *rows*: none is read in, or what stands in its place."""
    words = sorted({word_beside(one.status) for one in rows if one.value is None})
    if words:
        return _("Inget värde att visa: {why}.").format(why=join_words(words))
    if of_units:
        return _("Inga värden inlästa för enheterna än.")
    return _("Inga värden inlästa än.")
