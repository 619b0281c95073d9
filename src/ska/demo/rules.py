"""Moving the demo in time by whole school years, so that it always stands in its November."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from ska.core.holidays import this_or_next_working_day
from ska.core.school_year import SchoolYear

BASE = SchoolYear(2026)
SUMMER = timedelta(days=51)
"""From 1 July until the last of the demo's people have begun (20 August)."""
_YEAR = re.compile(r"\b(20[12]\d)(?:([/-])(\d\d))?\b")


def years_from_base(today: date) -> int:
    """Return how many school years *today* lies after the year that the demo is written in.

    In summer, before the demo's people have begun the new year, it is still in the old one.
    """
    return SchoolYear.containing(today - SUMMER).start - BASE.start


def moved_day(day: date, years: int) -> date:
    """Return *day* moved by whole years; on a weekend or red day the next working day."""
    if years == 0:
        return day
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return this_or_next_working_day(day.replace(year=day.year + years, day=last))


def _moved_text(text: str, years: int) -> str:
    def move(match: re.Match[str]) -> str:
        start = int(match[1]) + years
        if match[2] is None:
            return str(start)
        return f"{start}{match[2]}{(int(match[3]) + years) % 100:02}"

    return _YEAR.sub(move, text) if years else text


def moved(data: Any, years: int) -> Any:
    """Return *data* with every date, year and läsår in it moved by *years*."""
    if isinstance(data, dict):
        return {
            key: value + years if key == "year" and isinstance(value, int) else moved(value, years)
            for key, value in data.items()
        }
    if isinstance(data, list):
        return [moved(value, years) for value in data]
    if isinstance(data, date):
        return moved_day(data, years)
    if isinstance(data, str):
        return _moved_text(data, years)
    return data
