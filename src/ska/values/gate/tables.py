"""What the gate reckons with: the counts behind each number, and the sums that bind them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import inf

from ska.values.rules import FEWEST_OUTSIDE_A_LEVEL

Counts = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One number in one version, by the counts behind it.

    *contents* add up from parts to whole as the number does: of a share those who reached the
    level and those who did not (*is_split*: together they are the group), of a mean the group, of
    a count the group and the count. What is not known is zero: the least that can be leant on.
    *since* and *until* are the moments between which the version stood.

    Others may publish the share without the group: the counts of the group then keep that share
    to each other, however many they are.
    """

    contents: Counts
    limit: int
    is_split: bool = False
    is_secret: bool = False  # may not be told, by itself
    is_always: bool = False  # nor at any other limit or to any other audience
    is_near: bool = False  # told as "≈100": one to four did not reach the level
    is_rest: bool = False  # a line that nobody put out, or what a sum leaves over
    fixed_since: float = inf  # published beside from then on: hiding it here hides nothing
    share: float | None = None  # of the group, published beside without it
    share_since: float = inf
    since: int = 0
    until: int | None = None

    @property
    def size(self) -> float:
        """Return how many people the number stands on."""
        return sum(self.contents) if self.is_split else self.contents[0]

    def share_at(self, moment: float) -> float | None:
        """Return the share of the group that is known at *moment* though the group is not."""
        return self.share if self.share_since <= moment else None

    def emptied(self) -> Cell:
        """Return the cell with nothing in it that can be leant on."""
        return replace(self, contents=tuple(0.0 for _ in self.contents))

    def is_free(self, widths: Sequence[float]) -> bool:
        """Tell whether counts that may lie anywhere in intervals so wide are well hidden."""
        group = sum(widths) if self.is_split else min(widths)
        return min(widths) >= FEWEST_OUTSIDE_A_LEVEL and group >= self.limit

    def cost(self, moment: int) -> float:
        """Return what hiding the cell takes from the reader at *moment*."""
        is_gone = self.until is not None and self.until <= moment
        return 0 if self.is_always or self.is_rest or is_gone else self.size + 1


@dataclass(frozen=True, slots=True)
class Sum:
    """A whole and its parts, as places in the table; *until* more is known than this.

    The parts may hold more than the whole (*is_over*) when the numbers are of different days.
    """

    whole: int
    parts: tuple[int, ...]
    since: int = 0
    until: int | None = None
    is_over: bool = False

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
