"""The school year (läsår): 1 July to 30 June."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_SPELLINGS = re.compile(r"(\d{4})[-/–](\d{2}|\d{4})")
FIRST, LAST = 1990, 2090


@dataclass(frozen=True, order=True)
class SchoolYear:
    """A läsår, named by the calendar year it starts in: ``SchoolYear(2026)`` is 2026/27."""

    start: int

    @classmethod
    def containing(cls, day: date) -> SchoolYear:
        """Return the school year that *day* lies in; it turns on 1 July."""
        return cls(day.year if day.month >= 7 else day.year - 1)

    @classmethod
    def parse(cls, text: str) -> SchoolYear:
        """Read ``2026/27``, ``2026-27`` or ``2026/2027``; raise ValueError for anything else."""
        match = _SPELLINGS.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"not a school year: {text!r}")
        start, end = int(match[1]), int(match[2])
        if end % 100 != (start + 1) % 100 or (end > 99 and end != start + 1):
            raise ValueError(f"a school year spans two following years: {text!r}")
        if not FIRST <= start <= LAST:
            raise ValueError(f"school year out of range: {text!r}")
        return cls(start)

    @property
    def first_day(self) -> date:
        """Return 1 July of the starting year."""
        return date(self.start, 7, 1)

    @property
    def last_day(self) -> date:
        """Return 30 June of the ending year."""
        return date(self.start + 1, 6, 30)

    @property
    def slug(self) -> str:
        """Return the spelling used in addresses: ``2026-27``."""
        return f"{self.start}-{(self.start + 1) % 100:02}"

    @property
    def next(self) -> SchoolYear:
        """Return the following school year."""
        return SchoolYear(self.start + 1)

    @property
    def previous(self) -> SchoolYear:
        """Return the school year before."""
        return SchoolYear(self.start - 1)

    def year_of(self, month: int) -> int:
        """Return the calendar year in which the month lies."""
        return self.start + (month < 7)

    def year_of_week(self, week: int) -> int:
        """Return the calendar year of the ISO week: 27 and later lie in the autumn."""
        return self.start + (week < 27)

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    def __str__(self) -> str:
        return f"{self.start}/{(self.start + 1) % 100:02}"
