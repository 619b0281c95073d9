"""What a group of areas has in many measures at once: how many of them, and their quartiles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

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
# The numbers of series and areas are worked out first: the index of cells then answers alone.
_SPREAD = """
WITH chosen AS MATERIALIZED (
  SELECT id, measure_id, scope FROM series
  WHERE gender = %(gender)s AND measure_id = ANY(%(measures)s))
SELECT s.id, s.measure_id, s.scope, p.n, p.q[1], p.q[2], p.q[3]
FROM (SELECT series_id, count(value) n,
             percentile_cont(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY value) q
      FROM value
      WHERE series_id = ANY(ARRAY(SELECT id FROM chosen))
        AND area_id = ANY(ARRAY(SELECT id FROM area WHERE area_type = %(area_type)s
                                AND code = ANY(%(codes)s)))
        AND period = %(period)s AND superseded_at IS NULL
      GROUP BY series_id) p
JOIN chosen s ON s.id = p.series_id
WHERE p.n > 0 ORDER BY s.measure_id, s.scope, s.id
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
    with cursor_of(session.connection(), binary=True) as cursor:
        rows = cursor.execute(_SPREAD, asked).fetchall()
    return pl.DataFrame(rows, schema=SPREAD, orient="row", infer_schema_length=None)
