"""Skolverket's statistics database (PxWeb v1), both branches (data-sources, section 4).

The metadata is read anew each time and measures are asked for by what they are called: codes are
places in a list and have moved. Which tables there are is read in the source's own folders, so a
new one is not missed. Cells go in batches under the source's limits, every dimension
chosen, and a batch counts only when it covers exactly the codes that were asked for.
"""

from __future__ import annotations

import re
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
YEARS = 10
TIMES = 3  # how often the metadata may change under us before we give the table up
MOST_LEVELS = 20_000  # of one measure and one time, so far below the limit on cells
ALL_LEVELS = {"filter": "top", "values": [str(MOST_LEVELS)]}
DEEPEST = 4
Codes = dict[str, str]  # label by code
_STEP = re.compile(r"[\w.() -]+")  # of an address: nothing that leads out of its folder


@dataclass(frozen=True)
class Table:
    """A table's address below the base, and its words for people."""

    path: str
    title: str


@dataclass(frozen=True)
class Shape:
    """What a table holds: its measures, areas and times, label by code."""

    title: str
    measures: Codes
    areas: Codes
    times: Codes


class _Moved(Exception):
    """The table changed between its metadata and its answer."""


def tables_of(collector: Collector, base: str, branch: str, title: str) -> list[Table]:
    """Return the tables in a branch of folders; a folder that cannot be listed is noted."""
    found: list[Table] = []
    folders = [(branch, title)]
    for path, words in folders:  # grows while it is walked
        try:
            listed = _listing(collector, f"{base}/{path}")
        except Unanswered as refusal:
            collector.miss(NAME, words, str(refusal))
            continue
        for one in listed:
            below = f"{path}/{one['id']}"
            about = f"{words}, {str(one.get('text') or one['id']).strip()}"
            if one.get("type") == "t":
                found.append(Table(below, about))
            elif one.get("type") == "l" and below.count("/") < DEEPEST:
                folders.append((below, about))
    return found


def _listing(collector: Collector, address: str) -> list[dict[str, Any]]:
    """Return what a folder holds; the list comes bare or inside ``value``, as the server likes."""
    question = Question("pxweb-metadata-folder", address)
    answer = collector.get(question)
    listed = answer.get("value") if isinstance(answer, dict) else answer
    if not isinstance(listed, list) or not all(
        isinstance(one, dict) and _STEP.fullmatch(str(one.get("id"))) for one in listed
    ):
        collector.forget(question)
        raise Unanswered("listan över tabeller har en annan form än väntat")
    return listed


def collect(
    collector: Collector, base: str, table: Table, wanted: Iterable[str], others: Iterable[Shape]
) -> Shape | None:
    """Ask for all measures of the *wanted* areas that the table has, and return its shape.

    What does not come is noted; None means that the table could not be read at all. Measures are
    named after their table, so one that is called as *others* are is left.
    """
    address = f"{base}/{table.path}"
    for _time in range(TIMES):
        try:
            shape = _shape(collector, address)
            if any(shape.title == one.title for one in others):
                reason = f"en annan tabell heter också ”{shape.title}”"
                collector.miss(NAME, table.title, reason, lasts=True)
                return None
            _cells(collector, address, shape, wanted)
        except _Moved as change:
            reason = f"måtten flyttade under hämtningen: {change}. Läses om."
            collector.miss(NAME, table.title, reason)
            collector.forget(_metadata(address))
            continue
        except Unanswered as refusal:
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
    title = str(answer.get("title") or address.rpartition("/")[2])
    return Shape(title, measures, areas, times)


def _codes(variable: dict[str, Any]) -> Codes:
    codes, texts = variable.get("values") or [], variable.get("valueTexts") or []
    return {str(code): str(text) for code, text in zip(codes, texts, strict=False)}


def _all_levels(collector: Collector, address: str, measure: str, time: str) -> Codes:
    """Return the areas of a table that keeps them out of its metadata: six of them do."""
    question = Question("pxweb-metadata-levels", address, _query([measure], ALL_LEVELS, [time]))
    answer = collector.get(question)
    try:
        areas = pxweb.labels_of(answer, "level")
    except Refused as refusal:
        collector.forget(question)
        raise Unanswered(str(refusal)) from refusal
    if len(areas) >= MOST_LEVELS:
        raise Unanswered(f"tabellen har fler områden än de {MOST_LEVELS} som går att fråga efter")
    return areas


def _cells(
    collector: Collector,
    address: str,
    shape: Shape,
    wanted: Iterable[str],
) -> None:
    levels = sorted(set(wanted) & set(shape.areas))
    times = sorted(shape.times)[-YEARS:]
    for measures in batches(shape.measures, MOST_CODES):
        for some in batches(levels, levels_at_once(len(measures), len(times))):
            body = _query(measures, {"filter": "item", "values": some}, times)
            question = Question("pxweb-data", address, body)
            try:
                problem = uncovered(collector.get(question), shape, (measures, some, times))
            except Refused as refusal:
                collector.forget(question)
                raise Unanswered(str(refusal)) from refusal
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
