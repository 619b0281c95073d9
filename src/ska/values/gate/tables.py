"""What the gate reckons with: the counts behind each number, and the sums that bind them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf
from operator import ge

from ska.values.rules import FEWEST_OUTSIDE_A_LEVEL

Counts = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One number in one version, by the counts behind it.

    *contents* add up from parts to whole as the number does: of a share those who reached the
    level and those who did not (*is_split*: together they are the group), of a mean the group, of
    a count the group and the count. What is not known is zero: the least that can be leant on.
    *since* and *until* are the moments between which the version stood. *most* is what all know
    that the counts are at most: of those who are a part of a whole that is told.
    """

    contents: Counts
    limit: int
    is_split: bool = False
    is_secret: bool = False  # may not be told, by itself
    is_always: bool = False  # nor at any other limit or to any other audience
    is_near: bool = False  # told as "≈100": one to four did not reach the level
    is_rest: bool = False  # a line that nobody put out, or what a sum leaves over
    fixed_since: float = inf  # published beside from then on: hiding it here hides nothing
    since: int = 0
    until: int | None = None
    most: Counts | None = None

    @property
    def size(self) -> float:
        """Return how many people the number stands on."""
        return sum(self.contents) if self.is_split else self.contents[0]

    def is_free(self, widths: Sequence[float]) -> bool:
        """Tell whether counts that may lie anywhere in intervals so wide are well hidden."""
        if self.most is not None:
            return self._is_free_in_its_whole(widths, self.most)
        group = sum(widths) if self.is_split else min(widths)
        return min(widths) >= FEWEST_OUTSIDE_A_LEVEL and group >= self.limit

    def _is_free_in_its_whole(self, widths: Sequence[float], most: Counts) -> bool:
        """Tell the same of a part: no count of it can be hidden in more than the whole has."""
        if not all(map(ge, widths, self.least)):
            return False
        if self.is_split:
            return sum(widths) >= min(self.limit, sum(most))
        return all(wide >= min(self.limit, few) for wide, few in zip(widths, most, strict=True))

    @property
    def least(self) -> Counts:
        """Return how wide the interval of each count has to be, whoever reads."""
        most = (inf,) * len(self.contents) if self.most is None else self.most
        return tuple(min(FEWEST_OUTSIDE_A_LEVEL, one) for one in most)

    def cost(self, moment: int) -> float:
        """Return what hiding the cell takes from the reader at *moment*."""
        is_gone = self.until is not None and self.until <= moment
        return 0 if self.is_always or self.is_rest or is_gone else self.size + 1


@dataclass(frozen=True, slots=True)
class Sum:
    """A whole and its parts, as places in the table; *until* more is known than this."""

    whole: int
    parts: tuple[int, ...]
    since: int = 0
    until: int | None = None

    @property
    def cells(self) -> tuple[int, ...]:
        """Return the whole and the parts."""
        return (self.whole, *self.parts)


def families(sums: Iterable[Sum]) -> list[list[Sum]]:
    """Return the sums in groups that share no cell: one says nothing of another."""
    leader: dict[int, int] = {}

    def lead(cell: int) -> int:
        while leader.setdefault(cell, cell) != cell:
            leader[cell] = leader[leader[cell]]
            cell = leader[cell]
        return cell

    kept = list(sums)
    for one in kept:
        first = lead(one.whole)
        for cell in one.parts:
            leader[lead(cell)] = first
    grouped: dict[int, list[Sum]] = {}
    for one in kept:
        grouped.setdefault(lead(one.whole), []).append(one)
    return list(grouped.values())
