"""An answer of Skolverket's statistics database (PxWeb, json-stat2), from either branch.

Measures are known by their label: codes are places in a list and have moved. The answer is row
by row with the last dimension fastest, and the symbols stand beside it, keyed by place
(data-sources, section 4).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

from ska.values.importers import ufa
from ska.values.importers.long_rows import Rows, period_of, plain
from ska.values.importers.observations import AreaType, PeriodType, Reading, Refused, Report, Source
from ska.values.importers.saved import Json, SavedAnswer
from ska.values.rules import QUALITY_SYSTEM_SYMBOLS

LARGEST = 1_250_000  # cells the source gives in one answer
_MEASURE, _AREA, _TIME = "variable", "level", "time"
_TABLE = re.compile(r"/([^/]+)\.px")
_TITLE_END = re.compile(r" efter mått\b.*$")
_SHORT_TITLES = {"Grundskola": "Underlag för analys för grundskola"}
_AREA_TYPES = (
    (r"00", AreaType.COUNTRY),
    (r"\d{2}", AreaType.REGION),
    (r"\d{4}", AreaType.MUNICIPALITY),
    (r"[A-Z]\d?", AreaType.MUNICIPALITY_GROUP),
    (r"\d{10}", AreaType.ORGANIZER),
    (r"\d{10}-\d{8}", AreaType.SCHOOL_UNIT),
)


def recognises(answers: list[SavedAnswer]) -> bool:
    """Tell whether the answers are json-stat2, or the plain JSON that lacks labels."""
    return any(isinstance(one.body, dict) and _is_ours(one.body) for one in answers)


def _is_ours(body: Json) -> bool:
    return {"id", "size", "dimension"} <= set(body) or {"columns", "data"} <= set(body)


def read(answers: list[SavedAnswer], file: str) -> Reading:
    """Return the observations of the answers; raise Refused when a shape is not as described."""
    report = Report(file=file, source=Source.QUALITY_SYSTEM, kind="data", layout="json_stat2")
    rows = Rows(report, QUALITY_SYSTEM_SYMBOLS)
    for answer in answers:
        body = answer.body
        if not isinstance(body, dict) or "dimension" not in body:
            raise Refused("Svaret har bara koder och inga etiketter. Hämta det som json-stat2.")
        title = title_of(answer)
        report.title = report.title or title
        _collect(rows, body, title)
    report.rows = len(answers)
    return rows.reading()


def title_of(answer: SavedAnswer) -> str:
    """Return what the table is called, as measures of it are named after it."""
    label = plain(answer.body.get("label")) or ""
    if label:
        return _TITLE_END.sub("", label).strip()
    found = _TABLE.search(answer.url)
    name = found[1] if found else "Grundskola" if _looks_like_ufa(answer.body) else ""
    if not name:
        raise Refused("Svaret säger inte vilken tabell det kommer från.")
    return _SHORT_TITLES.get(name, name)


def _looks_like_ufa(body: Json) -> bool:
    return any(ufa.area_of(label)["area_type"] for label in _labels(body, _AREA).values())


def labels_of(body: Json, dimension: str = _MEASURE) -> dict[str, str]:
    """Return label by code of a dimension in an answer; raise Refused for another shape."""
    return _labels(body, dimension)


def codes_of(body: Json, dimension: str = _AREA) -> list[str]:
    """Return the codes of a dimension in the order of the answer."""
    category = body["dimension"][dimension]["category"]
    index = category.get("index")
    if isinstance(index, list):
        return [str(code) for code in index]
    if isinstance(index, dict):
        return sorted(index, key=lambda code: int(index[code]))
    return list(category["label"])  # json-stat leaves the index out when there is one category


def _labels(body: Json, dimension: str) -> dict[str, str]:
    try:
        label = body["dimension"][dimension]["category"].get("label") or {}
        return {code: plain(label.get(code)) or code for code in codes_of(body, dimension)}
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as problem:
        raise Refused(f"Svaret saknar dimensionen ”{dimension}” eller dess etiketter.") from problem


def _collect(rows: Rows, body: Json, title: str) -> None:
    order = [str(name) for name in body["id"]] if isinstance(body["id"], list) else []
    if len(order) != 3 or set(order) != {_MEASURE, _AREA, _TIME}:
        raise Refused(f"Tabellen har dimensionerna {', '.join(order)[:200]}; de läses inte.")
    labels = {name: _labels(body, name) for name in order}
    codes = {name: list(labels[name]) for name in order}
    sizes = [len(codes[name]) for name in order]
    if sizes != body["size"] or math.prod(sizes) > LARGEST:
        raise Refused("Svarets storlek stämmer inte med dess dimensioner.")
    measures = list(labels[_MEASURE].values())
    if len(set(measures)) != len(measures):
        raise Refused("Samma mått står två gånger i svaret.")
    areas = {code: _area(rows, code, label) for code, label in labels[_AREA].items()}
    units = {label: _name_measure(rows, title, label) for label in measures}
    for place, (raw, symbol) in enumerate(_cells(body, math.prod(sizes))):
        at = _at(place, sizes)
        code = {name: codes[name][i] for name, i in zip(order, at, strict=True)}
        label = labels[_MEASURE][code[_MEASURE]]
        when = labels[_TIME][code[_TIME]]
        period_type, period = _period(label, when)
        area_type, area_code = areas[code[_AREA]]
        rows.add(
            measure=f"{title} | {label}",
            area_type=area_type,
            area_code=area_code,
            period_type=period_type,
            period=period,
            raw_value=symbol if raw is None else raw,
            counts_in=units[label],
            row=place + 1,
            column=labels[_AREA][code[_AREA]],
            reason=_reason(area_type, period),
        )


def _reason(area_type: str, period: str | None) -> str | None:
    if not area_type:
        return "området känns inte igen"
    return None if period else "perioden känns inte igen"


def _at(place: int, sizes: list[int]) -> list[int]:
    found = []
    for size in reversed(sizes):
        place, index = divmod(place, size)
        found.append(index)
    return found[::-1]


def _cells(body: Json, count: int) -> Iterator[tuple[str | None, str | None]]:
    values, status = body.get("value"), body.get("status")
    if isinstance(values, list) and len(values) != count:
        raise Refused(f"Svaret har {len(values)} celler, men dimensionerna ger {count}.")
    if not isinstance(values, list | dict):
        raise Refused("Svaret har inga värden.")
    for place in range(count):
        value = values[place] if isinstance(values, list) else values.get(str(place))
        yield plain(value), _symbol(status, place)


def _symbol(status: Any, place: int) -> str | None:
    if isinstance(status, dict):
        return plain(status.get(str(place)))
    if isinstance(status, list) and place < len(status):
        return plain(status[place])
    return status if isinstance(status, str) else None


def _period(label: str, when: str) -> tuple[str | None, str | None]:
    kind, period = period_of(when)
    if kind == str(PeriodType.SCHOOL_YEAR) and period:
        return ufa.period_of(label, period)
    return kind, period


def _area(rows: Rows, code: str, label: str) -> tuple[str, str]:
    kind = next((kind for shape, kind in _AREA_TYPES if re.fullmatch(shape, code)), None)
    if kind is None:
        return "", code
    about = ufa.area_of(label)
    own = code.rpartition("-")[2]
    rows.name_area(
        str(kind),
        own,
        name="Riket" if kind is AreaType.COUNTRY else about["name"],
        organizer_number=code[:10] if kind in (AreaType.ORGANIZER, AreaType.SCHOOL_UNIT) else None,
        unit_code=own if kind is AreaType.SCHOOL_UNIT else None,
        municipality_code=code if kind is AreaType.MUNICIPALITY else None,
    )
    return str(kind), own


def _name_measure(rows: Rows, title: str, label: str) -> str:
    unit = ufa.unit_of_label(label)
    rows.measures[label] = {
        "code": f"{title} | {label}",
        "title": label.rstrip("*"),
        "unit": unit,
        "definition": "",
        "nature": "background" if ufa.is_background(label) else "result",
    }
    return unit
