"""Hjo among twenty other municipalities, alike it in some measures and not in others."""

from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.framework import load_shipped
from tests.factories.indicator_values import value
from tests.factories.organizers import OrganizerFactory
from tests.factories.shelves import store_values
from tests.factories.story_2 import STORY_2_DAY

from ska.access import Role
from ska.overview.queries.peers import everyone

HERE = "1497"
HJO = next(one for one in everyone() if one.code == HERE)
OTHERS = [one for one in everyone() if one.code != HERE][:20]
FACTOR = "gr-utlandsk-bakgrund"
LABEL = "Elever: Andel (%) med utländsk bakgrund"
HJO_PAGE = "/hjo/jamfor?vad=gr-alla-amnen-ak9"


def share(place, number, period="2024/25", **more):
    """Return the share with foreign background, as the quality system's table has it."""
    return value(
        period, number, measure=FACTOR, title=LABEL, area=place.name,
        area_code=place.organisation_number, organizer_number=place.organisation_number, **more,
    )  # fmt: skip


def people(place, number, period="2025", **more):
    """Return the number of people, as Kolada has it."""
    return value(
        period, number, measure="N01951", title="Invånare totalt, antal", source="kolada",
        unit="invånare", area=place.name, area_code=place.code, area_type="municipality",
        scope="by_measure", period_type="calendar_year", **more,
    )  # fmt: skip


def hjo_among_twenty(db):
    """Return Hjo's quality lead: 20 % and 9 000 people, among 1, 2 … 20 % and 1 000 … 20 000."""
    db.clock.now = STORY_2_DAY
    load_shipped()
    hjo = OrganizerFactory(
        name="Hjo", organisation_number=HJO.organisation_number, municipality_code=HERE
    )
    store_values(
        value("2025/26", 61.8, 68, area="Hjo", area_code=HJO.organisation_number),
        share(HJO, 20.0), people(HJO, 9000.0),
        *[share(one, 1.0 + at) for at, one in enumerate(OTHERS)],
        *[people(one, 1000.0 * (1 + at)) for at, one in enumerate(OTHERS)],
    )  # fmt: skip
    person = PersonFactory(name="Kim i Hjo")
    RoleAssignmentFactory(person=person, organizer=hjo, role=Role.QUALITY_LEAD)
    return person
