"""A waiting report as it is stored, and as it is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ska.history.catalogue import shipped
from ska.history.rules.blocks import Block, Kind
from ska.history.rules.promises import Promise, promises_in
from ska.history.rules.sorting import Section, sections_of


@dataclass(frozen=True)
class Content:
    """A report's blocks, how many paragraphs it has, and what its reader has chosen so far."""

    level: str
    blocks: Sequence[Block]
    found: int = 0
    left_out: Sequence[str] = ()
    parts: dict[int, str] = field(default_factory=dict)
    promises: frozenset[int] = frozenset()
    is_sure: bool = False

    @cached_property
    def sections(self) -> list[Section]:
        """Return the sections with their parts; every block lies in exactly one."""
        return sections_of(self.blocks, shipped().of(self.level), self.parts)

    @cached_property
    def candidates(self) -> dict[int, Promise]:
        """Return the promises by the block that holds them."""
        return {one.place: one for one in promises_in(self.sections)}

    @property
    def accepted(self) -> list[Promise]:
        """Return the promises that their reader has taken on."""
        return [one for place, one in self.candidates.items() if place in self.promises]

    @property
    def paragraphs(self) -> int:
        """Return how many of the report's paragraphs the sections hold."""
        return sum(one.stands_for for one in self.sections)

    def as_kept(self) -> dict[str, Any]:
        """Return the content as plain JSON."""
        return {
            "blocks": [
                [one.kind, one.text, one.level, one.stands_for, one.opens] for one in self.blocks
            ],
            "found": self.found,
            "left_out": list(self.left_out),
            "parts": {str(place): part for place, part in self.parts.items()},
            "promises": sorted(self.promises),
            "is_sure": self.is_sure,
        }


def content_of(kept: dict[str, Any], level: str) -> Content:
    """Return what `as_kept` made, for a unit's report or the huvudman's."""
    return Content(
        level,
        [Block(Kind(kind), *rest) for kind, *rest in kept["blocks"]],
        kept["found"],
        kept["left_out"],
        {int(place): part for place, part in kept["parts"].items()},
        frozenset(kept["promises"]),
        kept["is_sure"],
    )
