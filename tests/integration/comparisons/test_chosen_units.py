"""Own units that the reader chooses to set beside each other, and what they are called there."""

import re
from html import unescape

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.framework import load_shipped
from tests.factories.indicator_values import unit_value, value
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory
from tests.factories.shelves import store_values
from tests.factories.story_2 import STORY_2_DAY
from tests.written_forms import form_with

from ska.access import Role
from ska.comparisons.queries.placesets import municipal_sets, nearest_first
from ska.overview.queries.items import ItemRow
from ska.overview.queries.peers import like_in, similar_to

ITEM = "gr-alla-amnen-ak9"
PAGE = f"/ekhult/jamfor?vad={ITEM}&vilka=enheter"
API = f"/api/v1/organizers/ekhult/comparison?indicator={ITEM}&among=enheter"
SCHOOLS = {"Askolan": 62.0, "Bskolan": 74.0, "Cskolan": 81.0, "Dskolan": 76.0}


def read(answer):
    return unescape(answer.text).replace("\u00a0", " ")


def told(page):
    return page.split('class="sentence"')[1].split(">", 1)[1].split("</p>")[0]


@pytest.fixture
def kim(db):
    db.clock.now = STORY_2_DAY
    load_shipped()
    ekhult = OrganizerFactory(organisation_number="2120001234", municipality_code="1497")
    for at, (name, share) in enumerate(SCHOOLS.items()):
        code = f"1000000{at}"
        SchoolUnitFactory(organizer=ekhult, name=name, slug=name.lower(), school_unit_code=code)
        own = {"area_code": code, "unit_code": code, "area": name}
        store_values(unit_value("2025/26", share, 100) | own)
    store_values(value("2025/26", 73.0, 400))
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=ekhult, role=Role.QUALITY_LEAD)
    return db.browse(person)


def test_those_that_are_ticked_stand_and_the_address_holds_them(kim):
    page = read(kim.get(f"{PAGE}&enhet=askolan&enhet=dskolan"))

    assert "Valda enheter" in page
    assert "Askolan" in told(page)
    assert "Bskolan" not in told(page)
    assert set(form_with(page, "enhet")["enhet"]) == {"askolan", "dskolan"}
    (sheet,) = re.findall(r'href="(/ekhult/jamfor/varden.csv[^"]+)"', page)
    rows = kim.get(sheet).text
    assert "Dskolan" in rows
    assert "Cskolan" not in rows


def test_without_any_tick_or_with_unknown_ones_all_stand(kim):
    for asked in ("", "&enhet=finns-inte"):
        page = read(kim.get(PAGE + asked))
        assert all(name in page.partition("<figure")[2] for name in SCHOOLS), asked
        assert "Valda enheter" not in page


def test_the_choice_goes_along_to_what_is_pinned_saved_and_asked_by_programs(kim):
    asked = "&enhet=askolan&enhet=dskolan"
    form = read(kim.get(PAGE.replace("jamfor?", "jamfor/underlag?") + asked))
    saved = kim.post(
        PAGE.replace("jamfor?", "jamfor/vyer/ny?") + asked,
        {"name": "Två skolor", "whose": "mine", "when": "latest"},
    )
    places = kim.api("GET", f"{API}&unit=askolan&unit=dskolan").json()["places"]

    assert "Bskolan" not in form.partition("<main")[2]
    assert saved.status_code == 303, saved.text
    led = kim.get(saved.headers["location"].partition("#")[0])
    assert "enhet=askolan" in led.text + str(led.headers)
    assert {"Askolan", "Dskolan"} <= {one["name"] for one in places}
    assert not {"Bskolan", "Cskolan"} & {one["name"] for one in places}


@pytest.mark.parametrize("shape", ["prickar", "tratt", "sma", "utjamnat"])
def test_units_are_called_units_and_municipalities_places(kim, shape):
    units = read(kim.get(f"{PAGE}&som={shape}"))
    figure = units.partition("<figure")[2].partition("</figure>")[0]

    assert not re.search(r"\b[Pp]lats(en|er|erna)?\b", figure)
    assert "nhet" in figure
    others = read(kim.get(f"/ekhult/jamfor?vad={ITEM}&vilka=liknande&som={shape}"))
    assert re.search(r"\b[Pp]lats(en|er|erna)?\b", others.partition("<figure")[2])


def test_that_differences_are_judged_together_is_said(kim):
    page = read(kim.get(PAGE))

    assert "De 4 jämförelserna bedöms tillsammans: av tjugo tydliga är högst en slump." in page
    assert "Därför kan något vara tydligt här och inte där." in page
    alone = read(kim.get(f"{PAGE}&enhet=askolan"))
    assert "jämförelserna bedöms tillsammans" not in alone


@pytest.mark.parametrize(
    ("types", "kind"),
    [
        (["upper_secondary_school"], "gymnasieskola"),
        (["preschool"], "forskola"),
        (["compulsory_school", "preschool"], "grundskola"),
        ([], "grundskola"),
    ],
)
def test_municipalities_are_alike_in_the_measures_own_kind_of_school(types, kind):
    assert like_in(types) == kind
    assert len(similar_to("1497", kind)) == 7


def test_the_set_that_stands_first_is_that_of_the_measure(kim):
    page = read(kim.get(PAGE))
    whom = page.partition('id="vilka"')[2].partition("</select>")[0]
    assert "Liknande kommuner (gymnasieskola)" in whom
    assert "Liknande kommuner (förskola)" in whom

    sets = municipal_sets(OrganizerFactory.build(municipality_code="1497"))
    item = ItemRow("1", "gy", "indicator", "Examen", ["upper_secondary_school"], {})
    keys = [one.key for one in nearest_first(sets, item)]
    assert keys[:3] == ["liknande-gymnasieskola", "liknande", "liknande-forskola"]
    assert sorted(keys) == sorted(one.key for one in sets)
    assert nearest_first(sets, None) == sets
