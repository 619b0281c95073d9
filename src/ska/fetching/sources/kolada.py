"""Kolada v3: catalogues, groups, data and unit data (data-sources, section 3).

Ids go in batches of 25. The next page's address is followed to the end, whatever ``count`` says,
and what came is held against it. An unknown id gives an empty answer and no error, so every id is
looked for in the answer; a figure whose title is not the one we know is not fetched at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from ska.fetching.answers import Collector
from ska.fetching.plan import CoreMeasure, Plan
from ska.fetching.polite import Question, Unanswered, origin_of
from ska.fetching.rules import batches

NAME = "kolada"
AT_ONCE, PER_PAGE, MOST_PAGES = 25, 5_000, 2_000
Records = list[dict[str, Any]]


def collect(collector: Collector, base: str, plan: Plan) -> None:
    """Ask for all that the plan needs; what does not come is noted, nothing is raised."""
    measures = _catalogue(collector, base, plan.measures)
    _pages(collector, f"{base}municipality?per_page={PER_PAGE}", "municipality", "kommunlistan")
    for some in batches(plan.groups, AT_ONCE):
        found = _pages(collector, f"{base}municipality_groups/{_list(some)}", "groups", "grupper")
        _missing_ids(collector, "grupper", some, (str(one.get("id")) for one in found))
    _data(collector, base, plan, measures)
    if plan.municipality:
        _unit_data(collector, base, plan, [one.code for one in measures if one.has_units])


def _catalogue(
    collector: Collector, base: str, wanted: tuple[CoreMeasure, ...]
) -> list[CoreMeasure]:
    titles: dict[str, str] = {}
    for some in batches(wanted, AT_ONCE):
        address = f"{base}kpi/{_list(one.code for one in some)}"
        for record in _pages(collector, address, "kpi", "nyckeltalens titlar"):
            titles[str(record.get("id"))] = str(record.get("title"))
    _missing_ids(collector, "nyckeltal", (one.code for one in wanted), titles)
    good = []
    for one in wanted:
        if one.code in titles and same_title(one.title, titles[one.code]):
            good.append(one)
        elif one.code in titles:
            changed = f"heter nu ”{titles[one.code]}”, inte ”{one.title}”, och är inte hämtat"
            collector.miss(NAME, one.code, changed, lasts=True)
    return good


def same_title(known: str, found: str) -> bool:
    """Tell whether two titles are one: blanks, case and a series' closing year do not count."""
    return _bare(known) == _bare(found)


def _bare(title: str) -> str:
    ended = re.sub(r"\s*\(-20\d\d\)\s*", " ", title)
    return re.sub(r"[\s”“\"'.]+", " ", ended).strip().casefold()


def _data(collector: Collector, base: str, plan: Plan, measures: list[CoreMeasure]) -> None:
    years = _list(str(year) for year in plan.years)
    surveys = [one.code for one in measures if one.is_survey or plan.since is None]
    changed = [one.code for one in measures if one.code not in surveys]
    areas = (*plan.areas, *plan.groups)
    for codes in batches(surveys, AT_ONCE):
        for some in batches(areas, AT_ONCE):
            address = f"{base}data/kpi/{_list(codes)}/municipality/{_list(some)}/year/{years}"
            _pages(collector, address, "data", f"värden för {codes[0]}–{codes[-1]}")
    for codes in batches(changed, AT_ONCE):
        for some in batches(areas, AT_ONCE):
            asked = {"kpi_id": _list(codes), "municipality_id": _list(some)}
            since = urlencode(asked | {"from_date": str(plan.since)}, safe=",")
            _pages(collector, f"{base}data/?{since}", "data", f"ändringar från {codes[0]}")


def _unit_data(collector: Collector, base: str, plan: Plan, codes: list[str]) -> None:
    address = f"{base}ou?municipality={plan.municipality}&per_page={PER_PAGE}"
    units = [str(one.get("id")) for one in _pages(collector, address, "ou", "Koladas enheter")]
    years = _list(str(year) for year in plan.years)
    for some in batches(codes, AT_ONCE):
        for ous in batches(units, AT_ONCE):
            address = f"{base}oudata/kpi/{_list(some)}/ou/{_list(ous)}/year/{years}"
            _pages(collector, address, "oudata", f"enhetsvärden för {some[0]}–{some[-1]}")


def _pages(collector: Collector, address: str, name: str, what: str) -> Records:
    found: Records = []
    counts: list[tuple[int, int]] = []
    asked: list[Question] = []
    try:
        for question, answer in pages(collector, address, f"kolada-{name}"):
            values = answer["values"]
            found += [one for one in values if isinstance(one, dict)]
            counts.append((len(values), answer.get("count", len(values))))
            asked.append(question)
    except Unanswered as refusal:
        page = f", sida {len(counts) + 1}" if counts else ""
        collector.miss(NAME, what + page, str(refusal))
        return found
    if not adds_up(counts):
        for question in asked:  # the next run asks anew: what was lost may come then
            collector.forget(question)
        reason = f"källan räknar annorlunda: {counts[0][1]}, {len(found)} kom"
        collector.miss(NAME, what, reason)
    return found


def pages(
    collector: Collector, address: str, name: str
) -> Iterator[tuple[Question, dict[str, Any]]]:
    """Yield the pages of an answer to the last; raise Unanswered for one that does not come."""
    asked: set[str] = set()
    url: str | None = address
    while url:
        if url in asked or len(asked) >= MOST_PAGES:
            raise Unanswered("sidorna går i ring")
        asked.add(url)
        question = Question(name, url)
        answer = collector.get(question)
        if not isinstance(answer, dict) or not isinstance(answer.get("values"), list):
            collector.forget(question)
            raise Unanswered("svaret har ingen lista med värden")
        yield question, answer
        url = _next(answer.get("next_url"), address)


def _next(following: Any, asked: str) -> str | None:
    """Return the next page's address; one at another place than was asked is refused."""
    if not following:
        return None
    if origin_of(str(following)) != origin_of(asked):
        raise Unanswered("nästa sida pekar ut från källan")
    parts = urlsplit(str(following))
    return urlunsplit(parts._replace(fragment=""))


def adds_up(counts: list[tuple[int, int]]) -> bool:
    """Tell whether ``count`` fits what came, read as rows of the page or as rows of all pages."""
    total = sum(rows for rows, _told in counts)
    return all(told in (rows, total) for rows, told in counts)


def _missing_ids(
    collector: Collector, what: str, asked: Iterable[str], found: Iterable[str]
) -> None:
    missing = sorted(set(asked) - set(found))
    if missing:
        shown = ", ".join(missing[:10]) + (" …" if len(missing) > 10 else "")
        reason = "källan känner inte id:t eller svarade utan det"
        collector.miss(NAME, f"{what} {shown}", reason, lasts=True)


def _list(ids: Iterable[str]) -> str:
    return ",".join(ids)
