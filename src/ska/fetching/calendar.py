"""The calendar of publications: what comes when, and what has come since last time.

The shipped days are those of the catalogue that was read. Where Kolada itself names the next day
of a figure (*told*: day by code) that day wins, in the year it names.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import yaml

from ska.core.text import _
from ska.settings import bundled

SOURCE_NAMES = {
    "kolada": "Kolada",
    "skolverket_pxweb": "Skolverket, statistikdatabasen",
    "planned_educations": "Skolverket, skolenheternas statistik",
    "skolenhetsregistret": "Skolenhetsregistret",
    "ss12000": "Skoladministrativt system",
}
_RANGE = re.compile(r"([NU]\d{5})(?:–([NU]\d{5}))?")
_MOST_NAMED = 6


@dataclass(frozen=True)
class Publication:
    """Figures that are published together, on about the same day every year."""

    key: str
    title: str
    measures: str
    source: str
    month: int
    day: int
    certainty: str

    def covers(self, code: str) -> bool:
        """Tell whether a figure of Kolada's is among its measures."""
        ranges = _RANGE.findall(self.measures) if self.source == "kolada" else ()
        return any(first <= code <= (last or first) for first, last in ranges)

    def days_in(self, year: int, told: Mapping[str, date]) -> list[date]:
        """Return its days of a year: those that the source names, else the shipped one."""
        named = {day for code, day in told.items() if day.year == year and self.covers(code)}
        return sorted(named) or [date(year, self.month, self.day)]


@cache
def publications() -> tuple[Publication, ...]:
    """Return the calendar."""
    text = (bundled("seeds") / "publication-calendar.yaml").read_text(encoding="utf-8")
    return tuple(_publication(one) for one in yaml.safe_load(text)["publications"])


def _publication(one: dict[str, str]) -> Publication:
    month, day = one["day"].split("-")
    names = ("key", "title", "measures", "source", "certainty")
    return Publication(**{name: one[name] for name in names}, month=int(month), day=int(day))


def coming(today: date, told: Mapping[str, date]) -> list[tuple[date, Publication]]:
    """Return each publication with its next day, soonest first."""
    found = [
        (min(day for day in _days(one, (today.year, today.year + 1), told) if day >= today), one)
        for one in publications()
    ]
    found += [(day, one) for day, one in _others(told) if day >= today]
    return sorted(found, key=lambda one: one[0])


def due_between(
    last: date, today: date, told: Mapping[str, date]
) -> list[tuple[date, Publication]]:
    """Return what has been published after *last*, up to and with *today*, at most a year back.

    The day after the publication day is the day to ask: figures come out during the day.
    """
    first = max(last, today - timedelta(days=365))
    years = range(first.year, today.year + 1)
    found = [(day, one) for one in publications() for day in _days(one, years, told)]
    return sorted(
        ((day, one) for day, one in [*found, *_others(told)] if first <= day < today),
        key=lambda one: one[0],
    )


def _days(one: Publication, years: Iterable[int], told: Mapping[str, date]) -> list[date]:
    return [day for year in years for day in one.days_in(year, told)]


def _others(told: Mapping[str, date]) -> list[tuple[date, Publication]]:
    """Return the days that Kolada names for figures that no line of the calendar covers."""
    by_day: dict[date, list[str]] = defaultdict(list)
    for code, day in sorted(told.items()):
        if not any(one.covers(code) for one in publications()):
            by_day[day].append(code)
    return [
        (
            day,
            Publication(
                key="kolada",
                title=_("Andra nyckeltal i Kolada"),
                measures=", ".join(codes[:_MOST_NAMED]) + (" …" if codes[_MOST_NAMED:] else ""),
                source="kolada",
                month=day.month,
                day=day.day,
                certainty="seen",
            ),
        )
        for day, codes in by_day.items()
    ]
