"""The gap of background on the indicator's page: told for the huvudman, or why it is not."""

from html import unescape

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.framework import load_shipped
from tests.factories.indicator_values import unit_value, value
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory
from tests.factories.shelves import store_values
from tests.factories.story_2 import STORY_2_DAY

from ska.framework.queries.pupil_groups import divisions
from ska.overview.rules.shapes import DIVIDED

AT = "/ekhult/resultat/gr-alla-amnen-ak9"
API = "/api/v1/organizers/ekhult/indicators/gr-alla-amnen-ak9/series"
OWN = {"source": "local", "measure": "gr-alla-amnen-ak9", "title": "gr-alla-amnen-ak9"}
SWEDISH, FOREIGN = ({"pupil_group": f"bakgrund:{one}"} for one in ("svensk", "utlandsk"))
UNIT = {"organizer_number": None, "unit_code": None}


def read(answer):
    return unescape(answer.text).replace("\u00a0", " ")


@pytest.fixture
def ekhult(db):
    db.clock.now = STORY_2_DAY
    load_shipped()
    ekhult = OrganizerFactory(organisation_number="2120001234", municipality_code="1499")
    SchoolUnitFactory(organizer=ekhult, school_unit_code="12345678")
    return ekhult


@pytest.fixture
def browse(db, ekhult):
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=ekhult)
    return db.browse(person)


@pytest.fixture
def divided(ekhult):
    rows = []
    for period, swedish in (("2024/25", 75.0), ("2025/26", 77.0)):
        whole = 200 * swedish / 100 + 45
        rows += [
            value(period, 100 * whole / 300, 300, **OWN),
            value(period, swedish, 200, **OWN, **SWEDISH),
            value(period, 45.0, 100, **OWN, **FOREIGN),
            unit_value(period, 60.0, 50, **OWN) | UNIT,
            unit_value(period, 60.9, 46, **OWN, **SWEDISH) | UNIT,
            unit_value(period, 50.0, 4, **OWN, **FOREIGN) | UNIT,
        ]
    store_values(*rows, organizer=ekhult)


def test_every_division_of_the_list_has_a_shape():
    assert [one.id for one in divisions()] == [str(one) for one in DIVIDED]


def test_the_gap_is_told_for_the_huvudman(browse, divided):
    page = read(browse.get(f"{AT}?som=bakgrund"))

    assert "77,0 % (154 av 200 elever)" in page
    assert "45,0 % (45 av 100 elever)" in page
    assert "32,0 procentenheter" in page
    assert "Så läser du diagrammet" in page
    assert "egna värden" in page
    assert "Utländsk bakgrund: född utomlands" in page
    sheet = browse.get(f"{AT}/varden.csv?som=bakgrund").text
    assert "Svensk bakgrund" in sheet
    assert "Utländsk bakgrund" in sheet
    told = browse.api("GET", f"{API}?shape=background").json()
    assert {one["line"] for one in told["values"]} == {"Svensk bakgrund", "Utländsk bakgrund"}


def test_a_school_with_few_says_so_and_has_its_whole(browse, divided):
    page = read(browse.get(f"{AT}?enhet=ekhults-centralskola&som=bakgrund"))
    trend = read(browse.get(f"{AT}?enhet=ekhults-centralskola"))

    assert "Grupperna visas inte: för få elever, eller skydd för en grupp med få." in page
    assert "60,9" not in page
    assert "60,0 % (30 av 50 elever)" in trend


def test_an_empty_page_tells_what_to_read_in(browse):
    page = read(browse.get(f"{AT}?som=bakgrund"))
    assert "Läs in dem i en fil med kolumnen grupp" in page
    assert "Föräldrars utbildning" not in page  # offered where something is read in of it


def test_no_other_page_and_no_underlag_tells_of_a_group(browse, divided):
    form = read(browse.get(f"{AT}/underlag?som=bakgrund"))
    others = [AT, f"{AT}?som=styrdiagram", "/ekhult/resultat", f"{AT}/om-mattet"]
    texts = [form, *(read(browse.get(one)) for one in others)]
    texts.append(browse.api("GET", "/api/v1/organizers/ekhult/values").text)

    assert all("77,0" not in one and "45,0" not in one for one in texts)


def test_the_page_asks_no_more_for_groups(browse, divided, statements):
    browse.get(f"{AT}?som=trend")
    statements.clear()
    browse.get(AT)
    plain = len(statements)
    statements.clear()
    browse.get(f"{AT}?som=bakgrund")
    assert len(statements) == plain
