"""Skolverket's statistics database (PxWeb v1), both branches (data-sources, section 4).

The metadata is read anew each time and measures are asked for by what they are called: codes are
places in a list and have moved. Cells go in batches under the source's limits, every dimension
chosen, and a batch counts only when it covers exactly the codes that were asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from ska.fetching.answers import Collector
from ska.fetching.polite import Question, Unanswered
from ska.fetching.rules import batches
from ska.values.importers import pxweb
from ska.values.importers.observations import Refused

NAME = "skolverket_pxweb"
MOST_CELLS, MOST_CODES, LEVELS_AT_ONCE = 1_250_000, 1_000, 200
TIMES = 3  # how often the metadata may change under us before we give the table up
ALL_LEVELS = {"filter": "top", "values": ["20000"]}
Codes = dict[str, str]  # label by code


@dataclass(frozen=True)
class Table:
    """A table's address below the base, and its words for people."""

    path: str
    title: str


@dataclass(frozen=True)
class Shape:
    """What a table holds: its measures, areas and times, label by code."""

    measures: Codes
    areas: Codes
    times: Codes


class _Moved(Exception):
    """The table changed between its metadata and its answer."""


def collect(
    collector: Collector, base: str, table: Table, wanted: Iterable[str] | None, years: int = 10
) -> Shape | None:
    """Ask for all measures of the *wanted* areas (None is all) and return the table's shape.

    What does not come is noted; None means that the table could not be read at all.
    """
    address = f"{base}/{table.path}"
    for _time in range(TIMES):
        try:
            shape = _shape(collector, address)
            _cells(collector, address, shape, (table, wanted, years))
        except _Moved as change:
            reason = f"måtten flyttade under hämtningen: {change}. Läses om."
            collector.miss(NAME, table.title, reason)
            collector.forget(_metadata(address))
            continue
        except (Unanswered, Refused) as refusal:
            collector.miss(NAME, table.title, str(refusal))
            return None
        _settled(collector, table)
        return shape
    collector.miss(NAME, table.title, "tabellen ändrades vid varje försök")
    return None


def _settled(collector: Collector, table: Table) -> None:
    collector.troubles[:] = [
        one
        for one in collector.troubles
        if one.what != table.title or not one.reason.endswith("Läses om.")
    ]


def _metadata(address: str) -> Question:
    return Question("pxweb-metadata", address)


def _shape(collector: Collector, address: str) -> Shape:
    answer = collector.get(_metadata(address))
    try:
        parts = {one["code"]: one for one in answer["variables"]}
        measures, times = _codes(parts["variable"]), _codes(parts["time"])
        areas = _codes(parts["level"])
    except (TypeError, KeyError) as problem:
        collector.forget(_metadata(address))
        raise Unanswered("tabellens metadata har en annan form än väntat") from problem
    if not areas and measures and times:
        areas = _all_levels(collector, address, next(iter(measures)), list(times)[-1])
    return Shape(measures, areas, times)


def _codes(variable: dict[str, Any]) -> Codes:
    codes, texts = variable.get("values") or [], variable.get("valueTexts") or []
    return {str(code): str(text) for code, text in zip(codes, texts, strict=False)}


def _all_levels(collector: Collector, address: str, measure: str, time: str) -> Codes:
    """Return the areas of a table that keeps them out of its metadata: six of them do."""
    body = _query([measure], ALL_LEVELS, [time])
    answer = collector.get(Question("pxweb-metadata-levels", address, body))
    labels = answer["dimension"]["level"]["category"]["label"]
    return {str(code): str(label) for code, label in labels.items()}


def _cells(
    collector: Collector,
    address: str,
    shape: Shape,
    asked: tuple[Table, Iterable[str] | None, int],
) -> None:
    table, wanted, years = asked
    levels = list(shape.areas) if wanted is None else sorted(set(wanted) & set(shape.areas))
    if wanted is not None and (gone := sorted(set(wanted) - set(shape.areas))):
        shown = ", ".join(gone[:10]) + (" …" if len(gone) > 10 else "")
        collector.miss(NAME, f"{table.title}: {shown}", "området finns inte i tabellen")
    times = sorted(shape.times)[-years:]
    for measures in batches(shape.measures, MOST_CODES):
        for some in batches(levels, levels_at_once(len(measures), len(times))):
            body = _query(measures, {"filter": "item", "values": some}, times)
            question = Question("pxweb-data", address, body)
            answer = collector.get(question)
            problem = uncovered(answer, shape, (measures, some, times))
            if problem:
                collector.forget(question)
                raise _Moved(problem)


def levels_at_once(measures: int, times: int) -> int:
    """Return how many areas one question may hold under the source's limits."""
    return max(1, min(LEVELS_AT_ONCE, MOST_CELLS // max(1, measures * times)))


def uncovered(
    answer: Any, shape: Shape, asked: tuple[Sequence[str], Sequence[str], Sequence[str]]
) -> str:
    """Return in words how an answer differs from what was asked, empty when it covers it."""
    measures, areas, times = asked
    found = pxweb.labels_of(answer)
    for code in measures:
        if found.get(code) != shape.measures[code]:
            return f"kod {code} är ”{found.get(code, 'borta')}”, inte ”{shape.measures[code]}”"
    if set(found) != set(measures):
        return "svaret har andra mått än de som efterfrågades"
    for name, wanted in (("level", areas), ("time", times)):
        if set(pxweb.codes_of(answer, name)) != set(wanted):
            return f"svaret täcker inte just de koder i ”{name}” som efterfrågades"
    return ""


def _query(measures: Sequence[str], level: dict[str, Any], times: Sequence[str]) -> bytes:
    def item(code: str, selection: dict[str, Any]) -> dict[str, Any]:
        return {"code": code, "selection": selection}

    return orjson.dumps(
        {
            "query": [
                item("variable", {"filter": "item", "values": list(measures)}),
                item("level", level),
                item("time", {"filter": "item", "values": list(times)}),
            ],
            "response": {"format": "json-stat2"},
        }
    )


def moved_labels(before: Codes, after: Codes) -> list[str]:
    """Return an alarm for each measure whose code moved or whose words changed (code by label)."""
    alarms = []
    by_code = {code: label for label, code in after.items()}
    for label, code in before.items():
        now = after.get(label)
        if now is not None and now != code:
            alarms.append(f"”{label}” har flyttat från kod {code} till {now}.")
        elif now is None and by_code.get(code, label) not in before:
            alarms.append(f"”{label}” (kod {code}) heter nu ”{by_code.get(code, 'ingenting')}”.")
        elif now is None:
            alarms.append(f"”{label}” finns inte längre i tabellen.")
    return alarms
