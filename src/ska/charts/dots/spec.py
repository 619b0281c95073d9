"""What a dot plot shall show: its places, what they are compared with, and what to say."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

from ska.charts.picture import Axis, axis_over
from ska.charts.spec import Role, Spec
from ska.statistics import Comparison, Measure, Verdict

MOST_ROWS, MOST_BLANK = 60, 8


@dataclass(frozen=True, config=ConfigDict(arbitrary_types_allowed=True))
class DotRow:
    """A place with its value; *against* tells it from the reference, None for the reference.

    *apart* says why the place may not be compared with the others ("annan definition"). Of a place
    without a value, *is_blank* tells that nothing at all is known, *is_high* that nearly all are in
    the share.
    """

    key: str
    name: str
    measure: Measure
    role: Role = Role.OTHER
    against: Comparison | None = None
    apart: str = ""
    is_blank: bool = False
    is_high: bool = False

    @property
    def is_clear(self) -> bool:
        """Tell whether the place differs from the reference by more than chance gives."""
        return self.against is not None and self.against.is_clear and not self.apart

    def told(self, period: str) -> str:
        """Return the value with its count and when it is from, as it is said of this place."""
        when = f"({self.apart})" if self.apart else period
        return f"{self.measure.written_with_count()} {when}"


@dataclass(frozen=True, kw_only=True)
class DotSpec(Spec):
    """The rows as they stand from top to bottom; *reference* is the key of one of them or empty.

    *order* says in words how they are ordered; none of them has a number. *wholes* are the keys of
    rows that the others are parts of: among heaps they are lines, and never counted as places.
    """

    rows: tuple[DotRow, ...]
    period: str
    reference: str = ""
    order: str = "i bokstavsordning"
    heaped: bool = False
    wholes: tuple[str, ...] = ()

    @property
    def is_crowd(self) -> bool:
        """Tell whether the places are heaped: as was asked for, or too many for a row each."""
        return self.heaped or len(self.shown) > MOST_ROWS

    @property
    def draws_spread(self) -> bool:
        """Tell whether the picture draws how far chance may move a value."""
        return not self.is_crowd

    @property
    def shown(self) -> tuple[DotRow, ...]:
        """Return the rows that are drawn."""
        return drawn_of(self.rows)

    @property
    def places(self) -> tuple[DotRow, ...]:
        """Return the rows that are places and no whole of them."""
        return tuple(row for row in self.rows if row.key not in self.wholes)

    @property
    def lines(self) -> tuple[DotRow, ...]:
        """Return the wholes that have a value."""
        return tuple(
            row for row in self.rows if row.key in self.wholes and row.measure.value is not None
        )

    @property
    def judged(self) -> tuple[DotRow, ...]:
        """Return the rows of which it is told whether they differ from the reference."""
        return tuple(
            one
            for one in self.rows
            if one.against and one.against.verdict is not Verdict.CANNOT_TELL and not one.apart
        )

    @property
    def axis(self) -> Axis:
        """Return the scale that holds every value with its uncertainty."""
        ends = [end for row in self.rows for end in _ends(row.measure)]
        return axis_over([*ends, *highest(self.rows)], share=self.share, decimals=self.decimals)

    @property
    def standing(self) -> DotRow | None:
        """Return the row that the others are compared with."""
        return next((row for row in self.rows if row.key == self.reference), None)


def drawn_of(rows: tuple[DotRow, ...]) -> tuple[DotRow, ...]:
    """Return the rows to draw: very many of which nothing is known would hide the others."""
    blank = sum(row.is_blank for row in rows)
    return tuple(row for row in rows if blank <= MOST_BLANK or not row.is_blank)


def highest(rows: Iterable[DotRow]) -> list[float]:
    """Return the end of the scale where a place that nearly all reached has its word."""
    return [100.0] if any(row.is_high for row in rows) else []


def _ends(measure: Measure) -> list[float]:
    if measure.value is None:
        return []
    around = measure.reach()
    ends = [around.low, around.high] if around else []
    return [measure.value, *ends]
