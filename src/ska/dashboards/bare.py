"""The empty tiles of a tavla, told together: the reason once, and an indicator once. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ska.dashboards.drawn import Drawn


@dataclass(frozen=True)
class BareIndicator:
    """An indicator, and how its empty tiles at one place would show it; *path* is the first's."""

    name: str
    path: str
    about: str


@dataclass(frozen=True)
class Bare:
    """Why some tiles are empty, and which."""

    why: str
    indicators: tuple[BareIndicator, ...]


def told_together(tiles: Iterable[Drawn]) -> list[Bare]:
    """Return the empty ones of *tiles* by reason, in their order."""
    found: dict[str, dict[tuple[str, str], list[Drawn]]] = {}
    for one in tiles:
        if one.why_empty:
            alike = found.setdefault(one.why_empty, {})
            alike.setdefault((one.name, one.place), []).append(one)
    return [
        Bare(why, tuple(_indicator(group) for group in alike.values()))
        for why, alike in found.items()
    ]


def _indicator(tiles: list[Drawn]) -> BareIndicator:
    first = tiles[0]
    also = [one.shown for one in tiles[1:]]
    return BareIndicator(first.name, first.path, " · ".join([first.about, *also]))
