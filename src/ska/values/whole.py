"""Whole measures as they stand now: series, arrays of cells and areas, put together by place.

Three small answers instead of one wide row a cell: the same words are not sent thousands of times,
and the planner sees which series it is to read (decision 10).
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

import numpy as np
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
_OF_GROUP = ("period", "status", "finality", "carried_from", "recorded_at")
_OF_AREA = ("area_type", "area_code", "area", "organizer_number", "unit_code")
_AT = range(6, 11)  # where the arrays stand in an answer of _CELLS
_OF_CELL = ("value_id", "value", "n", "raw_value")


def whole_measures(session: Session, which: str, parameters: dict[str, Any]) -> pl.DataFrame:
    """Return the current cells of the measures (m) for which *which* holds, columns of CELL."""
    with cursor_of(session.connection(), binary=True) as cursor:
        series = cursor.execute(_SERIES.format(which=which), parameters).fetchall()
        groups = cursor.execute(_CELLS, {"series": [one[0] for one in series]}).fetchall()
        ids, area_ids, *told = (list(chain.from_iterable(one[at] for one in groups)) for at in _AT)
        areas = cursor.execute(_AREAS, {"areas": list(set(area_ids))}).fetchall()
    sizes = [len(one[_AT[0]]) for one in groups]
    group = np.repeat(np.arange(len(groups)), sizes)
    in_series = np.repeat(_places([one[0] for one in series], [one[0] for one in groups]), sizes)
    area = _places([one[0] for one in areas], area_ids)
    periods = [one[1] for one in groups]
    period = np.repeat(_places(sorted(set(periods)), periods), sizes)
    measure = np.asarray([one[1] for one in series], np.int64)[in_series]
    order = np.lexsort((period, in_series, area, measure))
    parts = [
        _frame(zip(ids, *told, strict=True), _OF_CELL)[order],
        _frame((one[1:6] for one in groups), _OF_GROUP)[group[order]],
        _frame((one[2:] for one in series), _OF_SERIES)[in_series[order]],
        _frame((one[1:] for one in areas), _OF_AREA)[area[order]],
    ]
    absent = CELL.keys() - {*_OF_CELL, *_OF_GROUP, *_OF_SERIES, *_OF_AREA}
    nothing = [pl.lit(None, CELL[name]).alias(name) for name in absent]
    return pl.concat(parts, how="horizontal").with_columns(nothing).select(list(CELL))


def _places(order: list[Any], wanted: list[Any]) -> np.ndarray:
    """Return where each wanted thing stands in *order*: numbers are sorted, words are not."""
    at = {one: place for place, one in enumerate(order)}
    return np.fromiter((at[one] for one in wanted), np.int64, len(wanted))


def _frame(rows: Iterable[Any], columns: tuple[str, ...]) -> pl.DataFrame:
    by_column = list(zip(*rows, strict=True)) or [()] * len(columns)
    told = zip(columns, by_column, strict=True)
    return pl.DataFrame([pl.Series(name, values, CELL[name]) for name, values in told])
