"""The shipped calendar of publications: what comes when, and what has come since last time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import yaml

from ska.settings import bundled

SOURCE_NAMES = {
    "kolada": "Kolada",
    "skolverket_pxweb": "Skolverket, statistikdatabasen",
    "planned_educations": "Skolverket, skolenheternas statistik",
    "skolenhetsregistret": "Skolenhetsregistret",
    "ss12000": "Skoladministrativt system",
}


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

    def in_year(self, year: int) -> date:
        """Return the day of a year."""
        return date(year, self.month, self.day)

    def next_day(self, today: date) -> date:
        """Return the next day, today included."""
        this_year = self.in_year(today.year)
        return this_year if this_year >= today else self.in_year(today.year + 1)


@cache
def publications() -> tuple[Publication, ...]:
    """Return the calendar."""
    text = (bundled("seeds") / "publication-calendar.yaml").read_text(encoding="utf-8")
    return tuple(_publication(one) for one in yaml.safe_load(text)["publications"])


def _publication(one: dict[str, str]) -> Publication:
    month, day = one["day"].split("-")
    names = ("key", "title", "measures", "source", "certainty")
    return Publication(**{name: one[name] for name in names}, month=int(month), day=int(day))


def coming(today: date) -> list[tuple[date, Publication]]:
    """Return each publication with its next day, soonest first."""
    return sorted(((one.next_day(today), one) for one in publications()), key=lambda one: one[0])


def due_between(last: date, today: date) -> list[tuple[date, Publication]]:
    """Return what has been published after *last*, up to and with *today*, at most a year back.

    The day after the publication day is the day to ask: figures come out during the day.
    """
    first = max(last, today - timedelta(days=365))
    return sorted(
        (
            (one.in_year(year), one)
            for one in publications()
            for year in range(first.year, today.year + 1)
            if first <= one.in_year(year) < today
        ),
        key=lambda found: found[0],
    )
