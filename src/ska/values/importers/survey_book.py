"""Skolenkäten's result workbooks: row 1 names the area of questions, row 3 which is the Index."""

from __future__ import annotations

import re

from ska.values.importers.long_rows import Rows, period_of
from ska.values.importers.observations import AreaType, Reading, Refused, Report, Source
from ska.values.importers.sheets import Sheet
from ska.values.rules import ValueStatus

SYMBOLS = {"-": ValueStatus.SURVEY_RULES_NOT_MET, "..": ValueStatus.SUPPRESSED_SMALL_GROUP,
           ".": ValueStatus.NOT_APPLICABLE_OR_MISSING}  # fmt: skip
_AREAS, _KINDS, _FIRST = 0, 2, 3
_ROUND = re.compile(r"(?i)(?:våren|vt) ?(20\d\d|\d\d)(?!\d)")
_CODES = (("school_unit", r"\d{8}"), ("municipality", r"\d{4}"))


def recognises(sheet: Sheet) -> bool:
    """Tell whether the third row says Index under a named area."""
    if sheet.cells.height <= _FIRST:
        return False
    kinds = [cell.lower() for cell in sheet.row(_KINDS)]
    return "index" in kinds and any(sheet.row(_AREAS)[i] for i in range(len(kinds)))


def read(sheet: Sheet, file: str) -> Reading:
    """Return the indexes of each school or municipality; the round is read from the sheet."""
    round_ = _ROUND.search(" ".join([sheet.name, *sheet.row(_AREAS), *sheet.row(1)]))
    if round_ is None:
        raise Refused("Arbetsboken säger inte vilken omgång enkäten gäller, som ”våren 2026”.")
    period_type, period = period_of(f"VT{round_[1][-2:]}")
    report = Report(file=file, source=Source.SCHOOL_SURVEY, kind="table", layout="survey_book")
    report.title = f"Skolenkäten, {sheet.name}".rstrip(", ")
    rows = Rows(report, SYMBOLS)
    areas = _spread(sheet)
    places = [i for i, kind in enumerate(sheet.row(_KINDS)) if kind.lower() == "index"]
    for i in range(_FIRST, sheet.cells.height):
        cells = sheet.row(i)
        found = _area(cells[: places[0]])
        if not any(cells):
            continue
        report.rows += 1
        kind, code, name = found or ("school_unit", cells[0], "")
        if found:
            rows.name_area(str(AreaType(kind)), code, name=name)
        for place in places:
            label = f"{sheet.name} | {areas[place]}"
            rows.measures[label] = {"code": label, "title": f"{areas[place]}, {sheet.name} (index)",
                                    "unit": "index 0–10", "nature": "result"}  # fmt: skip
            rows.add(
                measure=label,
                area_type=kind,
                area_code=code,
                period_type=period_type,
                period=period,
                raw_value=cells[place],
                counts_in="index 0–10",
                row=sheet.first_row + i,
                column=areas[place],
                reason=None if found else "raden har ingen kod för skolenhet eller kommun",
            )
    return rows.reading()


def _spread(sheet: Sheet) -> list[str]:
    """Return the area over each column; a name stands over the columns until the next."""
    latest, found = "", []
    for name in sheet.row(_AREAS):
        latest = name or latest
        found.append(latest)
    return found


def _area(keys: list[str]) -> tuple[str, str, str] | None:
    """Return kind, code and name of what a row is about: its longest code, its first words."""
    name = next((key for key in keys if re.search("[A-Za-zÅÄÖåäö]", key)), "")
    for kind, digits in _CODES:
        code = next((key for key in keys if re.fullmatch(digits, key)), None)
        if code:
            return kind, code, name
    return None
