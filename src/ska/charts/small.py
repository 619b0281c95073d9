"""What small multiples shall show: the places, their periods, and where the series is broken."""

from __future__ import annotations

from bisect import bisect_left

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

from ska.charts.spec import Break, Role, Spec
from ska.core.periods import kind_of, number_of
from ska.statistics import Measure

MOST = 48


@dataclass(frozen=True, config=ConfigDict(arbitrary_types_allowed=True))
class SmallTrend:
    """A place with its value in each period; *carried* are periods that only repeat another."""

    key: str
    name: str
    measures: tuple[Measure, ...]
    role: Role = Role.OTHER
    carried: tuple[bool, ...] = ()

    def runs(self) -> list[list[int]]:
        """Return the positions that a line may join: measured, and counted alike."""
        found: list[list[int]] = [[]]
        for at, one in enumerate(self.measures):
            if one.value is None:
                found.append([])
                continue
            before = self.measures[at - 1] if at else None
            is_repeated = any(self.carried[at - 1 : at + 1])
            if is_repeated or (before is not None and before.basis != one.basis):
                found.append([])
            found[-1].append(at)
        return [run for run in found if run]


@dataclass(frozen=True, kw_only=True)
class MultiplesSpec(Spec):
    """The places as they stand, row by row; the one whose key is *reference* is in each box."""

    panels: tuple[SmallTrend, ...]
    periods: tuple[str, ...]
    reference: str = ""
    order: str = "i bokstavsordning"
    breaks: tuple[Break, ...] = ()

    @property
    def drawn(self) -> list[SmallTrend]:
        """Return the places that have a box: those with any value."""
        return [one for one in self.panels if one.runs()]

    @property
    def broken(self) -> dict[int, Break]:
        """Return the breaks by the position of the first period that is drawn after each."""
        found: dict[int, Break] = {}
        for one in self.breaks:
            numbers = [number_of(period, kind_of(period)) for period in self.periods]
            at = bisect_left(numbers, number_of(one.at, kind_of(one.at)))
            if 0 < at < len(numbers):
                found[at] = one
        return found

    @property
    def reason(self) -> str:
        """Return why there are no small trends, in Swedish; empty when there are."""
        if len(self.periods) < 2:
            return "det finns värden för en enda period"
        if len(self.drawn) > MOST:
            return f"fler än {MOST} platser går inte att läsa bredvid varandra"
        return ""
