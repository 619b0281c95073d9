"""Absence as the school systems export it: a row a school (or åk, or gender), shares or hours.

Edlevo, LearnPoint, Skola24 and Vklass have no common format. The columns are known by their words;
absence is a share of the time, with the share of lessons that were reported beside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from ska.values.importers.cells import SWEDISH_NUMBER
from ska.values.importers.local import PERSONAL
from ska.values.importers.long_rows import Rows, period_of
from ska.values.importers.observations import AreaType, Reading, Refused, Report, Source
from ska.values.importers.people import NOT_ASKED_TO, People
from ska.values.importers.sheets import Sheet
from ska.values.rules import ValueStatus

UNIT = "% av tiden"  # not of pupils: the few who were away are not told by it
KINDS = {
    "total": "Frånvaro, totalt",
    "valid": "Frånvaro, giltig",
    "invalid": "Frånvaro, ogiltig",
    "reported": "Frånvaro, rapporterad tid",
}
_MEANING = (
    "Andel av tiden i utdraget. Lektioner som ingen rapporterat är inte närvaro: läs andelen "
    "tillsammans med den rapporterade tiden."
)
_ROLES = (  # the first pattern that fits a heading decides
    ("code", r"^skol-?enhetskod$"),
    ("unit", r"^(skola|skolenhet|enhet|skolnamn)$"),
    ("stage", r"^(årskurs|åk)$"),
    ("gender", r"^kön$"),
    ("period", r"^(läsår|period|termin|år)$"),
    ("n", r"^(antal )?elever$|^antal elever"),
    ("reported", r"rapporter"),
    ("invalid", r"ogiltig"),
    ("valid", r"giltig"),
    ("total", r"frånvaro"),
    ("time", r"^(totalt|undervisningstid|undv|schemalagd|planerad)"),
)
_GENDERS = {"": "T", "alla": "T", "totalt": "T", "flickor": "K", "flicka": "K", "kvinnor": "K",
            "pojkar": "M", "pojke": "M", "män": "M"}  # fmt: skip
_HOURS = r" ?(?:h|tim|t|min)\.?$"
_ROWS_ABOVE = 30
THRESHOLD = re.compile(r"(?i)(?:gräns|tröskel|minst|mer än|över)\D{0,20}(\d{1,3}) ?(%|min)")
_SYMBOLS = {"-": ValueStatus.MISSING, "..": ValueStatus.SUPPRESSED_SMALL_GROUP}


@dataclass(frozen=True)
class _Header:
    """Where the header stands, and which columns have which role."""

    at: int
    places: dict[str, list[int]]
    names: list[str]

    def cell(self, role: str, cells: list[str]) -> str:
        """Return the cell of a role that has one column; empty when there is none."""
        places = self.places.get(role)
        return cells[places[0]] if places else ""


def recognises(sheet: Sheet) -> bool:
    """Tell whether a sheet has a header with schools and absence."""
    return _header(sheet) is not None


def read(sheet: Sheet, file: str, people: People) -> Reading:
    """Return the shares of a table of absence; raise Refused when its rows are pupils."""
    header = _header(sheet)
    assert header is not None  # recognised before it is read
    if any(PERSONAL.search(name) for name in header.names):
        raise Refused(
            "Raderna är elever. Ta ut frånvaron per skola eller årskurs i stället."
            if people.may_be_counted
            else NOT_ASKED_TO
        )
    report = Report(file=file, source=Source.LOCAL, kind="table", layout="absence_table")
    report.title = "Frånvaro per skola"
    rows = Rows(report, _SYMBOLS)
    above = [cell for i in range(header.at) for cell in sheet.row(i) if cell]
    for i in range(header.at + 1, sheet.cells.height):
        cells = sheet.row(i)
        if header.cell("unit", cells) and not _is_a_sum(header.cell("unit", cells)):
            report.rows += 1
            _row(rows, header, (sheet.first_row + i, cells), (above, people.limit))
    reading = rows.reading()
    if not reading.observations.height and not report.rejections:
        raise Refused("Frånvarotabellen har inga rader med skolor.")
    reading.is_own = True
    if "n" not in header.places:
        report.warn("no_group_size", "Tabellen saknar antal elever. Värdena kan inte visas utan.")
    if "reported" not in header.places:
        report.warn("no_reporting_rate", "Tabellen säger inte hur stor del som rapporterats.")
    return reading


def measure(kind: str, stage: str, threshold: str) -> dict[str, object]:
    """Return the measure of a kind of absence; a local limit makes it a measure of its own."""
    about = "".join(f", {part}" for part in (stage, threshold) if part)
    code = f"{KINDS[kind]}{about}"
    return {
        "code": code,
        "title": code,
        "unit": UNIT,
        "definition": _MEANING,
        "nature": "result",
        "smallest_group": 10,
        "scope_note": threshold or "ingen lokal gräns angiven",
    }


def threshold_in(above: list[str]) -> str:
    """Return the local limit that an export says it was made with, or nothing."""
    found = THRESHOLD.search(" ; ".join(above))
    return f"gräns {found[1]} {found[2]}" if found else ""


def period_in(above: list[str]) -> tuple[str | None, str | None]:
    """Return the period that the lines above a table name."""
    for text in above:
        for word in re.findall(r"\d{4}/\d{2}(?!\d)|[VH]T ?\d{2,4}", text):
            if all(period_of(word)):
                return period_of(word)
    return None, None


def _header(sheet: Sheet) -> _Header | None:
    for i in range(min(_ROWS_ABOVE, sheet.cells.height)):
        names = [cell.lower() for cell in sheet.row(i)]
        places: dict[str, list[int]] = {}
        for place, name in enumerate(names):
            role = next((role for role, fits in _ROLES if name and re.search(fits, name)), None)
            if role:
                places.setdefault(role, []).append(place)
        if (
            "unit" in places
            and {"valid", "invalid", "total"} & set(places)
            and (any("frånvaro" in name for name in names) or {"valid", "invalid"} <= set(places))
        ):
            return _Header(i, places, names)
    return None


def _is_a_sum(name: str) -> bool:
    return bool(re.match(r"(?i)(totalt|summa|alla|genomsnitt)", name))


def _row(
    rows: Rows, header: _Header, line: tuple[int, list[str]], about: tuple[list[str], int]
) -> None:
    row, cells = line
    above, limit = about
    period_type, period = period_of(header.cell("period", cells).replace("-", "/"))
    if not period:
        period_type, period = period_in(above)
    unit = header.cell("code", cells) or header.cell("unit", cells)
    rows.name_area(str(AreaType.SCHOOL_UNIT), unit, name=header.cell("unit", cells))
    stage, gender = header.cell("stage", cells), header.cell("gender", cells).lower()
    n = re.sub(r"\D", "", header.cell("n", cells))
    is_small = bool(n) and int(n) < limit
    line_says: dict[str, Any] = {
        "area_type": str(AreaType.SCHOOL_UNIT),
        "area_code": unit,
        "period_type": period_type,
        "period": period,
        "gender": _GENDERS.get(gender, "T"),
        "declared": str(ValueStatus.SUPPRESSED_SMALL_GROUP) if is_small else None,
        "n": int(n) if n and not is_small else None,
        "row": row,
        "counts_in": UNIT,
    }
    for kind, column in KINDS.items():
        raw = _share(header, kind, cells)
        if raw is not None:
            named = measure(kind, f"åk {stage}" if stage else "", threshold_in(above))
            rows.measures[str(named["code"])] = named
            shown = "" if is_small else raw
            reason = _wrong(period, gender, shown)
            rows.add(
                measure=named["code"], raw_value=shown, column=column, reason=reason, **line_says
            )


def _share(header: _Header, kind: str, cells: list[str]) -> str | None:
    """Return a share as it stands, or hours of all hours; None when the table does not have it."""
    places = header.places.get(kind, [])
    for place in places:
        if "%" in header.names[place] or cells[place].endswith("%"):
            return cells[place]
    time = hours(header.cell("time", cells))
    for place in places:
        part = hours(cells[place])
        if part is not None and time:
            return f"{100 * part / time:.2f}"
    return cells[places[0]] if places else None


def hours(text: str) -> float | None:
    """Return the number of a text like ``179293,6 h``; None when it is none."""
    short = re.sub(_HOURS, "", text.replace("\u00a0", " ").strip())
    if not re.fullmatch(SWEDISH_NUMBER.strip("^$"), short):
        return None
    return float(re.sub(r"[ %]", "", short).replace(",", "."))


def _wrong(period: str | None, gender: str, raw: str) -> str | None:
    if not period:
        return "perioden saknas; skriv den som 2025/26 eller VT26 i en kolumn eller över tabellen"
    if gender not in _GENDERS:
        return "könet känns inte igen"
    number = hours(raw.replace(".", ",")) if raw not in _SYMBOLS else None
    return None if number is None or 0 <= number <= 100 else "utanför det möjliga, 0–100"
