"""Skolverket's planned-educations (v4): figures for each school, and the country's beside them.

Each measure is a list, newest first, of value, kind of value and period. Measures in one answer
have different newest years, so the period is always read from the element (data-sources, 5).
"""

from __future__ import annotations

import re
from typing import Any

from ska.values.importers import planned_surveys, planned_units
from ska.values.importers.long_rows import Rows, dicts, municipality_of, period_of, plain
from ska.values.importers.observations import AreaType, Reading, Refused, Report, Source
from ska.values.importers.planned_names import (
    BACKGROUND,
    SALSA,
    SCHOOL_TYPES,
    STATUS,
    field_of,
)
from ska.values.importers.saved import Json, SavedAnswer, link_of
from ska.values.rules import SKOLVERKET_SYMBOLS, ValueStatus

_KIND = re.compile(r"statistics/(national-values/)?(fsk|gran|gr|gyan|gy)(?:/|$)")
_SALSA_LIST = "compulsorySchoolUnitSalsaMetricList"
_UNIT = re.compile(r"\d{8}")
_SYMBOLS = SKOLVERKET_SYMBOLS | {
    "*": ValueStatus.NOT_APPLICABLE_LICENCE,
    "-": ValueStatus.SUPPRESSED_SMALL_GROUP,  # in a distribution of answers
}


def recognises(answers: list[SavedAnswer]) -> bool:
    """Tell whether any of the answers has a shape of planned-educations."""
    return any(_reader(one.body) for one in answers) or planned_units.recognises(answers)


def read(answers: list[SavedAnswer], file: str) -> Reading:
    """Return what the answers hold: values, or units when they hold nothing else."""
    with_values = [one for one in answers if _reader(one.body)]
    if not with_values:
        return planned_units.read(answers, file)
    is_salsa = all(_SALSA_LIST in one.body for one in with_values)
    source = Source.SALSA if is_salsa else Source.PLANNED_EDUCATIONS
    title = "Skolverket, SALSA" if is_salsa else "Skolverket, statistik per skolenhet"
    rows = Rows(
        Report(file=file, source=source, kind="data", layout="api_school_statistics", title=title),
        _SYMBOLS,
    )
    rows.report.rows = len(with_values)
    for answer in with_values:
        _reader(answer.body)(rows, answer)
    reading = rows.reading()
    _warn_about_the_rest(reading.report, len(answers) - len(with_values))
    return reading


def _warn_about_the_rest(report: Report, others: int) -> None:
    if others:
        report.warn("answers_without_values", f"{others} svar i filen har inga värden.")


def _reader(body: Any) -> Any:
    if not isinstance(body, dict):
        return None
    if _SALSA_LIST in body:
        return _salsa
    if planned_surveys.recognises(body):
        return planned_surveys.collect
    if "programMetrics" in body or "certifiedTeachersQuota" in body or "programCode" in body:
        return _statistics
    return None


def _statistics(rows: Rows, answer: SavedAnswer) -> None:
    body: Json = answer.body
    programmes = list(dicts(body.get("programMetrics")))
    is_national, kind = _kind_of(answer, programmes)
    code = _code_of(answer, programmes)
    if is_national or not code:
        area: tuple[str, str] = (str(AreaType.COUNTRY), "00")
        rows.name_area(*area, name="Riket")
    else:
        area = (str(AreaType.SCHOOL_UNIT), code)
        rows.name_area(*area, unit_code=code)
    if not is_national and not _UNIT.fullmatch(code):
        area = ("", code)
    for part in [body, *programmes]:
        _fields(rows, part, kind, area, answer.row)


def _kind_of(answer: SavedAnswer, programmes: list[Json]) -> tuple[bool, str]:
    body = answer.body
    for address in (answer.url, link_of(body), *(link_of(one) for one in programmes[:1])):
        if found := _KIND.search(address):
            return bool(found[1]), found[2]
    if programmes or "programCode" in body:
        return "programCode" in body, "gy"
    if "averageGradesMeritRating9thGrade" in body:
        return "schoolUnit" not in body, "gr"
    raise Refused("Svaret säger inte vilken skolform det gäller. Spara det med sin adress.")


def _code_of(answer: SavedAnswer, programmes: list[Json]) -> str:
    own = plain(answer.body.get("schoolUnit"))
    return own or next((plain(one.get("schoolUnit")) or "" for one in programmes), "")


def _fields(rows: Rows, part: Json, kind: str, area: tuple[str, str], row: int) -> None:
    programme = plain(part.get("programCode"))
    prefix = f"{kind}/{programme}" if programme else kind
    for name, elements in part.items():
        if name == "programMetrics" or not isinstance(elements, list):
            continue
        title, unit = field_of(name)
        code = f"{prefix}/{name}"
        for element in dicts(elements):
            _element(rows, element, code=code, area=area, unit=unit, row=row)
        where = SCHOOL_TYPES[kind] + (f", {programme}" if programme else "")
        if elements:
            rows.measures[code] = {
                "code": code,
                "title": f"{title} ({where})",
                "unit": unit,
                "nature": "result",
            }


def _element(
    rows: Rows, element: Json, *, code: str, area: tuple[str, str], unit: str, row: int
) -> None:
    kind, value = plain(element.get("valueType")) or "", plain(element.get("value"))
    status = STATUS.get(kind)
    if status is None:
        status = ValueStatus.MISSING
        unknown = f"Okänd värdetyp {kind[:60]} i svaret. Den läses som att uppgift saknas."
        if all(one.text != unknown for one in rows.report.warnings):
            rows.report.warn("unknown_value_type", unknown, code)
    if element.get("timePeriod") is None and value is None and not status.has_value:
        rows.count_only(status)
        return
    period_type, period = period_of(element.get("timePeriod"))
    reason = None if period else "perioden känns inte igen"
    rows.add(
        measure=code,
        area_type=area[0],
        area_code=area[1],
        period_type=period_type,
        period=period,
        raw_value=value,
        declared=str(status),
        counts_in=unit,
        row=row,
        column=code,
        reason=reason if area[0] else "skolenhetskoden känns inte igen",
    )


def _salsa(rows: Rows, answer: SavedAnswer) -> None:
    schools = list(dicts(answer.body[_SALSA_LIST]))
    if not schools:
        rows.report.warn("unknown_ids", "SALSA svarade utan skolor. Så svarar den på en okänd kod.")
    period_type, period = period_of(answer.body.get("timePeriod"))
    for school in schools:
        code = plain(school.get("schoolUnitCode")) or ""
        municipality = municipality_of(school.get("geographicalAreaCode"))
        rows.name_area(
            str(AreaType.SCHOOL_UNIT),
            code,
            name=plain(school.get("name")),
            unit_code=code,
            municipality_code=municipality,
        )
        for name, element in school.items():
            if name in SALSA and isinstance(element, dict):
                _salsa_cell(rows, name, element, code, (period_type, period))


def _salsa_cell(
    rows: Rows, name: str, element: Json, unit_code: str, when: tuple[str | None, str | None]
) -> None:
    title, unit = SALSA[name]
    status = STATUS.get(plain(element.get("valueType")) or "", ValueStatus.MISSING)
    rows.measures[name] = {
        "code": name,
        "title": f"SALSA: {title}",
        "unit": unit,
        "nature": "background" if name in BACKGROUND else "result",
    }
    rows.add(
        measure=name,
        area_type=str(AreaType.SCHOOL_UNIT),
        area_code=unit_code,
        period_type=when[0],
        period=when[1],
        raw_value=plain(element.get("value")),
        declared=str(status),
        counts_in=unit,
        column=name,
        reason=_salsa_reason(unit_code, when[1]),
    )


def _salsa_reason(unit_code: str, period: str | None) -> str | None:
    if not _UNIT.fullmatch(unit_code):
        return "skolenhetskoden känns inte igen"
    return None if period else "perioden känns inte igen"
