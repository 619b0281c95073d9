"""What a group of areas has in many measures at once: how many of them, and their quartiles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from sqlalchemy.orm import Session

from ska.values.queries import cached_frame
from ska.values.shelves import cursor_of

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
# The numbers of series and areas are worked out first: the index of cells then answers alone, in
# its own order. Cells come as bytes, which numpy reads in place: nine thousand Python numbers would
# take as long as the index.
_CELLS = """
WITH chosen AS MATERIALIZED (
  SELECT id, measure_id, scope FROM series
  WHERE gender = %(gender)s AND measure_id = ANY(%(measures)s::bigint[])
  ORDER BY measure_id, scope, id),
by_area AS (
  SELECT string_agg(int8send(series_id), '') series,
         string_agg(float8send(coalesce(value, 'NaN')), '') cells
  FROM value
  WHERE series_id = ANY(ARRAY(SELECT id FROM chosen))
    AND area_id = ANY(ARRAY(SELECT id FROM area WHERE area_type = %(area_type)s
                            AND code = ANY(%(codes)s)))
    AND period = %(period)s AND superseded_at IS NULL
  GROUP BY area_id)
SELECT (SELECT array_agg(id) FROM chosen), (SELECT array_agg(measure_id) FROM chosen),
       (SELECT array_agg(scope) FROM chosen), array_agg(series), array_agg(cells)
FROM by_area
"""
_TOLD = ("n", "lower", "median", "upper")
NAMED: dict[str, Any] = {
    "series_id": pl.Int64,
    "measure_id": pl.Int64,
    "code": pl.String,
    "title": pl.String,
    "unit": pl.String,
    "value": pl.Float64,
    "status": pl.String,
}
_NAMED = """
SELECT s.id, m.id, m.code, m.title, m.unit, v.value, v.status
FROM measure m
JOIN series s ON s.measure_id = m.id AND s.area_type = %(area_type)s AND s.gender = 'T'
LEFT JOIN value v ON v.series_id = s.id AND v.period = %(period)s AND v.superseded_at IS NULL
  AND v.area_id = (SELECT id FROM area WHERE area_type = %(area_type)s AND code = %(here)s)
WHERE m.source = %(source)s AND NOT EXISTS (
  SELECT FROM unnest(%(words)s::text[]) word
  WHERE strpos(lower(m.title), word) = 0 AND strpos(lower(m.code), word) = 0)
ORDER BY m.title, m.id, s.id LIMIT %(most)s
"""


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
    asked = {"measures": sorted(measures), "gender": gender, "period": period}
    asked |= {"area_type": group.area_type, "codes": sorted(group.codes)}
    key = ("spread", *map(str, asked.values()))
    return cached_frame(session, key, lambda: _spread(session, asked))


@dataclass(frozen=True)
class Beside:
    """One area, by code, beside a group in the measures of a source that hold all of *words*."""

    here: str
    group: AreaGroup
    source: str
    period: str
    words: str = ""
    most: int = 300


def beside_group(session: Session, asked: Beside) -> pl.DataFrame:
    """Return measures by title (NAMED), each with the area's own value and the group's spread.

    What either has nothing of is null. Kept in the process like the spread.
    """
    return cached_frame(session, ("beside", asked), lambda: _beside(session, asked))


def _beside(session: Session, asked: Beside) -> pl.DataFrame:
    parameters = {
        "area_type": asked.group.area_type, "here": asked.here, "period": asked.period,
        "source": asked.source, "words": asked.words.lower().split(), "most": asked.most,
    }  # fmt: skip
    with cursor_of(session.connection(), binary=True) as cursor:
        rows = cursor.execute(_NAMED, parameters).fetchall()
    measures = list({row[1] for row in rows})
    spread = spread_of_group(session, asked.group, measures, asked.period)
    of_series = {series: told for series, _measure, _scope, *told in spread.iter_rows()}
    nothing = [None] * len(_TOLD)
    merged = [(*row, *of_series.get(row[0], nothing)) for row in rows]
    schema = NAMED | {name: SPREAD[name] for name in _TOLD}
    return pl.DataFrame(merged, schema=schema, orient="row", infer_schema_length=None)


def _spread(session: Session, asked: dict[str, Any]) -> pl.DataFrame:
    measures = f"{{{','.join(map(str, asked['measures']))}}}"  # the driver takes ten times as long
    with cursor_of(session.connection(), binary=True) as cursor:
        (found,) = cursor.execute(_CELLS, asked | {"measures": measures}).fetchall()
    ids, measure_ids, scopes, series, values = (column or [] for column in found)
    count, *quartiles = _spread_of_rows(_by_series(np.asarray(ids, np.int64), series, values))
    columns = zip(SPREAD, (ids, measure_ids, scopes, count, *quartiles), strict=True)
    spread = pl.DataFrame([pl.Series(name, told, SPREAD[name]) for name, told in columns])
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
