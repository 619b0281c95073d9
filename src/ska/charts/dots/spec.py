"""What a dot plot shall show: its places, what they are compared with, and what to say."""

from __future__ import annotations

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

from ska.charts.picture import Axis, axis_over
from ska.charts.spec import Role, Spec
from ska.statistics import Comparison, Measure

MOST_ROWS = 60


@dataclass(frozen=True, config=ConfigDict(arbitrary_types_allowed=True))
class DotRow:
    """A place with its value; *against* tells it from the reference, None for the reference.

    *apart* says why the place may not be compared with the others ("annan definition").
    """

    key: str
    name: str
    measure: Measure
    role: Role = Role.OTHER
    against: Comparison | None = None
    apart: str = ""

    def told(self, period: str) -> str:
        """Return the value with its count and when it is from, as it is said of this place."""
        when = f"({self.apart})" if self.apart else period
        return f"{self.measure.written_with_count()} {when}"


@dataclass(frozen=True, kw_only=True)
class DotSpec(Spec):
    """The rows as they stand from top to bottom; *reference* is the key of one of them or empty.

    *order* says in words how they are ordered; none of them has a number.
    """

    rows: tuple[DotRow, ...]
    period: str
    reference: str = ""
    order: str = "i bokstavsordning"

    @property
    def is_crowd(self) -> bool:
        """Tell whether there are too many places for a row each."""
        return len(self.rows) > MOST_ROWS

    @property
    def axis(self) -> Axis:
        """Return the scale that holds every value with its uncertainty."""
        ends = [end for row in self.rows for end in _ends(row.measure)]
        return axis_over(ends, share=self.share)

    @property
    def standing(self) -> DotRow | None:
        """Return the row that the others are compared with."""
        return next((row for row in self.rows if row.key == self.reference), None)


def _ends(measure: Measure) -> list[float]:
    if measure.value is None:
        return []
    around = measure.interval()
    ends = [around.low * 100, around.high * 100] if around else []
    return [measure.value, *ends]
