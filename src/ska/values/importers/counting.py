"""Counting pupils together: figures, and which of them may be told (docs/decisions/0074). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from ska.values.rules import FEWEST_OUTSIDE_A_LEVEL, ValueStatus

T = TypeVar("T")
BOTH = ("K", "M")
HIDES, NEAR = ValueStatus.SUPPRESSED_SMALL_GROUP, ValueStatus.ROUNDED_NEAR_100
MOST_NEAR = FEWEST_OUTSIDE_A_LEVEL - 1
Counts = Mapping[str, int]  # how many there are of each mark


@dataclass(frozen=True)
class Label:
    """A measure: its name (the code too), its unit, and what is counted."""

    name: str
    unit: str
    definition: str


@dataclass(frozen=True)
class Figure:
    """A number and how many stand behind it; where it is a gap it has none."""

    value: float = 0.0
    n: int | None = None
    status: ValueStatus = ValueStatus.VALUE

    @property
    def is_told(self) -> bool:
        """Tell whether there is a number."""
        return self.status is ValueStatus.VALUE

    @property
    def parts(self) -> dict[str, Figure]:
        """Return what stands for girls and boys when only all are told of."""
        return dict.fromkeys(BOTH, HIDDEN if self.status is HIDES else NOT_TOLD)


HIDDEN = Figure(status=HIDES)
NOT_TOLD = Figure(status=ValueStatus.NOT_TOLD)


@dataclass(frozen=True)
class Sides:
    """How many of a group reached a level, and how many did not."""

    reached: int
    missed: int

    @property
    def n(self) -> int:
        """Return how many the group are."""
        return self.reached + self.missed

    @property
    def per_cent(self) -> float:
        """Return the share that reached the level."""
        return 100 * self.reached / self.n

    def status(self, limit: int) -> ValueStatus:
        """Return how the share may be told of the group alone (decision 27)."""
        if self.n < limit or 0 < self.reached < limit:
            return HIDES
        return NEAR if 0 < self.missed <= MOST_NEAR else ValueStatus.VALUE


def may_be_apart(sides: Mapping[str, Sides], limit: int) -> bool:
    """Tell whether girls and boys may be told apart: enough of both reached the level.

    And enough of both did not, or nobody. With the four counts of a group that is not told apart
    as large, each of them may be any of *limit* numbers.
    """
    both = [sides[gender] for gender in BOTH if gender in sides]
    if len(both) < len(BOTH) or any(one.reached < limit for one in both):
        return False
    return all(one.missed >= limit for one in both) or not any(one.missed for one in both)


def as_counts(counts: Counts, least: int, limit: int, near_all: int = 0) -> dict[str, Figure]:
    """Return the counts of one whole; each stands on the smallest of what they tell.

    They give each other away, and the shares told beside them, of which *least* is the smallest
    group: who has a higher limit sees all of them or none. A whole that is not known is *near_all*
    pupils: all but one to four.
    """
    slack = MOST_NEAR if near_all else 0
    hidden = hidden_parts(counts, limit, slack)
    told = [count for mark, count in counts.items() if mark not in hidden]
    whole = near_all - slack if near_all else sum(counts.values())
    base = min([count for count in (*told, whole - sum(told)) if count > 0] + [least])
    return {mark: HIDDEN if mark in hidden else Figure(count, base)
            for mark, count in counts.items()}  # fmt: skip


def by_gender(found: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    """Return what was found for all and, when everyone's gender is known, for girls and boys."""
    pairs = list(found)
    groups = {"T": [one for _gender, one in pairs]}
    if all(gender for gender, _one in pairs):
        for gender, one in pairs:
            groups.setdefault(gender, []).append(one)
    return groups


def sides_of(reached: Iterable[tuple[str, bool]]) -> dict[str, Sides]:
    """Return how many reached a level and did not, of all, girls and boys."""
    return {
        gender: Sides(sum(found), len(found) - sum(found))
        for gender, found in by_gender(reached).items()
    }


def hidden_parts(counts: Mapping[str, int], limit: int, slack: int = 0) -> set[str]:
    """Return which parts of a whole are hidden: the small, and with any the next smallest.

    At least two with *limit* people together, or all, empty ones too. Of a whole that is known but
    for one to *slack*, some are hidden always: all of them would tell how few are left.
    """
    some = sorted((mark for mark in counts if counts[mark]), key=lambda mark: counts[mark])
    sizes = [(counts[mark], counts[mark] < limit) for mark in some]
    if slack and sizes:
        sizes[0] = (sizes[0][0], True)
    answers = also_hidden(sizes, limit + max(slack - 1, 0))
    hidden = {mark for mark, hide in zip(some, answers, strict=True) if hide}
    return set(counts) if len(hidden) == 1 else hidden


def also_hidden(parts: list[tuple[int, bool]], limit: int) -> list[bool]:
    """Return which parts of a whole, each a size and whether it is hidden, have to be hidden.

    The next smallest is hidden too (Skolverket's own rule), until at least two are and together
    they hold at least *limit* people, or none is left.
    """
    hidden = [is_hidden for _size, is_hidden in parts]
    if not any(hidden):
        return hidden
    for i in sorted(range(len(parts)), key=lambda i: (parts[i][0], i)):
        together = sum(parts[j][0] for j in range(len(parts)) if hidden[j])
        if sum(hidden) >= 2 and together >= limit:
            break
        hidden[i] = True
    return hidden
