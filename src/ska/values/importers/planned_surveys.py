"""Skolenkäten in planned-educations: nested blocks and the flat twin, as the same measures.

All numbers are texts, and both scales of answers sit in one object: null there means that the
question does not have that answer (data-sources, 8).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ska.values.importers.long_rows import Rows, dicts, period_of, plain
from ska.values.importers.observations import AreaType
from ska.values.importers.planned_names import ANSWERS, BLOCKS, GROUPS, SURVEYS
from ska.values.importers.saved import Json, SavedAnswer, link_of
from ska.values.rules import ValueStatus

_KIND = re.compile(r"surveys/(\w+)")
_UNIT = re.compile(r"\d{8}")
_COUNTS = {
    "noOfAnswers": ("Antal svar", "svar"),
    "noInGroup": ("Antal i gruppen", "elever"),
    "answeringFrequency": ("Svarsfrekvens (%)", "%"),
}


def recognises(body: Any) -> bool:
    """Tell whether a body is a survey's answer."""
    if not isinstance(body, dict):
        return False
    return "schoolYearMetrics" in body or {"semester", "noOfAnswers"} <= set(body)


def collect(rows: Rows, answer: SavedAnswer) -> None:
    """Add the cells of one answer, a group of pupils or guardians at a time."""
    body: Json = answer.body
    for metrics in dicts(body.get("schoolYearMetrics")) if "schoolYearMetrics" in body else [body]:
        _group(rows, metrics, _survey_of(answer, metrics), answer.row)


def _survey_of(answer: SavedAnswer, metrics: Json) -> str:
    for address in (answer.url, link_of(answer.body)):
        found = _KIND.search(address)
        if found and found[1] in SURVEYS:
            return found[1]
    group = plain(metrics.get("schoolYear")) or ""
    return "pupilsgy" if group.startswith("ar") else "pupilsgr" if group else "custodians"


def _group(rows: Rows, metrics: Json, survey: str, row: int) -> None:
    unit_code = plain(metrics.get("schoolUnitCode")) or ""
    group = plain(metrics.get("schoolYear")) or ""
    period_type, period = period_of(metrics.get("semester"))
    reason = None if period else "terminen känns inte igen"
    if not _UNIT.fullmatch(unit_code):
        reason = "skolenhetskoden känns inte igen"
    rows.name_area(str(AreaType.SCHOOL_UNIT), unit_code, unit_code=unit_code)
    place = {
        "area_type": str(AreaType.SCHOOL_UNIT),
        "area_code": unit_code,
        "period_type": period_type,
        "period": period,
        "n": _count(metrics.get("noOfAnswers")),
        "row": row,
        "reason": reason,
    }
    prefix = f"surveys/{survey}" + (f"/{group}" if group else "")
    who = SURVEYS.get(survey, survey) + (f", {GROUPS.get(group, group)}" if group else "")
    for name, title, unit, value in _cells(metrics):
        if value is None:
            rows.count_only(ValueStatus.NOT_ASKED)
            continue
        code = f"{prefix}/{name}"
        rows.measures[code] = {
            "code": code,
            "title": f"Skolenkäten, {who}: {title}",
            "unit": unit,
            "nature": "result",
        }
        rows.add(measure=code, raw_value=plain(value), counts_in=unit, column=name, **place)


def _cells(metrics: Json) -> Iterator[tuple[str, str, str, Any]]:
    for name, (title, unit) in _COUNTS.items():
        if name in metrics:
            yield name, title, unit, metrics[name]
    for block, subject in BLOCKS.items():
        nested = metrics.get(f"{block}Metrics")
        for answer, (title, unit) in ANSWERS.items():
            value: Any = _ABSENT
            if isinstance(nested, dict):
                value = nested.get(answer, _ABSENT)
            else:
                for spelled in _flat_names(block, answer):
                    value = metrics.get(spelled, value)
            if value is not _ABSENT:
                yield f"{block}/{answer}", f"{subject}, {title}", unit, value


_ABSENT = object()


def _flat_names(block: str, answer: str) -> tuple[str, str]:
    """Return how the flat twin spells an answer; one block has a word too many."""
    word = answer[0].upper() + answer[1:]
    return f"{block}{word}", f"{block}Question{word}"


def _count(value: Any) -> int | None:
    text = plain(value) or ""
    return int(text) if text.isdecimal() else None
