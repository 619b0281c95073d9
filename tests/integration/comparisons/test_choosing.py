"""Municipalities chosen by name, copies that have grown old, and invitations that are told of."""

import re

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.framework import load_shipped
from tests.factories.indicator_values import value
from tests.factories.organizers import OrganizerFactory
from tests.factories.shelves import store_values
from tests.factories.story_2 import ITEM, STORY_2_DAY, share_all, story_2

from ska.access import Role
from ska.overview.queries.peers import called, everyone
from ska.scheduler import Scheduler

PAGE = "/hjo/jamfor?vad=gr-alla-amnen-ak9"
NETWORK = f"/ekhult/jamfor?vad={ITEM}&vilka=natverk:natverk-mellanslatt"
OLD = "Era egna siffror har ändrats sedan kopian gjordes"


@pytest.fixture
def kim(db):
    db.clock.now = STORY_2_DAY
    load_shipped()
    hjo = OrganizerFactory(name="Hjo", organisation_number="2120001710", municipality_code="1497")
    store_values(
        value("2025/26", 61.8, 68, area="Hjo", area_code="2120001710"),
        value("2025/26", 74.0, 300, area="Falun", area_code="2120002221"),
    )
    person = PersonFactory(name="Kim i Hjo")
    RoleAssignmentFactory(person=person, organizer=hjo, role=Role.QUALITY_LEAD)
    return db.browse(person)


@pytest.mark.parametrize("words", ["Falun", " falun ", "Falun kommun", "1480x"])
def test_a_municipality_is_found_as_people_write_it(words):
    found = [one.name for one in called(words)]

    assert found == ([] if words == "1480x" else ["Falun"])


def test_what_may_be_several_is_asked_about():
    assert [one.name for one in called("Ha")][:2] == [
        one.name for one in everyone() if one.name.startswith("Ha")
    ][:2]
    assert called("") == ()


def test_municipalities_are_chosen_by_name_without_javascript(kim):
    page = kim.get(f"{PAGE}&vilka=liknande&lagg=falun").text

    assert 'name="kommun" value="2080" checked' in page
    assert "Falun" in page.split('class="sentence"')[1][:400]
    assert '<option value="valda" selected>' in page
    unsure = kim.get(f"{PAGE}&vilka=valda&kommun=2080&lagg=Ha").text
    assert "Vilken menar ni?" in unsure
    assert re.search(r"vilka=valda&(?:amp;)?kommun=2080&(?:amp;)?kommun=\d{4}\"", unsure)
    none = kim.get(f"{PAGE}&vilka=valda&lagg=Qwerty").text
    assert "Ingen kommun heter ”Qwerty”" in none


def test_at_most_twelve_are_named(kim):
    codes = "".join(f"&kommun={one.code}" for one in everyone()[:12])
    full = kim.get(f"{PAGE}&vilka=valda{codes}&lagg=falun").text

    assert full.count('name="kommun"') == 12
    assert "Högst tolv kommuner" in full


def test_a_copy_that_has_grown_old_says_so_to_its_giver(db):
    db.clock.now = STORY_2_DAY
    made = story_2()
    share_all(db, made, ("Ekhult", "Lindåsa"))
    ekhult, person = made["Ekhult"]
    kim = db.browse(person)
    fresh = kim.get(NETWORK).text
    row = value(
        "2026/27", 80.3, 66, source="local", measure=ITEM, title=ITEM, area="Ekhult",
        area_code=ekhult.organisation_number, organizer_number=ekhult.organisation_number,
        recorded_at=STORY_2_DAY.replace(day=20),
    )  # fmt: skip
    store_values(row, organizer=ekhult)

    assert OLD not in fresh
    assert "Den äldsta är från 12 november 2026." in fresh
    assert OLD in kim.get(NETWORK).text
    lindasa = db.browse(made["Lindåsa"][1]).get(NETWORK.replace("/ekhult/", "/lindasa/")).text
    assert OLD not in lindasa


def test_an_invitation_is_told_of_once_to_those_who_may_answer(db):
    db.clock.now = STORY_2_DAY
    made = story_2()
    hjo = OrganizerFactory(name="Hjo")
    answers, teaches = PersonFactory(name="Sam Skolchef"), PersonFactory(name="Lo Lärare")
    RoleAssignmentFactory(person=answers, organizer=hjo, role=Role.DIRECTOR)
    RoleAssignmentFactory(person=teaches, organizer=hjo, role=Role.TEACHER)
    invited = db.browse(made["Ekhult"][1]).post(
        "/ekhult/natverk/natverk-mellanslatt/inbjudan", {"organizer": "Hjo"}
    )
    clock = Scheduler(db.engine, db.settings, db.clock)
    clock.plan()
    clock.plan()

    assert invited.status_code == 303
    told = db.browse(answers).get("/hjo/notiser").text
    assert told.count("Hjo är inbjuden till Nätverk Mellanslätt") == 1
    assert "Inbjudan" in told
    assert "inbjuden" not in db.browse(teaches).get("/hjo/notiser").text
