"""Rows of `indicator_values` stored as published or own values, as a loaded file leaves them."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select
from tests.factories.base import current

from ska.core.ids import new_id
from ska.values.models import (
    Area,
    Measure,
    OwnArea,
    OwnImport,
    OwnMeasure,
    OwnSeries,
    OwnValue,
    Series,
    Value,
)
from ska.values.reports import FileReport

MEASURE = ("source", "title", "unit", "nature", "smallest_group")
AREA = ("area_type", "organizer_number", "unit_code")
SERIES = ("area_type", "scope", "gender", "period_type", "definition_version")
VALUE = (
    "period", "value", "n", "status", "finality", "raw_value", "carried_from", "recorded_at",
    "superseded_at",
)  # fmt: skip


def store_values(*rows, organizer=None):
    """Store rows; with *organizer* they are that huvudman's own."""
    assert current.as_owner is not None
    owner = {"organizer_id": organizer.id} if organizer else {}
    tables = (
        (OwnMeasure, OwnArea, OwnSeries, OwnValue) if organizer else (Measure, Area, Series, Value)
    )
    with current.as_owner() as session:
        import_id = _import(session, organizer) if organizer else new_id()
        for row in rows:
            _store(session, tables, row, owner, import_id)


def _import(session, organizer):
    made = OwnImport(
        organizer_id=organizer.id, file="egna.csv", sha256="0", source="local", kind="table",
        title="Egna värden", report=FileReport(file="egna.csv").as_kept(),
        recorded_at=datetime(2026, 9, 1, tzinfo=UTC),
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made.id


def _store(session, tables, row, owner, import_id):
    measure_table, area_table, series_table, value_table = tables
    named = {name: row[name] for name in MEASURE}
    measure = _one(
        session, measure_table, {"source": row["source"], "code": row["measure"]}, named, owner
    )
    key = {"area_type": row["area_type"], "code": row["area_code"]}
    filled = {name: row[name] for name in AREA} | {"name": row["area"]}
    area = _one(session, area_table, key, filled, owner)
    key = {name: row[name] for name in SERIES} | {"measure_id": measure}
    series = _one(session, series_table, key, {}, owner)
    session.add(
        value_table(
            series_id=series, area_id=area, import_id=import_id, **owner,
            **{name: row[name] for name in VALUE},
        )
    )  # fmt: skip
    session.flush()


def _one(session, table, key, more, owner):
    query = select(table.id).filter_by(**key, **owner)
    found = session.scalar(query)
    if found is None:
        made = table(**{**more, **key, **owner})
        session.add(made)
        session.flush()
        found = made.id
    return found
