"""Huvudmän and school units as the national quality system's own table names them."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from ska.organizers.register import (
    OrganizerRow,
    Sheet,
    UnitRow,
    municipalities,
    read_sheet,
    readable,
    type_of_number,
)
from ska.organizers.rules import SchoolType
from ska.values.importers.observations import AreaType, Refused, Source
from ska.values.importers.recognise import read_content
from ska.values.importers.sheets import is_workbook, read_bytes

_SCHOOL_TYPES = {
    "grundskola": SchoolType.COMPULSORY_SCHOOL,
    "gymnasieskola": SchoolType.UPPER_SECONDARY_SCHOOL,
    "förskoleklass": SchoolType.PRESCHOOL_CLASS,
    "anpassad grundskola": SchoolType.ADAPTED_COMPULSORY_SCHOOL,
    "anpassad gymnasieskola": SchoolType.ADAPTED_UPPER_SECONDARY_SCHOOL,
}


def read_registers(paths: list[Path]) -> list[Sheet]:
    """Return our municipalities and what the given folders and files say, huvudmän first.

    Raises Refused or UnknownSheet, saying what was seen, for a file that is no register.
    """
    files = [
        file for path in paths for file in (sorted(path.glob("*.csv")) if path.is_dir() else [path])
    ]
    sheets = [_read(file) for file in files]
    return [municipalities(), *sorted(sheets, key=lambda sheet: not sheet.organizers)]


def _read(path: Path) -> Sheet:
    content = read_bytes(path)
    if not is_workbook(content):
        return read_sheet(path)
    reading = read_content(content, path.name)
    if reading.report.source is not Source.QUALITY_SYSTEM:
        raise Refused("Filen namnger inga huvudmän och enheter.")
    period = max(one for one in reading.observations["period"].unique() if "/" in one)
    source = f"Skolverket, underlag för analys {period}"
    kind = _SCHOOL_TYPES.get(reading.report.title.rpartition(" för ")[2])
    sheet = Sheet(file=path.name, source=str(Source.QUALITY_SYSTEM))
    for row in reading.areas.filter(pl.col("organizer_number") != "").iter_rows(named=True):
        number = row["organizer_number"]
        if row["area_type"] == str(AreaType.ORGANIZER):
            name = readable(row["name"])
            sheet.organizers.append(OrganizerRow(number, name, type_of_number(number), source))
        else:
            sheet.units.append(
                UnitRow(
                    number,
                    row["unit_code"],
                    readable(row["name"]),
                    (kind,) if kind else (),
                    source,
                )
            )
    return sheet
