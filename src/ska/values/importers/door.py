"""The door: columns that point out persons are dropped before anything else sees the table."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass

import polars as pl

from ska.core.personal_data import HitKind, find_personal_data
from ska.values.importers.cells import MACHINE_NUMBER
from ska.values.importers.local import PERSONAL
from ska.values.importers.sheets import Sheet

_MOMENTS = {"starttid", "slutförandetid", "tidstämpel", "start time", "completion time",
            "timestamp", "senast ändrad", "last modified time"}  # fmt: skip
_PERSONS = {"e-post", "epost", "email", "e-mail", "mejl", "användarnamn", "username", "telefon",
            "telefonnummer", "mobilnummer", "ip-adress", "ip address"}  # fmt: skip
_MAYBE = {"namn", "name", "id", "klass"}  # a person's beside a moment or a person, else a unit's
_SUSPECT = r"@|\d{6}[-+ ]?\d{4}"
_ROWS_ABOVE = 20
_MOST_LOOKED_AT = 5_000


@dataclass(frozen=True)
class Cleaned:
    """A table without persons: how many columns were dropped, and whether they named anyone."""

    sheet: Sheet
    dropped: int
    has_people: bool
    is_answers: bool


def without_people(sheet: Sheet) -> Cleaned:
    """Return the sheet without the columns that hold names, addresses, numbers or moments."""
    heads = [
        {(cell or "").strip().casefold() for cell in sheet.cells.to_series(i)[:_ROWS_ABOVE]}
        for i in range(sheet.cells.width)
    ]
    people = {i for i, head in enumerate(heads) if _names_a_person(head)}
    people |= {i for i in range(sheet.cells.width) if _holds_persons(sheet.cells.to_series(i))}
    moments = {i for i, head in enumerate(heads) if head & _MOMENTS}
    maybe = {i for i, head in enumerate(heads) if head & _MAYBE} if people | moments else set()
    dropped = people | moments | maybe
    kept = [name for i, name in enumerate(sheet.cells.columns) if i not in dropped]
    cells = sheet.cells.select(pl.col(name).alias(str(place)) for place, name in enumerate(kept))
    left = Sheet(sheet.name, cells, sheet.is_workbook, sheet.first_row)
    return Cleaned(left, len(dropped), bool(people), bool(people | moments))


def as_text(sheet: Sheet) -> bytes:
    """Return the sheet as text between tabs, numbers with decimal comma; what waits for a yes."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    for row in sheet.cells.iter_rows():
        writer.writerow([_written(cell, is_machine=sheet.is_workbook) for cell in row])
    return out.getvalue().encode()


def _names_a_person(head: set[str]) -> bool:
    return bool(head & _PERSONS) or any(PERSONAL.search(cell) for cell in head)


def _holds_persons(column: pl.Series) -> bool:
    suspects = column.drop_nulls().unique()
    suspects = suspects.filter(suspects.str.contains(_SUSPECT)).head(_MOST_LOOKED_AT)
    return any(
        hit.kind is not HitKind.PHONE for text in suspects for hit in find_personal_data(text)
    )


def _written(cell: str | None, *, is_machine: bool) -> str:
    text = re.sub(r"\s+", " ", cell or "").strip()
    return text.replace(".", ",") if is_machine and re.match(MACHINE_NUMBER, text) else text
