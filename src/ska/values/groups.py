"""What a group of areas has in many measures at once: how many of them, and their quartiles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
import polars as pl
from sqlalchemy.orm import Session

from ska.db.session import ask
from ska.values.catalogue import Catalogue, MeasureName, SeriesName, as_array, catalogue_of
from ska.values.queries import cached_frame

SPREAD: dict[str, Any] = {
    "series_id": pl.Int64,
    "measure_id": pl.Int64,
    "scope": pl.String,
    "n": pl.Int64,
    "lower": pl.Float64,
    "median": pl.Float64,
    "upper": pl.Float64,
}
QUARTILES = (0.25, 0.5, 0.75)
# How many series there are is not told when the plan is made: the index by area is taken then,
# which answers alone, and not the one by series, which takes five times as long.
_WHERE = """
FROM value
WHERE area_id = ANY(%(areas)s::bigint[]) AND period = %(period)s
  AND series_id = ANY(ARRAY(SELECT unnest(%(series)s::bigint[]))) AND superseded_at IS NULL
"""
# Cells come as bytes, which numpy reads in place: nine thousand Python numbers would take as long
# as the index.
_CELLS = f"""
SELECT string_agg(int8send(series_id), ''), string_agg(float8send(coalesce(value, 'NaN')), '')
{_WHERE} GROUP BY area_id
"""
_OWN = f"SELECT series_id, value, status {_WHERE}"
_TOLD = ("n", "lower", "median", "upper")
_BESIDE = ("measure_id", "code", "title", "unit", "value", "status", *_TOLD)


@dataclass(frozen=True)
class AreaGroup:
    """Areas of one kind, by code."""

    area_type: str
    codes: tuple[str, ...]


def spread_of_group(
    session: Session, group: AreaGroup, measures: Sequence[int], period: str, *, gender: str = "T"
) -> pl.DataFrame:
    """Return n and quartiles of the group's published values in each measure (SPREAD).

    A gap is not counted, and a measure without a value in the group has no row. Kept in the
    process for as long as nothing published changes; never change the frame.
    """
    chosen, of = (
        tuple(sorted(set(measures))),
        AreaGroup(group.area_type, tuple(sorted(group.codes))),
    )
    key = ("spread", of, chosen, period, gender)

    def read() -> pl.DataFrame:
        names = catalogue_of(session)
        areas = names.area_numbers(of.area_type, of.codes)
        return _spread(session, areas, names.of_measures(chosen, gender), period)

    return cached_frame(session, key, read)


@dataclass(frozen=True)
class Beside:
    """One area, by code, beside a group in the measures of a source that hold all of *words*."""

    here: str
    group: AreaGroup
    source: str
    period: str
    words: str = ""
    most: int = 300


def beside_group(session: Session, asked: Beside) -> list[dict[str, Any]]:
    """Return measures by title, each with the area's own value and status, and the group's spread.

    What either has nothing of is None.
    """
    names = catalogue_of(session)
    chosen = list(islice(_named(names, asked), asked.most))
    measures = [one.id for one, _series in chosen]
    spread = spread_of_group(session, asked.group, measures, asked.period)
    of_group = {series: told for series, _measure, _scope, *told in spread.iter_rows()}
    here = names.area_numbers(asked.group.area_type, [asked.here])
    series = [one.id for _measure, one in chosen]
    own = {one: told for one, *told in ask(session, _OWN, _asked(here, series, asked.period))}
    absent, alone = (None, None), (None,) * len(_TOLD)
    told = (
        (one.measure_id, *measure[2:], *own.get(one.id, absent), *of_group.get(one.id, alone))
        for measure, one in chosen
    )
    return [dict(zip(_BESIDE, row, strict=True)) for row in told]


def _named(names: Catalogue, asked: Beside) -> Iterator[tuple[MeasureName, SeriesName]]:
    """Yield the series of both genders together that are asked for, by the measure's title."""
    words = asked.words.lower().split()
    for measure, series in names.titled.get((asked.source, asked.group.area_type, "T"), ()):
        told = f"{measure.title}\n{measure.code}".lower() if words else ""
        if all(word in told for word in words):
            yield measure, series


def _asked(areas: Sequence[int], series: Sequence[int], period: str) -> dict[str, str]:
    return {"areas": as_array(areas), "series": as_array(series), "period": period}


def _spread(
    session: Session, areas: Sequence[int], chosen: Sequence[SeriesName], period: str
) -> pl.DataFrame:
    ids = [one.id for one in chosen]
    found = ask(session, _CELLS, _asked(areas, ids, period))
    series, values = [one[0] for one in found], [one[1] for one in found]
    count, *quartiles = _spread_of_rows(_by_series(np.asarray(ids, np.int64), series, values))
    columns: list[Any] = [ids, [one.measure_id for one in chosen], [one.scope for one in chosen]]
    told = zip(SPREAD, (*columns, count, *quartiles), strict=True)
    spread = pl.DataFrame([pl.Series(name, column, SPREAD[name]) for name, column in told])
    return spread if count.all() else spread.filter(pl.col("n") > 0)


def _by_series(ids: np.ndarray, series: list[bytes], values: list[bytes]) -> np.ndarray:
    """Return the cells as series × areas, in the order of *ids*, NaN where there is none."""
    order = np.argsort(ids)
    alike: dict[bytes, list[int]] = {}  # most areas have the very same series
    for area, found in enumerate(series):
        alike.setdefault(found, []).append(area)
    cells = np.full((len(ids), max(len(series), 1)), np.nan)
    for found, areas in alike.items():
        rows = order[np.searchsorted(ids, np.frombuffer(found, ">i8"), sorter=order)]
        told = np.frombuffer(b"".join(values[one] for one in areas), ">f8")
        cells[rows[:, None], areas] = told.reshape(len(areas), -1).T
    return cells


def _spread_of_rows(cells: np.ndarray) -> tuple[np.ndarray, ...]:
    """Return how many cells each row has, and its QUARTILES as percentile_cont has them."""
    cells = np.sort(cells, axis=1)  # NaN comes last
    count = cells.shape[1] - np.isnan(cells).sum(axis=1)
    rows, last = np.arange(len(cells)), np.maximum(count - 1, 0)
    place = np.multiply.outer(QUARTILES, last)
    low = place.astype(np.int64)
    lower, upper = cells[rows, low], cells[rows, np.minimum(low + 1, last)]
    return count, *(lower + (upper - lower) * (place - low))
