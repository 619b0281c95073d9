"""Own units in several measures at once: clear, within noise or too few, by signal."""

import csv
import io
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

PAGE = "/ekhult/jamfor/manga/enheter"
API = "/api/v1/organizers/ekhult/comparison/units"
NINE, MATHS = "gr-alla-amnen-ak9", "gr-behorighet"


def read(answer):
    return unescape(answer.text).replace("\u00a0", " ")


def told(page):
    return page.split('class="sentence"')[1].split(">", 1)[1].split("</p>")[0]


@pytest.fixture
def ekhult(db):
    db.clock.now = STORY_2_DAY
    load_shipped()
    return OrganizerFactory(organisation_number="2120001234", municipality_code="1497")


@pytest.fixture
def kim(db, ekhult):
    shares = {"Askolan": (40.0, 100), "Bskolan": (74.0, 100), "Cskolan": (None, None)}
    for at, (name, (share, n)) in enumerate(shares.items()):
        code = f"1000000{at}"
        own = {"area_code": code, "unit_code": code, "area": name}
        SchoolUnitFactory(organizer=ekhult, name=name, slug=name.lower(), school_unit_code=code)
        store_values(unit_value("2025/26", share, n) | own)
    store_values(value("2025/26", 73.0, 400))
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=ekhult, role=Role.QUALITY_LEAD)
    return db.browse(person)


def test_what_is_clear_and_what_is_within_noise_stands_in_words(kim):
    page = read(kim.get(PAGE))

    assert "Tydligt lägre än Ekhult i Lägst betyget E i samtliga ämnen" in told(page)
    assert "Askolan (40,0 %)" in told(page)
    assert "1 ryms inom vanlig variation" in told(page)
    assert "Källa:" in page
    assert "bestäm er innan ni ser svaret" in page
    assert "Utan värden, och därför inte med: Cskolan." in page


def test_units_and_measures_are_chosen_in_the_address_and_only_they_are_judged(kim):
    page = read(kim.get(f"{PAGE}?enhet=bskolan&vad={NINE}"))
    table = page.partition("<figure")[2].partition("</figure>")[0]

    assert "Bskolan" in table
    assert "Askolan" not in table
    assert 'value="bskolan" checked' in page
    assert f'value="{NINE}" checked' in page
    assert "1 ryms inom vanlig variation." in told(page)
    (sheet,) = re.findall(r'href="([^"]+varden\.csv[^"]*)"', page)
    rows = list(csv.reader(io.StringIO(kim.get(sheet).text), delimiter=";"))
    assert not any("Askolan" in cell for row in rows for cell in row)
    assert any("Bskolan" in cell for row in rows for cell in row)
    for ending in ("varden.xlsx", "bild.svg"):
        assert kim.get(f"{PAGE}/{ending}?enhet=bskolan&vad={NINE}").status_code == 200


def test_what_has_no_values_or_is_unknown_says_so_or_is_left_out(kim):
    empty = read(kim.get(f"{PAGE}?vad=gr-behorighet"))
    assert "Inga värden att jämföra" in empty
    assert "Askolan" in told(read(kim.get(f"{PAGE}?enhet=finns-inte&vad=finns-inte")))


def test_as_known_before_anything_was_read_in_there_is_nothing(kim):
    page = read(kim.get(f"{PAGE}?kant=2026-09-01"))
    assert "Du ser siffrorna så som de var kända den" in page
    assert "Inga värden att jämföra" in page


def test_programs_get_the_same(kim):
    said = kim.api("GET", f"{API}?unit=bskolan&indicator={NINE}").json()

    assert said["sentence"].replace("\u00a0", " ") == told(read(kim.get(f"{PAGE}?enhet=bskolan")))
    assert [one.replace("\u00a0", " ") for one in said["table"]["head"]][-1] == "Bskolan"


def test_too_few_pupils_are_told_as_such_and_never_with_their_number(db, ekhult, kim):
    code = "10000009"
    SchoolUnitFactory(organizer=ekhult, name="Dskolan", slug="dskolan", school_unit_code=code)
    own = {"area_code": code, "unit_code": code, "area": "Dskolan", "is_own": True}
    own |= {"source": "local", "measure": NINE, "title": NINE}
    whole = {"is_own": True, "source": "local", "measure": NINE, "title": NINE}
    rows = unit_value("2025/26", 57.1, 4) | own, value("2025/26", 73.0, 400) | whole
    store_values(*rows, organizer=ekhult)
    page = read(kim.get(f"{PAGE}?enhet=dskolan"))

    assert "57,1" not in page
    assert "57.1" not in kim.get(f"{PAGE}/varden.csv?enhet=dskolan").text
    assert "57.1" not in kim.api("GET", f"{API}?unit=dskolan").text


def test_it_asks_as_little_however_much_is_chosen(kim, statements):
    counts = []
    for asked in ("", f"?enhet=askolan&enhet=bskolan&vad={NINE}&vad={MATHS}"):
        kim.get(PAGE + asked)
        statements.clear()
        assert kim.get(PAGE + asked).status_code == 200
        counts.append(len(statements))

    assert counts[0] == counts[1] <= 6


def test_many_measures_lead_to_the_own_units(kim):
    page = kim.get("/ekhult/jamfor/manga")
    assert '<option value="enheter">' in page.text
    led = kim.get("/ekhult/jamfor/manga?vilka=enheter")
    assert led.status_code == 303
    assert led.headers["location"] == PAGE
    assert f'href="{PAGE}"' in kim.get("/ekhult/jamfor").text
