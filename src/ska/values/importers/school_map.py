"""Skolkarta's compilation of schools with year 9: second hand, kept apart from what it copied.

Only figures whose year the file tells are read: the three series, SALSA and the survey. The year
of the other figures is not told, and for some schools it is an older one than the file's own
(docs/decisions/0046), so those cells are rejected with that reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ska.values.importers.long_rows import Rows, dicts, period_of, plain
from ska.values.importers.observations import AreaType, Reading, Report, Source
from ska.values.importers.saved import Json, SavedAnswer

_SERIES = {
    "meritvarde": ("Genomsnittligt meritvärde, årskurs 9", "meritvärde"),
    "behorighet": ("Behöriga till yrkesprogram, årskurs 9, andel (%)", "%"),
    "np": ("Nationella prov, skolkartas medelvärde av tre ämnen", "betygspoäng"),
}
_SALSA = {
    "salsaActual": ("SALSA: Meritvärde, faktiskt", "meritvärde"),
    "salsaCalc": ("SALSA: Meritvärde, modellberäknat", "meritvärde"),
    "salsaDev": ("SALSA: Meritvärde, avvikelse", "meritpoäng"),
    "salsaReqDev": ("SALSA: Godkänt i alla ämnen, avvikelse", "procentenheter"),
    "salsaParents": ("SALSA: Föräldrarnas utbildningsnivå, 1–3", "nivå 1–3"),
}
_UNDATED = {
    "npSve": ("Nationella prov, svenska", "betygspoäng"),
    "npEng": ("Nationella prov, engelska", "betygspoäng"),
    "npMa": ("Nationella prov, matematik", "betygspoäng"),
    "andelGodkand": ("Godkänt i alla ämnen, årskurs 9, andel (%)", "%"),
    "lararbehorighet": ("Lärare med legitimation och behörighet, andel (%)", "%"),
    "elever": ("Antal elever", "elever"),
}
_SUBJECTS = {
    "trygg": "Trygghet",
    "nojd": "Övergripande nöjdhet",
    "ro": "Studiero",
    "stod": "Stöd",
    "stim": "Stimulans",
}
_WHO = {"p": "vårdnadshavare", "e": "elever"}
_UNIT = re.compile(r"\d{8}")
Cell = tuple[str, str, str, Any, Any, int | None]  # code, title, unit, value, period, n


def recognises(answers: list[SavedAnswer]) -> bool:
    """Tell whether the file is such a compilation."""
    body = answers[0].body
    return isinstance(body, dict) and {"schools", "latestPeriod", "salsaPeriod"} <= set(body)


def read(answers: list[SavedAnswer], file: str) -> Reading:
    """Return the dated figures of each school; the undated are rejected."""
    body: Json = answers[0].body
    report = Report(
        file=file,
        source=Source.SCHOOL_MAP,
        kind="data",
        layout="school_map",
        title="Skolkarta, andrahandskälla",
    )
    rows = Rows(report, {})
    schools = list(dicts(body["schools"]))
    report.rows = len(schools)
    for number, school in enumerate(schools, start=1):
        unit_code = plain(school.get("kod")) or ""
        rows.name_area(
            str(AreaType.SCHOOL_UNIT),
            unit_code,
            name=plain(school.get("namn")),
            unit_code=unit_code,
        )
        for cell in _cells(school, body.get("salsaPeriod")):
            _add(rows, number, unit_code, cell)
    report.warn(
        "second_hand",
        "Filen är en sammanställning i andra hand. Värdena hålls isär från Skolverkets egna.",
    )
    return rows.reading()


def _cells(school: Json, salsa_period: Any) -> Iterator[Cell]:
    series = school.get("series")
    for name, (title, unit) in _SERIES.items():
        found = series.get(name) if isinstance(series, dict) else None
        for period, value in found.items() if isinstance(found, dict) else ():
            yield name, title, unit, value, period, None
    for name, (title, unit) in _SALSA.items():
        if name in school:
            yield name, title, unit, school[name], salsa_period, None
    for name, (title, unit) in _UNDATED.items():
        if name in school:
            yield name, title, unit, school[name], None, None
    yield from _survey(school.get("survey"))


def _survey(survey: Any) -> Iterator[Cell]:
    for key, who in _WHO.items():
        part = survey.get(key) if isinstance(survey, dict) else None
        if not isinstance(part, dict):
            continue
        n = part["n"] if isinstance(part.get("n"), int) else None
        group = f", {part['ak']}" if part.get("ak") else ""
        for name, subject in _SUBJECTS.items():
            if name in part:
                code = f"survey/{key}{group.replace(', ', '/')}/{name}"
                title = f"Skolenkäten, {who}{group}: {subject}, medelvärde"
                yield code, title, "index 0–10", part[name], part.get("sem"), n


def _add(rows: Rows, row: int, unit_code: str, cell: Cell) -> None:
    code, title, unit, value, when, n = cell
    period_type, period = period_of(when)
    reason = None if period else "filen säger inte vilket läsår värdet gäller"
    if not _UNIT.fullmatch(unit_code):
        reason = "skolenhetskoden känns inte igen"
    rows.measures[code] = {"code": code, "title": title, "unit": unit, "nature": "result"}
    rows.add(
        measure=code,
        area_type=str(AreaType.SCHOOL_UNIT),
        area_code=unit_code,
        period_type=period_type,
        period=period,
        raw_value=plain(value),
        counts_in=unit,
        n=n,
        row=row,
        column=code,
        reason=reason,
    )
