"""From the names in a file to the numbers in the database: measures, areas, series."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import polars as pl
from sqlalchemy import Connection

from ska.values.importers.observations import Reading, Remark
from ska.values.shelves import Shelf, add_rows, change_rows

SERIES_KEY = ["measure", "area_type", "scope", "gender", "period_type"]
_MEASURE_FIELDS = (
    "title",
    "unit",
    "definition",
    "nature",
    "smallest_group",
    "scope_note",
    "next_publication",
)
_AREA_FIELDS = ("name", "municipality_code", "organizer_number", "unit_code", "members")
_ALARMING = {"title": "namnet", "unit": "enheten", "definition": "definitionen"}


@dataclass
class Named:
    """What the catalogues of a file did to the shelf's own."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    warnings: list[Remark] = field(default_factory=list)


def name_measures(connection: Connection, shelf: Shelf, reading: Reading, *, dry: bool) -> Named:
    """Add the file's measures to the shelf, fill in what is new, and warn about what changed."""
    source = str(reading.report.source)
    known = {
        row.code: row._mapping
        for row in connection.execute(
            shelf.rows(shelf.measure).where(shelf.measure.source == source)
        )
    }
    named, added, changed = Named(), [], []
    for row in reading.measures.iter_rows(named=True):
        before = known.get(row["code"])
        if before is None:
            filled = {name: row[name] for name in _MEASURE_FIELDS if row[name] is not None}
            filled |= {name: filled.get(name) for name in _MEASURE_FIELDS[4:]}
            defaults = {"title": row["code"], "unit": "", "definition": "", "nature": "result"}
            added.append({"source": source, "code": row["code"], **defaults, **filled})
            continue
        change = _differences(row, before, _MEASURE_FIELDS)
        named.unchanged += not change
        if change:
            changed.append({"id": before["id"], **change})
            named.warnings += _alarms(row["code"], before, change)
    _store(connection, shelf, shelf.measure, (added, changed), dry=dry)
    named.new, named.changed = len(added), len(changed)
    return named


def _differences(row: dict[str, Any], before: Any, fields: tuple[str, ...]) -> dict[str, Any]:
    return {
        name: row[name]
        for name in fields
        if row[name] not in (None, "") and row[name] != before[name]
    }


def _alarms(code: str, before: Any, change: dict[str, Any]) -> list[Remark]:
    """Warn when a known measure is described in another way than before (section 16, 6)."""
    return [
        Remark(
            f"{name}_changed", f"Måttet {code}: {word} har ändrats sedan förra inläsningen.", code
        )
        for name, word in _ALARMING.items()
        if name in change and before[name] not in ("", code)
    ]


def name_areas(connection: Connection, shelf: Shelf, reading: Reading, *, dry: bool) -> Named:
    """Add the file's areas to the shelf and fill in what is new about those known."""
    known = {
        (row.area_type, row.code): row._mapping
        for row in connection.execute(shelf.rows(shelf.area))
    }
    named, added, changed = Named(), [], []
    for row in reading.areas.iter_rows(named=True):
        before = known.get((row["area_type"], row["code"]))
        if before is None:
            added.append(row | {"name": row["name"] or row["code"]})
            continue
        change = _differences(row, before, _AREA_FIELDS)
        if not reading.is_catalogue and before["name"] != before["code"]:
            change.pop("name", None)  # spellings differ between sources; the first one stays
        named.unchanged += not change
        if change:
            changed.append({"id": before["id"], **change})
    _store(connection, shelf, shelf.area, (added, changed), dry=dry)
    named.new, named.changed = len(added), len(changed)
    return named


def _store(
    connection: Connection,
    shelf: Shelf,
    table: Any,
    rows: tuple[list[dict[str, Any]], list[dict[str, Any]]],
    *,
    dry: bool,
) -> None:
    added, changed = rows
    if dry:
        return
    add_rows(connection, table, [row | shelf.owner for row in added])
    change_rows(connection, table.__table__, changed)


def with_numbers(
    connection: Connection, shelf: Shelf, reading: Reading, *, dry: bool
) -> pl.DataFrame:
    """Return the observations with ``series_id`` and ``area_id``; null where not yet known."""
    measures = _frame(connection, shelf, shelf.measure, ("id", "source", "code")).filter(
        pl.col("source") == str(reading.report.source)
    )
    areas = _frame(connection, shelf, shelf.area, ("id", "area_type", "code"))
    ids = measures.select(measure="code", measure_id="id")
    if not dry:
        _add_series(connection, shelf, reading.observations.join(ids, on="measure", how="left"))
    columns = ("id", "measure_id", "area_type", "scope", "gender", "period_type")
    series = (
        _frame(connection, shelf, shelf.series, columns)
        .join(ids, on="measure_id")
        .select(*SERIES_KEY, series_id="id")
    )
    return reading.observations.join(series, on=SERIES_KEY, how="left").join(
        areas.select("area_type", area_code="code", area_id="id"),
        on=["area_type", "area_code"],
        how="left",
    )


def _add_series(connection: Connection, shelf: Shelf, observations: pl.DataFrame) -> None:
    key = ["measure_id", *SERIES_KEY[1:]]
    known = _frame(connection, shelf, shelf.series, tuple(key))
    missing = observations.select(key).unique().join(known, on=key, how="anti").sort(key)
    rows = [row | {"definition_version": 1} | shelf.owner for row in missing.to_dicts()]
    add_rows(connection, shelf.series, rows)


def _frame(
    connection: Connection, shelf: Shelf, table: Any, columns: tuple[str, ...]
) -> pl.DataFrame:
    kept = [getattr(table, name) for name in columns]
    rows = connection.execute(shelf.rows(table).with_only_columns(*kept)).fetchall()
    schema = {name: pl.Int64 if name.endswith("id") else pl.String for name in columns}
    return pl.DataFrame([tuple(row) for row in rows], schema=schema, orient="row")
