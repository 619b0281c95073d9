"""Periods in order, without holes, and where a day lies among them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from ska.core.school_year import SchoolYear

WORDS = {"school_year": "Läsår", "calendar_year": "År", "term": "Termin"}

_TERM = re.compile(r"\b([HV]T)(\d\d)\b")


def spelled(text: str) -> str:
    """Return a text with its terms as they are read: VT25, as sources write it, as VT 2025."""
    return _TERM.sub("\\1\u00a020\\2", text)


def kind_of(period: str) -> str:
    """Return the kind of a period by its spelling: 2024/25, VT26 or 2026."""
    if "/" in period:
        return "school_year"
    return "calendar_year" if period.isdigit() else "term"


def number_of(period: str, kind: str) -> int:
    """Return where a period stands in time, one more for the next; else raise ValueError."""
    if kind == "school_year":
        return SchoolYear.parse(period).start
    if kind == "term":
        season, year = period[:2], int(period[-2:])
        if season not in {"VT", "HT"}:
            raise ValueError(f"not a term: {period!r}")
        return 2 * (2000 + year) + (season == "HT")
    return int(period)


def follow(periods: Sequence[str]) -> bool:
    """Tell whether all are periods of one kind, each later than the one before."""
    try:
        numbers = [number_of(one, kind_of(periods[0])) for one in periods]
    except ValueError:
        return False
    return all(earlier < later for earlier, later in pairwise(numbers))


def name_of(number: int, kind: str) -> str:
    """Return the period that stands there, as sources spell it."""
    if kind == "school_year":
        return str(SchoolYear(number))
    if kind == "term":
        return f"{'HT' if number % 2 else 'VT'}{number // 2 % 100:02}"
    return str(number)


def year_of(period: str, kind: str) -> int:
    """Return the calendar year in which a period ends."""
    number = number_of(period, kind)
    if kind == "school_year":
        return number + 1
    return number // 2 if kind == "term" else number


def without_holes(periods: Iterable[str], kind: str) -> tuple[str, ...]:
    """Return every period from the first to the last, also those that nobody has values for."""
    numbers = {number_of(period, kind) for period in periods}
    if not numbers:
        return ()
    return tuple(name_of(at, kind) for at in range(min(numbers), max(numbers) + 1))


def position_of(day: date, periods: tuple[str, ...], kind: str) -> float:
    """Return where a day lies on the axis, where the first period is centred on 0."""
    first = number_of(periods[0], kind)
    if kind == "school_year":
        year = SchoolYear.containing(day)
        length = (year.last_day - year.first_day).days + 1
        return year.start - first + (day - year.first_day).days / length - 0.5
    share = (day.timetuple().tm_yday - 1) / 366
    if kind == "term":
        return 2 * (day.year + share) - first - 0.5
    return day.year - first + share - 0.5
