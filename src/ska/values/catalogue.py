"""What is published, by name: measures, series and areas, kept while nothing published changes.

A question about values then asks for cells alone: to join the names anew took longer than to read
what was asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from sqlalchemy.orm import Session

from ska.core.kept import Kept
from ska.db.session import ask
from ska.values.shelves import PUBLISHED, version

_SERIES = """
SELECT m.id, m.source, m.code, m.title, m.unit,
       s.id, s.measure_id, s.area_type, s.scope, s.gender, s.period_type
FROM measure m LEFT JOIN series s ON s.measure_id = m.id
ORDER BY m.title, m.id, s.scope, s.gender, s.id
"""
_AREAS = "SELECT id, area_type, code, name FROM area"


class MeasureName(NamedTuple):
    """A measure by its names."""

    id: int
    source: str
    code: str
    title: str
    unit: str


class SeriesName(NamedTuple):
    """A series of a measure by what it is about."""

    id: int
    measure_id: int
    area_type: str
    scope: str
    gender: str
    period_type: str


class AreaName(NamedTuple):
    """An area by its names, and where it stands by kind and code."""

    at: int
    area_type: str
    code: str
    name: str


@dataclass(frozen=True)
class Catalogue:
    """All names: measures and areas by number, the series of each measure by scope and gender.

    *titled* has what there is of a source's measures for a kind of area and a gender, by title.
    """

    measures: dict[int, MeasureName]
    series: dict[int, list[SeriesName]]
    titled: dict[tuple[str, str, str], list[tuple[MeasureName, SeriesName]]]
    areas: dict[int, AreaName]
    numbers: dict[tuple[str, str], int]

    def of_measures(self, measures: Iterable[int], gender: str) -> list[SeriesName]:
        """Return the series of measures for a gender, by measure and scope."""
        found = (self.series.get(one, ()) for one in measures)
        return [series for of in found for series in of if series.gender == gender]

    def area_numbers(self, area_type: str, codes: Iterable[str]) -> list[int]:
        """Return the numbers of the areas that are known, of one kind, by code."""
        known = (self.numbers.get((area_type, code)) for code in codes)
        return [one for one in known if one is not None]


_kept = Kept[Catalogue](1, lambda _catalogue: 1)


def catalogue_of(session: Session) -> Catalogue:
    """Return the names of what is published now; never change them."""
    key = (version(session, PUBLISHED), str(session.get_bind().engine.url))
    return _kept.get(key, lambda: _read(session))


def _read(session: Session) -> Catalogue:
    measures: dict[int, MeasureName] = {}
    series: dict[int, list[SeriesName]] = {}
    titled: dict[tuple[str, str, str], list[tuple[MeasureName, SeriesName]]] = {}
    for row in ask(session, _SERIES):
        measure, one = MeasureName(*row[:5]), SeriesName(*row[5:])
        of = series.setdefault(measures.setdefault(measure.id, measure).id, [])
        if one.id is not None:
            of.append(one)
            kind = (measure.source, one.area_type, one.gender)
            titled.setdefault(kind, []).append((measure, one))
    areas = sorted(ask(session, _AREAS), key=itemgetter(1, 2))
    return Catalogue(
        measures,
        series,
        titled,
        {number: AreaName(at, *told) for at, (number, *told) in enumerate(areas)},
        {(kind, code): number for number, kind, code, _name in areas},
    )


def as_array(numbers: Sequence[int]) -> str:
    """Return numbers as PostgreSQL writes an array; the driver takes ten times as long."""
    return f"{{{','.join(map(str, numbers))}}}"
