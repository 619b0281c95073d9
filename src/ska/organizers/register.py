"""Reading who runs which schools: our list of municipalities, and the register's sheets.

The sheets are those of the school unit register of 2020, one CSV a kind of school. What a sheet
holds is seen in its header. Contact columns are never read.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ska.organizers.rules import SchoolType
from ska.settings import bundled

REGISTER_2020 = "Skolenhetsregistret 2020"
_TYPES = {"Kommunal": "municipal", "Enskild": "private", "Statlig": "state", "Landsting": "region"}
_CODE, _NUMBER = re.compile(r"\d{8}"), re.compile(r"\d{10}")
_STAYS = {"AB", "HB", "KB", "EK", "FÖR", "HF", "UPA", "IES", "F-6", "F-9"}


@dataclass(frozen=True)
class OrganizerRow:
    """A huvudman as a register has it."""

    organisation_number: str
    name: str
    organizer_type: str
    source: str
    source_date: date | None = None
    municipality_code: str | None = None
    county_code: str | None = None
    county_name: str | None = None
    skr_group: str | None = None
    skr_group_name: str | None = None


@dataclass(frozen=True)
class UnitRow:
    """A school unit as a register has it, with the huvudman's number."""

    organisation_number: str
    school_unit_code: str
    name: str
    school_types: tuple[SchoolType, ...]
    source: str
    status: str = "active"
    valid_from: date | None = None
    valid_to: date | None = None
    predecessor_code: str | None = None


@dataclass
class Sheet:
    """What one file held."""

    file: str
    source: str
    organizers: list[OrganizerRow] = field(default_factory=list)
    units: list[UnitRow] = field(default_factory=list)
    rejections: list[dict[str, str | int]] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """Return how many rows the file held, rejected ones too."""
        return len(self.organizers) + len(self.units) + len(self.rejections)


class UnknownSheet(Exception):
    """The file is not a sheet of the register; the text says what was seen, in Swedish."""


def municipalities() -> Sheet:
    """Return the 290 municipalities as huvudmän, from our own list (seeds/municipalities)."""
    path = bundled("seeds") / "municipalities.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [
            OrganizerRow(
                organisation_number=row["organisation_number"],
                name=row["municipality_name"],
                organizer_type="municipal",
                source="SCB, SKR och Kolada",
                source_date=date(2026, 11, 22),
                municipality_code=row["municipality_code"],
                county_code=row["county_code"],
                county_name=row["county_name"],
                skr_group=row["skr2023_code"],
                skr_group_name=row["skr2023_name"],
            )
            for row in csv.DictReader(file)
        ]
    return Sheet(file=path.name, source="seeds", organizers=rows)


def read_sheet(path: Path) -> Sheet:
    """Return what a sheet of the register holds; raise UnknownSheet for another file."""
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    reader = csv.DictReader(io.StringIO(text), delimiter=";")
    columns = set(reader.fieldnames or [])
    sheet = Sheet(file=path.name, source="register")
    if {"ORGANISATIONSNR", "HUVUDMANNATYP", "JURIDISK FORM"} <= columns:
        for line, row in enumerate(reader, start=2):
            _take(sheet, line, {name: (cell or "").strip() for name, cell in row.items()}, columns)
        return sheet
    seen = "; ".join(list(reader.fieldnames or [])[:6])
    raise UnknownSheet(f"Filen är inte ett blad ur skolenhetsregistret. Rubriker: ”{seen}”.")


def _take(sheet: Sheet, line: int, row: dict[str, str], columns: set[str]) -> None:
    number = row["ORGANISATIONSNR"]
    if not _NUMBER.fullmatch(number):
        sheet.rejections.append(_rejected(line, number, "organisationsnumret har inte tio siffror"))
        return
    if "SKOLENHETSKOD" not in columns:
        kind = _TYPES.get(row["HUVUDMANNATYP"], "private")
        sheet.organizers.append(
            OrganizerRow(number, readable(row["NAMN"]), kind, REGISTER_2020, date(2020, 1, 1))
        )
        return
    code = row["SKOLENHETSKOD"]
    if not _CODE.fullmatch(code):
        sheet.rejections.append(_rejected(line, code, "skolenhetskoden har inte åtta siffror"))
        return
    name = re.sub(r"\s+", " ", row["NAMN"])
    sheet.units.append(UnitRow(number, code, name, _school_types(row, columns), REGISTER_2020))


def _rejected(line: int, raw: str, reason: str) -> dict[str, str | int]:
    return {"row": line, "column": "", "raw": raw, "reason": reason}


def _school_types(row: dict[str, str], columns: set[str]) -> tuple[SchoolType, ...]:
    if "ÅR10" in columns:
        return (SchoolType.SPECIAL_SCHOOL,)
    if "ELEVER FKLASS" in columns:
        years = any(row.get(f"ÅR{year}") == "J" for year in range(1, 10))
        found = (SchoolType.COMPULSORY_SCHOOL,) if years else ()
        has_class = row.get("FKLASS") == "J"
        return (*found, SchoolType.PRESCHOOL_CLASS) if has_class or not found else found
    if "FKLASS" in columns:
        return (SchoolType.SAMI_SCHOOL,)
    if "ÅR1" in columns:
        return (SchoolType.ADAPTED_COMPULSORY_SCHOOL,)
    if "INDIVIDUELLA PROGRAM" in columns:
        return (SchoolType.ADAPTED_UPPER_SECONDARY_SCHOOL,)
    if any("PROGRAM" in column for column in columns):
        return (SchoolType.UPPER_SECONDARY_SCHOOL,)
    return (SchoolType.MUNICIPAL_ADULT_EDUCATION,)


def type_of_number(number: str) -> str:
    """Return the kind of huvudman that an organisation number tells: 212000 is a municipality."""
    if number.startswith(("212000", "222000")):
        return "municipal"
    if number.startswith("232100"):
        return "region"
    return "state" if number.startswith(("2020", "2021")) else "private"


def readable(name: str) -> str:
    """Return a name written in capitals as people write it: ``ALE KOMMUN`` is ``Ale kommun``."""
    plain = re.sub(r"\s+", " ", name).strip()
    if plain != plain.upper():
        return plain
    words = [
        word if word in _STAYS or any(sign.isdigit() for sign in word) else _cased(word, i)
        for i, word in enumerate(plain.split(" "))
    ]
    return " ".join(words)


def _cased(word: str, place: int) -> str:
    small = {"KOMMUN", "KOMMUNALFÖRBUND", "I", "OCH", "EKONOMISK", "FÖRENING", "SKOLA", "FÖR"}
    if place and word in small:
        return word.lower()
    return "-".join(part.capitalize() for part in word.split("-"))
