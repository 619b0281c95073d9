"""Rows of `indicator_values` stored as published or own values, as a loaded file leaves them."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import func, select
from tests.factories.base import current

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
    ValueImport,
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
        import_id = _import(session, organizer, rows)
        for row in rows:
            _store(session, tables, row, owner, import_id)


def _import(session, organizer, rows):
    about = {"file": "egna.csv", "sha256": "0", "kind": "table", "title": "Egna värden"}
    report = FileReport("egna.csv", measures=sorted({row["measure"] for row in rows}))
    about["report"] = report.as_kept()
    if organizer:
        when = datetime(2026, 9, 1, tzinfo=UTC)
        made = OwnImport(organizer_id=organizer.id, source="local", recorded_at=when, **about)
    else:
        made = ValueImport(source=rows[0]["source"], recorded_at=func.clock_timestamp(), **about)
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
    key["pupil_group"] = row.get("pupil_group", "all")
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
