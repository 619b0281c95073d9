"""The school unit register (v2) and planned-educations (v4): units, statistics, surveys, SALSA.

The register is asked with every status by name: without them it leaves out units that have ended.
planned-educations pages from 0; a list is asked to its last page and held against its own total.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from ska.fetching.answers import Collector
from ska.fetching.polite import Question
from ska.organizers import register_v2
from ska.values.importers.long_rows import dicts

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
            collector.miss(REGISTER, f"enhet {code}", "svaret kan inte läsas")
        else:
            units.append(unit)
    if listed is not None and not units:
        collector.miss(REGISTER, "huvudmannens skolenheter", "registret har inga för huvudmannen")
    return units


def collect(collector: Collector, base: str, units: Iterable[register_v2.Unit]) -> None:
    """Ask for the figures of each unit at work, and the country's beside them."""
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


def list_units(collector: Collector, base: str, municipality: str) -> list[dict[str, Any]]:
    """Ask for a municipality's units, all pages; note when their number is not what is told."""
    found: list[dict[str, Any]] = []
    what = f"skolenheter i {municipality}"
    for number in range(MOST_PAGES):
        asked = urlencode({"geographicalAreaCode": municipality, "page": number, "size": AT_ONCE})
        question = Question("planned-units", f"{base}/v4/school-units?{asked}", accept=ACCEPT)
        answer = collector.try_get(question, PLANNED, f"{what}, sida {number}")
        if not isinstance(answer, dict):
            return found
        body = answer.get("body") or {}
        found += dicts((body.get("_embedded") or {}).get("listedSchoolUnits"))
        page = body.get("page") or {}
        if number + 1 >= int(page.get("totalPages") or 0):
            total = page.get("totalElements", len(found))
            if total != len(found):
                collector.miss(PLANNED, what, f"källan räknar {total}, {len(found)} kom")
            return found
    collector.miss(PLANNED, what, "sidorna tar inte slut")
    return found


def _ask(collector: Collector, address: str, name: str) -> None:
    what = address.partition("/v4/")[2]
    collector.try_get(Question(f"planned-{name}", address, accept=ACCEPT), PLANNED, what)
