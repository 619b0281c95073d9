"""What a picture of deviations shall show: its rows, what they mean, and what to say."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from pydantic.dataclasses import dataclass as checked

from ska.charts.spec import Role, Spec
from ska.statistics import Comparison, Measure

LEAST_REACH = 20
"""The scale reaches at least so many per cent either way: one pupil must not look like many."""


@dataclass(frozen=True)
class DeviationRow:
    """A subject, a place or a year with the shares that lie lower, the same and higher.

    *shift* judges one way against the other, *beside* the lower and the higher share against the
    reference; *broken* says why the row may not be compared with the row before it.
    """

    key: str
    name: str
    lower: Measure
    same: Measure
    higher: Measure
    role: Role = Role.OTHER
    shift: Comparison | None = None
    beside: tuple[Comparison, Comparison] | None = None
    broken: str = ""

    @property
    def net(self) -> float | None:
        """Return higher − lower in percentage points."""
        if self.lower.value is None or self.higher.value is None:
            return None
        return self.higher.value - self.lower.value

    @property
    def is_silent(self) -> bool:
        """Tell whether there is nothing to draw."""
        return self.lower.value is None and self.higher.value is None


@checked(frozen=True, kw_only=True)
class DeviationSpec(Spec):
    """The rows from top to bottom. *rows_are* names them in the table ("Ämne", "Plats", "Vår").

    *ways* are the words for lower and higher. *focus* is the key of the row that the title and the
    sentence are about; *beside* names what the shares are compared with, empty for nothing.
    """

    rows: tuple[DeviationRow, ...]
    rows_are: str
    ways: tuple[str, str]
    focus: str = ""
    beside: str = ""
    period: str = ""

    @property
    def reach(self) -> int:
        """Return how far the scale goes either way, in per cent."""
        ends = [LEAST_REACH, *(end for row in self.rows for end in _ends(row))]
        return 10 * ceil(max(ends) / 10 - 1e-9)

    def ticks(self, *, most: int) -> list[int]:
        """Return where the scale has its lines, at *most* so many, both ways from the middle."""
        step = next(one for one in (10, 20, 40, 50, 100) if 2 * (self.reach // one) + 1 <= most)
        ways = range(step, self.reach + 1, step)
        return [*(-at for at in reversed(ways)), 0, *ways]

    @property
    def standing(self) -> DeviationRow | None:
        """Return the row that the sentence is about."""
        return next((row for row in self.rows if row.key == self.focus), None)


def _ends(row: DeviationRow) -> list[float]:
    found = [0.0]
    for one in (row.lower, row.higher):
        around = one.reach() if one.value is not None else None
        found.append(one.value or 0.0)
        found.append(around.high if around else 0.0)
    return found
