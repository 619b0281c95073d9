"""Whole measures as they stand now: series, arrays of cells and areas, joined in Polars.

Three small answers instead of one wide row a cell: the same words are not sent thousands of times,
and the planner sees which series it is to read (decision 10).
"""

from __future__ import annotations

from typing import Any

import polars as pl
from sqlalchemy.orm import Session

from ska.values.columns import CELL
from ska.values.shelves import cursor_of

_SERIES = """
SELECT s.id, dense_rank() OVER (ORDER BY m.code), m.source, m.code, m.title, m.unit, m.nature,
       m.smallest_group, s.scope, s.gender, s.period_type
FROM measure m JOIN series s ON s.measure_id = m.id WHERE {which}
ORDER BY m.code, s.scope, s.gender
"""
_CELLS = """
SELECT series_id, period, status, finality, carried_from, recorded_at,
       array_agg(id), array_agg(area_id), array_agg(value), array_agg(n), array_agg(raw_value)
FROM value WHERE series_id = ANY(%(series)s) AND superseded_at IS NULL
GROUP BY series_id, period, status, finality, carried_from, recorded_at
"""
_AREAS = """
SELECT id, area_type, code, name, organizer_number, unit_code
FROM area WHERE id = ANY(%(areas)s) ORDER BY area_type, code
"""
_OF_SERIES = ("source", "measure", "title", "unit", "nature", "smallest_group", "scope", "gender",
              "period_type")  # fmt: skip
_AREAS_AT = 7
_OF_GROUP = ("period", "status", "finality", "carried_from", "recorded_at")
_OF_CELL = ("value", "n", "raw_value")
_OF_AREA = ("area_type", "area_code", "area", "organizer_number", "unit_code")


def whole_measures(session: Session, which: str, parameters: dict[str, Any]) -> pl.DataFrame:
    """Return the current cells of the measures (m) for which *which* holds, columns of CELL."""
    with cursor_of(session.connection(), binary=True) as cursor:
        series = cursor.execute(_SERIES.format(which=which), parameters).fetchall()
        cells = cursor.execute(_CELLS, {"series": [one[0] for one in series]}).fetchall()
        found = {area for group in cells for area in group[_AREAS_AT]}
        areas = cursor.execute(_AREAS, {"areas": list(found)}).fetchall()
    arrays = {"value_id": pl.Int64, "area_id": pl.Int64, **_of(_OF_CELL)}
    groups = {"series_id": pl.Int64, **_of(_OF_GROUP)}
    groups |= {name: pl.List(kind) for name, kind in arrays.items()}
    named = (
        _frame(cells, groups)
        .explode(*arrays)
        .join(_placed(series, "series", ("measure_place", *_OF_SERIES)), on="series_id")
        .join(_placed(areas, "area", _OF_AREA), on="area_id")
        .sort("measure_place", "area_place", "series_place", "period")
    )
    absent = (name for name in CELL if name not in (*arrays, *_OF_GROUP, *_OF_SERIES, *_OF_AREA))
    nothing = [pl.lit(None, CELL[name]).alias(name) for name in absent]
    return named.with_columns(nothing).select(list(CELL)).collect()


def _placed(rows: list[Any], what: str, columns: tuple[str, ...]) -> pl.LazyFrame:
    """Return rows with their place, so that cells are sorted by numbers and not by words."""
    frame = _frame(rows, {f"{what}_id": pl.Int64, **_of(columns)})
    return frame.with_row_index(f"{what}_place")


def _of(names: tuple[str, ...]) -> dict[str, Any]:
    return {name: CELL.get(name, pl.Int64) for name in names}


def _frame(rows: list[Any], schema: dict[str, Any]) -> pl.LazyFrame:
    return pl.LazyFrame(rows, schema=schema, orient="row", infer_schema_length=None)
