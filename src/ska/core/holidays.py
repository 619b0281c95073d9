"""Working days in Sweden: not weekends, not red days, not the three eves that count as Sundays."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from holidays.countries.sweden import Sweden

_ONE_DAY = timedelta(days=1)


def holiday_name(day: date) -> str | None:
    """Return the Swedish name of a red day or of Midsummer's, Christmas or New Year's Eve.

    The red days are those of lag (1989:253) om allmänna helgdagar; semesterlagen (1977:480) 3 a §
    puts the three eves on a par with Sundays. Ordinary Sundays have no name here.
    """
    return _holidays(day.year).get(day)


def is_working_day(day: date) -> bool:
    """Tell whether people can be expected at work on the day."""
    return day.weekday() < 5 and day not in _holidays(day.year)


def this_or_next_working_day(day: date) -> date:
    """Return the day itself if it is a working day, otherwise the first that follows."""
    while not is_working_day(day):
        day += _ONE_DAY
    return day


def next_working_day(day: date) -> date:
    """Return the first working day after the day."""
    return this_or_next_working_day(day + _ONE_DAY)


def previous_working_day(day: date) -> date:
    """Return the last working day before the day."""
    day -= _ONE_DAY
    while not is_working_day(day):
        day -= _ONE_DAY
    return day


def add_working_days(day: date, count: int) -> date:
    """Return the day that lies *count* working days later (earlier if negative); 0 is the day."""
    step = next_working_day if count > 0 else previous_working_day
    for _ in range(abs(count)):
        day = step(day)
    return day


@lru_cache(maxsize=256)
def _holidays(year: int) -> dict[date, str]:
    found = Sweden(
        years=year, include_sundays=False, categories=("public", "de_facto"), language="sv"
    )
    return {day: name for day, name in found.items() if day.year == year}
