"""A term stands as VT 2025 wherever a person reads, and as its source writes it for programs."""

import re
from html import unescape

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.framework import load_shipped
from tests.factories.indicator_values import unit_value, value
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory
from tests.factories.shelves import store_values
from tests.factories.story_2 import STORY_2_DAY

from ska.access import Role

TERMS = ("VT20", "VT21", "VT22", "VT23", "VT24", "VT25")
ITEM = "gr-stod-ak8"
AT = {"VT20": 71.0, "VT21": 72.0, "VT22": 70.0, "VT23": 73.0, "VT24": 72.0, "VT25": 41.0}
PAGES = (
    "oversikt",
    "resultat",
    "resultat?visa=alla",
    "resultat/signaler",
    f"resultat/{ITEM}",
    f"resultat/{ITEM}?enhet=ekhults-centralskola",
    f"resultat/{ITEM}?enhet=ekhults-centralskola&som=styrdiagram",
    f"resultat/{ITEM}?enhet=ekhults-centralskola&som=kon",
    f"resultat/{ITEM}/om-mattet",
    f"resultat/{ITEM}/underlag?enhet=ekhults-centralskola",
    f"jamfor?vad={ITEM}&vilka=enheter",
    f"jamfor?vad={ITEM}&vilka=enheter&som=sma",
    f"jamfor?vad={ITEM}&vilka=enheter&som=tratt",
    f"jamfor/vyer/ny?vad={ITEM}&vilka=enheter",
    f"jamfor/dela?vad={ITEM}",
    "tavlor/huvudman",
    "tavlor/enhet?enhet=ekhults-centralskola",
    "tavlor/namnd",
    "rontgen",
    "oversikt/var-star-vi",
)


@pytest.fixture
def kim(db):
    db.clock.now = STORY_2_DAY
    load_shipped()
    ekhult = OrganizerFactory(organisation_number="2120001234", municipality_code="1499")
    SchoolUnitFactory(organizer=ekhult, school_unit_code="12345678")
    SchoolUnitFactory(
        organizer=ekhult, name="Backskolan", slug="backskolan", school_unit_code="87654321"
    )
    term = {"period_type": "term", "measure": ITEM, "title": ITEM}
    other = {"area_code": "87654321", "unit_code": "87654321"}
    store_values(
        *(
            one | term
            for at, share in AT.items()
            for one in (
                value(at, 70.0, 400),
                unit_value(at, share, 80),
                unit_value(at, share - 5, 40, gender="M"),
                unit_value(at, share + 5, 40, gender="K"),
                unit_value(at, 74.0, 70) | other,
            )
        )
    )
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=ekhult, role=Role.QUALITY_LEAD)
    return db.browse(person)


def read(answer):
    """Return what a person reads of a page: no addresses, no choices' own values."""
    text = re.sub(r'<script type="application/json".*?</script>', " ", answer.text, flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", " ", text))


def test_a_term_is_read_with_its_whole_year(kim):
    unit = f"resultat/{ITEM}?enhet=ekhults-centralskola"
    value_id = re.search(r"/resultat/varde/(\d+)", kim.get(f"/ekhult/{unit}").text)[1]
    found = {}
    for path in (*PAGES, f"resultat/varde/{value_id}"):
        answer = kim.get(f"/ekhult/{path}")
        assert answer.status_code == 200, path
        found[path] = re.findall(r".{0,40}\b[HV]T\d\d\b.{0,20}", read(answer))

    assert {path: some for path, some in found.items() if some} == {}


def test_programs_and_addresses_have_the_term_as_it_is_stored(kim):
    page = unescape(kim.get(f"/ekhult/jamfor?vad={ITEM}&vilka=enheter").text)
    api = f"/api/v1/organizers/ekhult/comparison?indicator={ITEM}&among=enheter"
    sheet = kim.get(f"/ekhult/jamfor/varden.csv?vad={ITEM}&vilka=enheter").text

    assert "VT\u00a02025" in page
    assert '<option value="VT24">VT\u00a02024</option>' in page
    assert "VT25" in kim.api("GET", api).json()["periods"]
    assert ";VT25;" in sheet
    assert kim.get(f"/ekhult/jamfor?vad={ITEM}&vilka=enheter&nar=VT24").status_code == 200
