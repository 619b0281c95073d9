"""The columns of a frame of values, and the part of a statement that reads them."""

from __future__ import annotations

from typing import Any

import polars as pl

CELL: dict[str, Any] = {
    "value_id": pl.Int64,
    "source": pl.String,
    "measure": pl.String,
    "title": pl.String,
    "unit": pl.String,
    "nature": pl.String,
    "smallest_group": pl.Int64,
    "area_type": pl.String,
    "area_code": pl.String,
    "area": pl.String,
    "organizer_number": pl.String,
    "unit_code": pl.String,
    "scope": pl.String,
    "gender": pl.String,
    "period_type": pl.String,
    "period": pl.String,
    "value": pl.Float64,
    "status": pl.String,
    "n": pl.Int64,
    "finality": pl.String,
    "raw_value": pl.String,
    "carried_from": pl.String,
    "recorded_at": pl.Datetime(time_zone="UTC"),
    "superseded_at": pl.Datetime(time_zone="UTC"),
    "limit_inside": pl.Int64,
    "limit_outside": pl.Int64,
}
SELECT = """
v.id, m.source, {code}, m.title, m.unit, m.nature, m.smallest_group, a.area_type, {area},
a.name, a.organizer_number, a.unit_code, s.scope, s.gender, s.period_type, v.period,
v.value, v.status, v.n, v.finality, v.raw_value, v.carried_from, v.recorded_at, v.superseded_at
"""
SELECTED = SELECT.format(code="m.code", area="a.code")
