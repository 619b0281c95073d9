"""From saved answers to the shelves: read as any file, in one transaction, all or nothing.

The same function loads what a fetch kept and a folder of files that somebody saved by hand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
from sqlalchemy import Connection, select, text

from ska.core.ids import new_id
from ska.fetching.models import TableLabel
from ska.fetching.sources.statistics_database import moved_labels
from ska.organizers import loading as organizers
from ska.organizers import register_v2
from ska.organizers.register import Sheet, UnitRow, UnknownSheet, read_sheet, readable
from ska.values import services as values
from ska.values.importers.kolada_rounds import mark_carried
from ska.values.importers.observations import (
    OBSERVATION,
    AreaType,
    Reading,
    Refused,
    Source,
)
from ska.values.importers.recognise import read_content
from ska.values.importers.saved import is_json, read_saved
from ska.values.importers.sheets import read_bytes
from ska.values.reports import FileReport
from ska.values.shelves import PUBLISHED

NOT_VALUES = ("register-", "ss12000-")
_MANY = 1_000


@dataclass
class Kept:
    """What a folder of saved answers held."""

    readings: list[tuple[Path, Reading]] = field(default_factory=list)
    units: list[UnitRow] = field(default_factory=list)
    skipped: list[dict[str, str]] = field(default_factory=list)


def read_folder(folder: Path, number: str) -> Kept:
    """Return what the files of a folder hold; a file that is not read is told, with the reason."""
    kept = Kept()
    found: list[register_v2.Unit] = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        if path.suffix == ".part" or path.name.startswith(("round.json", "pxweb-metadata")):
            continue
        try:
            content = read_bytes(path)
            if _is_register(path, content, number, found):
                continue
            kept.readings.append((path, read_content(content, path.name)))
        except Refused as refusal:
            if _take_sheet(path, number, kept):
                continue
            if not path.name.startswith(NOT_VALUES) and not _is_empty_answer(path):
                kept.skipped.append({"file": str(path.relative_to(folder)), "reason": str(refusal)})
    mark_rounds([reading for _path, reading in kept.readings])
    kept.readings.sort(key=lambda one: (not one[1].is_catalogue, one[0].name))
    told = units_of([reading for _path, reading in kept.readings], found, number)
    known = {row.school_unit_code for row in told}
    kept.units = told + [row for row in kept.units if row.school_unit_code not in known]
    return kept


def _is_register(path: Path, content: bytes, number: str, found: list[register_v2.Unit]) -> bool:
    """Take a unit out of an answer of the register; tell whether the file was one."""
    if not is_json(content) or (b"schoolTypes" not in content and b"displayName" not in content):
        return False
    units = [register_v2.read_unit(one.body) for one in read_saved(content)]
    mine = [unit for unit in units if unit is not None]
    found += [unit for unit in mine if unit.organizer_number == number]
    return bool(mine) or path.name.startswith("register-")


def _take_sheet(path: Path, number: str, kept: Kept) -> bool:
    """Take the huvudman's units out of a sheet of the older register; tell whether it was one."""
    try:
        sheet = read_sheet(path)
    except UnknownSheet:
        return False
    kept.units += [row for row in sheet.units if row.organisation_number == number]
    return True


def _is_empty_answer(path: Path) -> bool:
    """Tell whether a file holds the answer that there is nothing there, or an empty list."""
    return path.read_bytes().endswith((b'"response":null}', b'"response":{"values":[]}}')) or (
        b'"values":[]' in path.read_bytes()[:2_000]
    )


def units_of(
    readings: list[Reading], registered: list[register_v2.Unit], number: str
) -> list[UnitRow]:
    """Return the huvudman's units: as the register tells them, else as tables of values do."""
    before = register_v2.likely_predecessors(registered)
    rows = {unit.code: unit.as_row(before.get(unit.code)) for unit in registered}
    for reading in readings:
        mine = reading.areas.filter(
            (pl.col("area_type") == str(AreaType.SCHOOL_UNIT))
            & (pl.col("organizer_number") == number)
            & pl.col("name").is_not_null()
        )
        for area in mine.iter_rows(named=True):
            row = UnitRow(
                number, area["unit_code"], readable(area["name"]), (), str(reading.report.source)
            )
            rows.setdefault(row.school_unit_code, row)
    return list(rows.values())


def mark_rounds(readings: list[Reading]) -> None:
    """Mark survey rounds that only repeat the one before, seen over all answers together."""
    data = [
        one for one in readings if one.report.source is Source.KOLADA and one.observations.height
    ]
    if len(data) < 2:
        return
    together = pl.concat(
        one.observations.with_columns(answer=pl.lit(place)) for place, one in enumerate(data)
    )
    marked = mark_carried(together.drop("carried_from"))
    if "carried_from" not in marked.columns:
        return
    for place, one in enumerate(data):
        own = marked.filter(pl.col("answer") == place)
        one.observations = own.select(list(OBSERVATION))


_SHARED = text(
    "SELECT organizer_number, unit_code, code FROM area"
    " WHERE area_type = 'school_unit' AND code LIKE '%-%'"
)


def keep_apart(connection: Connection, readings: Iterable[Reading], levels: Iterable[str]) -> None:
    """Give a unit that stands under two huvudmän the code that tells them apart.

    Fourteen units of the quality system's table do. An answer about one huvudman cannot show it:
    the table's own list of areas does (*levels*), or what was loaded before.
    """
    pairs = [tuple(level.split("-")) for level in levels if level.count("-") == 1]
    times = Counter(unit for _number, unit in pairs)
    shared = {(number, unit): f"{number}-{unit}" for number, unit in pairs if times[unit] > 1}
    shared |= {(row[0], row[1]): row[2] for row in connection.execute(_SHARED)}
    for reading in readings:
        if reading.report.layout == "json_stat2":
            _rename_areas(reading, shared)


def _rename_areas(reading: Reading, shared: dict[tuple[str, str], str]) -> None:
    renamed = {
        unit: shared[number, unit]
        for number, unit in reading.areas.select("organizer_number", "unit_code").iter_rows()
        if (number, unit) in shared
    }
    if renamed:
        is_unit = pl.col("area_type") == str(AreaType.SCHOOL_UNIT)
        reading.areas = reading.areas.with_columns(
            code=pl.when(is_unit).then(pl.col("code").replace(renamed)).otherwise("code")
        )
        reading.observations = reading.observations.with_columns(
            area_code=pl.when(is_unit)
            .then(pl.col("area_code").replace(renamed))
            .otherwise("area_code")
        )


def load_kept(
    connection: Connection, kept: Kept, number: str, person_name: str = ""
) -> tuple[list[FileReport], dict[str, Any]]:
    """Store units and values as the database's owner; return an account a file, and the units'."""
    sheet = Sheet(file="skolenheter", source=register_v2.SOURCE, units=kept.units)
    units = organizers.report_of(sheet, organizers.load_sheet(connection, sheet))
    reports = []
    for path, reading in kept.readings:
        content = path.read_bytes()
        reports.append(
            values.load_reading(
                connection, PUBLISHED, reading, content, dry=False, person_name=person_name
            )
        )
    if sum(one.new for one in reports) >= _MANY:
        connection.execute(text("ANALYZE measure, area, series, value"))
    return reports, units


def remember_labels(
    connection: Connection, path: str, labels: dict[str, str], today: date
) -> list[str]:
    """Keep a table's codes by their words, and return an alarm for each that moved or changed."""
    table: Any = TableLabel.__table__
    known = {
        row.label: row for row in connection.execute(select(table).where(table.c.path == path))
    }
    now = {label: code for code, label in labels.items()}
    before = {label: row.code for label, row in known.items() if row.gone_on is None}
    for label, code in now.items():
        if label in known:
            connection.execute(
                table.update()
                .where(table.c.id == known[label].id)
                .values(code=code, seen_on=today, gone_on=None)
            )
        else:
            row = {"id": new_id(), "path": path, "label": label, "code": code, "seen_on": today}
            connection.execute(table.insert().values(**row))
    for label in set(before) - set(now):
        connection.execute(
            table.update().where(table.c.id == known[label].id).values(gone_on=today)
        )
    return moved_labels(before, now) if before else []
