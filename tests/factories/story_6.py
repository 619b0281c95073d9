"""Story 6: grades beside test grades in Ekhult and its neighbours, spring 2026. All invented."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.framework import load_shipped
from tests.factories.indicator_values import country_value, unit_value, value
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory, UnitSchoolTypeFactory
from tests.factories.shelves import store_values
from tests.places import STOCKHOLM

from ska.access import Role
from ska.accounts.models import Person
from ska.organizers.models import Organizer, SchoolUnit

STORY_6_DAY = datetime(2026, 11, 12, 9, 0, tzinfo=STOCKHOLM)
HOW = {"lower": "lägre än", "same": "lika med", "higher": "högre än"}
CENTRAL, NORTH, SMALL = "12345678", "12345679", "12345680"
# Pupils with lower, the same and higher grade than test grade, by school year.
MATHS = {
    "2021/22": (15, 40, 6),
    "2022/23": (16, 41, 5),
    "2023/24": (17, 39, 6),
    "2024/25": (19, 38, 6),
    "2025/26": (21, 38, 5),
}
SWEDISH = {"2025/26": (3, 44, 27)}
KOLADA = {"N15571": 14.0, "N15572": 11.0, "N15569": 9.0, "N15570": 24.0}


def counts(
    period: str, told: tuple[int, int, int], subject: str, code: str = CENTRAL
) -> list[dict[str, Any]]:
    """Return the shares of one subject and year as the pupil files are counted together."""
    n = sum(told)
    rows = []
    for (_way, how), count in zip(HOW.items(), told, strict=True):
        title = f"Betyg {how} provbetyg, åk 9, {subject}"
        rows.append(
            unit_value(period, 100 * count / n, n, source="local", measure=title, title=title)
            | {"area_code": code, "unit_code": code, "area": code}
        )
    return rows


def published(kpi: str, share: float, area: str = "", name: str = "") -> dict[str, Any]:
    """Return a share as Kolada publishes it, for the country or a municipality."""
    own = {"source": "kolada", "measure": kpi, "title": f"Elever i åk 9, {kpi}",
           "period_type": "calendar_year", "organizer_number": None}  # fmt: skip
    if not area:
        return country_value("2026", share, **own)
    return value("2026", share, **{**own, "area_type": "municipality", "area_code": area,
                                   "area": name})  # fmt: skip


def story_6() -> tuple[Organizer, SchoolUnit, Person]:
    """Store Ekhult with three schools, the country and two like municipalities; and Robin."""
    load_shipped()
    ekhult = OrganizerFactory(organisation_number="2120001234", municipality_code="1497")
    unit, north, small = (
        SchoolUnitFactory(organizer=ekhult, name=name, school_unit_code=code)
        for name, code in (
            ("Ekhults centralskola", CENTRAL), ("Norra skolan", NORTH), ("Lilla skolan", SMALL),
        )
    )  # fmt: skip
    for one in (unit, north, small):
        UnitSchoolTypeFactory(unit=one)
    rows = [row for period, told in MATHS.items() for row in counts(period, told, "matematik")]
    rows += [row for period, told in SWEDISH.items() for row in counts(period, told, "svenska")]
    rows += counts("2025/26", (6, 30, 8), "matematik", NORTH)
    rows += counts("2025/26", (1, 2, 1), "matematik", SMALL)
    store_values(*rows, organizer=ekhult)
    store_values(
        *(published(kpi, share) for kpi, share in KOLADA.items()),
        published("N15571", 15.0, "1497", "Ekhult"),
        published("N15572", 10.0, "1497", "Ekhult"),
    )
    robin = PersonFactory(name="Robin Rektor")
    RoleAssignmentFactory(person=robin, organizer=ekhult, role=Role.PRINCIPAL, unit_id=unit.id)
    return ekhult, unit, robin
