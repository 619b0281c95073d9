"""From the names in a file to the numbers in the database: measures, areas, series."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import polars as pl
from sqlalchemy import Connection

from ska.values.importers.observations import MEASURE, Reading, Remark
from ska.values.shelves import Shelf, add_rows, change_rows

SERIES_KEY = ["measure", "area_type", "scope", "gender", "pupil_group", "period_type"]
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
    if not dry:
        rows = pl.DataFrame(added, schema={"source": pl.String, **MEASURE}, orient="row")
        add_rows(connection, shelf, shelf.measure, rows)
        change_rows(connection, shelf.measure.__table__, changed)
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
    key = ["area_type", "code"]
    stored = frame_of(connection, shelf, shelf.area, ("id", *key, *_AREA_FIELDS))
    both = reading.areas.join(stored, on=key, how="left", suffix="_now", maintain_order="left")
    known = both.filter(pl.col("id").is_not_null())
    changes = known.select("id", *(_said_anew(name) for name in _AREA_FIELDS))
    if not reading.is_catalogue:  # spellings differ between sources; the first one stays
        stays = known["name_now"] != known["code"]
        changes = changes.with_columns(name=pl.when(~stays).then("name"))
    changes = changes.filter(pl.any_horizontal(pl.exclude("id").is_not_null()))
    added = both.filter(pl.col("id").is_null()).select(reading.areas.columns)
    has_name = pl.col("name").fill_null("") != ""
    added = added.with_columns(name=pl.when(has_name).then("name").otherwise("code"))
    changed = [
        {name: value for name, value in row.items() if value is not None}
        for row in changes.iter_rows(named=True)
    ]
    if not dry:
        add_rows(connection, shelf, shelf.area, added)
        change_rows(connection, shelf.area.__table__, changed)
    return Named(added.height, len(changed), known.height - len(changed))


def _said_anew(name: str) -> pl.Expr:
    """Return what a file says of an area when it is something else than what is stored."""
    said = pl.col(name)
    return pl.when((said != "") & said.ne_missing(pl.col(f"{name}_now"))).then(said).alias(name)


class Numbers:
    """The numbers of a shelf's series and areas, with those that a file adds.

    ``known`` are the series that stood there before: in the others nothing can be stored yet.
    """

    def __init__(
        self, connection: Connection, shelf: Shelf, wanted: pl.DataFrame, source: str, *, dry: bool
    ) -> None:
        measures = frame_of(connection, shelf, shelf.measure, ("id", "source", "code"))
        ids = measures.filter(pl.col("source") == source).select(measure="code", measure_id="id")
        before = _series(connection, shelf, ids)
        self.known = before["series_id"].implode()
        if not dry:
            missing = wanted.join(before, on=SERIES_KEY, how="anti").join(ids, on="measure")
            _add_series(connection, shelf, missing)
        self._series = before if dry else _series(connection, shelf, ids)
        areas = frame_of(connection, shelf, shelf.area, ("id", "area_type", "code"))
        self._areas = areas.select("area_type", area_code="code", area_id="id")

    def of(self, observations: pl.DataFrame) -> pl.DataFrame:
        """Return the observations with ``series_id`` and ``area_id``; null where not yet known."""
        return observations.join(self._series, on=SERIES_KEY, how="left").join(
            self._areas, on=["area_type", "area_code"], how="left"
        )


def _series(connection: Connection, shelf: Shelf, measures: pl.DataFrame) -> pl.DataFrame:
    columns = ("id", "measure_id", *SERIES_KEY[1:])
    series = frame_of(connection, shelf, shelf.series, columns)
    return series.join(measures, on="measure_id").select(*SERIES_KEY, series_id="id")


def _add_series(connection: Connection, shelf: Shelf, missing: pl.DataFrame) -> None:
    key = ["measure_id", *SERIES_KEY[1:]]
    rows = missing.select(key).sort(key).with_columns(definition_version=1)
    add_rows(connection, shelf, shelf.series, rows)


def frame_of(
    connection: Connection, shelf: Shelf, table: Any, columns: tuple[str, ...]
) -> pl.DataFrame:
    """Return some columns of a shelf's table."""
    kept = [getattr(table, name) for name in columns]
    cursor = connection.execute(shelf.rows(table).with_only_columns(*kept)).cursor
    rows = cursor.fetchall() if cursor is not None else []
    schema = {name: pl.Int64 if name.endswith("id") else pl.String for name in columns}
    return pl.DataFrame(rows, schema=schema, orient="row")
