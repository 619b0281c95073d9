"""The calendar year, which budgets and annual accounts follow, with the same doors as a läsår."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ska.core.school_year import SchoolYear


@dataclass(frozen=True, order=True)
class CalendarYear:
    """The year *start*, 1 January to 31 December."""

    start: int

    @property
    def first_day(self) -> date:
        """Return New Year's Day."""
        return date(self.start, 1, 1)

    @property
    def last_day(self) -> date:
        """Return New Year's Eve."""
        return date(self.start, 12, 31)

    @property
    def next(self) -> CalendarYear:
        """Return the year after."""
        return CalendarYear(self.start + 1)

    @property
    def previous(self) -> CalendarYear:
        """Return the year before."""
        return CalendarYear(self.start - 1)

    def year_of(self, month: int) -> int:  # the same question as to a läsår
        """Return the calendar year that the month lies in: this one."""
        return self.start

    def year_of_week(self, week: int) -> int:  # as above
        """Return the calendar year that the ISO week lies in: this one."""
        return self.start

    def __contains__(self, day: date) -> bool:
        return day.year == self.start

    def __str__(self) -> str:
        return str(self.start)


Year = SchoolYear | CalendarYear
