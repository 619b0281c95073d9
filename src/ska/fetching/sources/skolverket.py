"""The school unit register (v2) and planned-educations (v4): units, statistics, surveys, SALSA.

The register is asked with every status by name: without them it leaves out units that have ended.
planned-educations pages from 0; a list is asked to its last page and held against its own total.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from ska.fetching.answers import Collector
from ska.fetching.polite import Question, Unanswered
from ska.organizers import register_v2
from ska.values.importers.long_rows import dicts, municipality_of

REGISTER, PLANNED = "skolenhetsregistret", "planned_educations"
ACCEPT = "application/vnd.skolverket.plannededucations.api.v4.hal+json"
STATUSES = ("AKTIV", "VILANDE", "UPPHORT", "PLANERAD")
AT_ONCE, MOST_PAGES = 50, 1_000
STATISTICS = {"FKLASS": "fsk", "GR": "gr", "GRAN": "gran", "GY": "gy", "GYAN": "gyan"}
SURVEYS = {
    "FKLASS": ("custodiansfsk",),
    "GR": ("pupilsgr", "custodiansgr"),
    "GRAN": ("custodiansgran",),
    "GY": ("pupilsgy",),
}
NATIONAL = ("fsk", "gr", "gran", "gyan")


def units_of(collector: Collector, base: str, number: str) -> list[register_v2.Unit]:
    """Ask the register for a huvudman's units, each with its details, contacts left unread."""
    asked = [("organization_number", number), *(("status", one) for one in STATUSES)]
    address = f"{base}/school-units?{urlencode(asked)}"
    question = Question("register-units", address, drops=register_v2.CONTACTS)
    listed = collector.try_get(question, REGISTER, "huvudmannens skolenheter")
    units = []
    for code in register_v2.listed_codes(listed):
        address = f"{base}/school-units/{code}"
        asked_unit = Question("register-unit", address, drops=register_v2.CONTACTS)
        answer = collector.try_get(asked_unit, REGISTER, f"enhet {code}")
        unit = register_v2.read_unit(answer)
        if unit is None:
            collector.forget(asked_unit)
            collector.miss(REGISTER, f"enhet {code}", "svaret kan inte läsas")
        else:
            units.append(unit)
    if listed is not None and not units:
        reason = "registret har inga för huvudmannen"
        collector.miss(REGISTER, "huvudmannens skolenheter", reason, lasts=True)
    return units


def collect(
    collector: Collector, base: str, units: Iterable[register_v2.Unit], municipality: str | None
) -> None:
    """Ask for the municipality's units, the figures of each own one at work, and the country's."""
    if municipality:
        list_units(collector, base, municipality)
    for unit in units:
        if unit.status != "AKTIV":
            continue
        for kind in dict.fromkeys(STATISTICS[one] for one in unit.kinds if one in STATISTICS):
            _ask(collector, f"{base}/v4/school-units/{unit.code}/statistics/{kind}", "statistics")
        for survey in (each for one in unit.kinds for each in SURVEYS.get(one, ())):
            _ask(collector, f"{base}/v4/school-units/{unit.code}/nestedsurveys/{survey}", "survey")
    for kind in NATIONAL:
        _ask(collector, f"{base}/v4/statistics/national-values/{kind}", "national")
    _ask(collector, f"{base}/v4/statistics/all-schools/salsa", "salsa")


def list_units(collector: Collector, base: str, municipality: str) -> None:
    """Ask for the names of a municipality's units, all pages, and keep them when all is in order.

    The source ignores a filter that it does not know and answers with the whole country: so the
    units are held against the municipality that was asked for, and their number against its own.
    """
    asked, problem = _list_pages(collector, base, municipality)
    if problem:
        for question in asked:
            collector.forget(question)
        collector.miss(PLANNED, f"skolenheter i {municipality}", problem)


def _list_pages(collector: Collector, base: str, municipality: str) -> tuple[list[Question], str]:
    asked: list[Question] = []
    found = 0
    for number in range(MOST_PAGES):
        words = urlencode({"geographicalAreaCode": municipality, "page": number, "size": AT_ONCE})
        asked.append(Question("planned-units", f"{base}/v4/school-units?{words}", accept=ACCEPT))
        try:
            units, pages, total = _listed(collector.get(asked[-1]))
        except Unanswered as refusal:
            return [], f"sida {number}: {refusal}"  # what came is whole: go on from there
        if any(municipality_of(one.get("geographicalAreaCode")) != municipality for one in units):
            return asked, "källan svarade med skolenheter i andra kommuner"
        found += len(units)
        if number + 1 >= pages:
            return asked, "" if found == total else f"källan räknar {total}, {found} kom"
    return asked, "sidorna tar inte slut"


def _listed(answer: Any) -> tuple[list[dict[str, Any]], int, int]:
    """Return the units of a page, how many pages there are, and how many units in all."""
    body = answer.get("body") if isinstance(answer, dict) else None
    page = body.get("page") if isinstance(body, dict) else None
    if not isinstance(body, dict) or not isinstance(page, dict):
        return [], 0, 0
    units = list(dicts((body.get("_embedded") or {}).get("listedSchoolUnits")))
    return units, int(page.get("totalPages") or 0), int(page.get("totalElements") or 0)


def _ask(collector: Collector, address: str, name: str) -> None:
    what = address.partition("/v4/")[2]
    collector.try_get(Question(f"planned-{name}", address, accept=ACCEPT), PLANNED, what)
