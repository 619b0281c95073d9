"""The year in a calendar program, behind a secret address."""

import base64
from datetime import date

import icalendar
import pytest
from sqlalchemy import select, text
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.organizers import OrganizerFactory
from tests.lindasa import UNITS, Lindasa, at

from ska.notices.models import CalendarFeed


@pytest.fixture
def lindasa(db):
    db.clock.now = at(date(2026, 8, 12))
    return Lindasa()


@pytest.fixture
def browse(db, lindasa):
    return db.browse(lindasa.director)


def open_feed(browse, **form):
    page = browse.post("/lindasa/kalender", form).text
    return "/kalender/" + page.split('class="secret">')[1].split("<")[0].rsplit("/", 1)[1]


def test_the_calendar_shows_what_its_owner_sees_until_it_is_closed(db, lindasa, browse):
    address = open_feed(browse)
    stranger = db.browse()

    answer = stranger.get(address)
    events = icalendar.Calendar.from_ical(answer.text).walk("VEVENT")

    assert answer.headers["content-type"].startswith("text/calendar")
    assert {str(event["SUMMARY"]) for event in events} == {
        f"Enhetsanalys klar, {unit}" for unit in UNITS
    }
    assert {event["DTSTART"].dt for event in events} == {date(2026, 8, 31)}
    assert address.split("/")[-1] not in browse.get("/lindasa/kalender").text
    with db.as_owner() as session:
        feed = session.scalar(select(CalendarFeed))
    browse.post(f"/lindasa/kalender/{feed.id}/stang")
    assert stranger.get(address).status_code == 404


def test_a_rektors_calendar_holds_the_own_unit_and_dies_with_the_role(db, lindasa):
    browse = db.browse(lindasa.newcomer)
    address = open_feed(browse)
    assert db.browse().get(address).text.count("BEGIN:VEVENT") == 1

    with db.as_owner() as session:
        session.execute(
            text("UPDATE role_assignment SET valid_to = '2026-08-11' WHERE person_id = :p"),
            {"p": lindasa.newcomer.id},
        )

    assert db.browse().get(address).status_code == 404


def test_a_calendar_of_one_unit_holds_its_steps_and_the_list_says_which(db, lindasa, browse):
    unit = lindasa.steps[UNITS[2]].unit_id
    address = open_feed(browse, unit_id=str(unit))

    calendar = icalendar.Calendar.from_ical(db.browse().get(address).text)
    steps = [str(event["SUMMARY"]) for event in calendar.walk("VEVENT")]
    assert steps == [f"Enhetsanalys klar, {UNITS[2]}"]
    assert str(calendar["X-WR-CALNAME"]) == f"Årshjul {UNITS[2]}"
    assert f"<li>{UNITS[2]}. Skapad" in browse.get("/lindasa/kalender").text


def test_a_rektor_opens_no_calendar_of_another_unit(db, lindasa):
    browse = db.browse(lindasa.newcomer)
    other = str(lindasa.steps[UNITS[2]].unit_id)

    page = browse.post("/lindasa/kalender", {"unit_id": other})
    api = "/api/v1/organizers/lindasa/calendar-feeds"

    assert page.status_code == 422
    assert "Välj en enhet i listan." in page.text
    assert UNITS[0] in page.text
    assert UNITS[2] not in page.text
    assert browse.api("POST", api, json={"unit_id": other}).status_code == 422
    own = str(lindasa.steps[UNITS[0]].unit_id)
    assert browse.api("POST", api, json={"unit_id": own}).json()["unit_id"] == own


def test_a_moved_step_has_a_higher_sequence(db, lindasa, browse):
    address = open_feed(browse)
    step = lindasa.steps[UNITS[0]]
    browse.post(
        f"/lindasa/2026-27/arshjul/steg/{step.id}/flytta",
        {"due": "2026-09-15", "because": "ny rektor"},
    )

    events = icalendar.Calendar.from_ical(db.browse().get(address).text).walk("VEVENT")

    moved = next(event for event in events if str(event["UID"]) == f"{step.id}@ska")
    assert moved["DTSTART"].dt == date(2026, 9, 15)
    assert moved["SEQUENCE"] == 1


@pytest.mark.parametrize("guess", ["x.ics", "å.ics", "a" * 56 + ".ics", ".ics"])
def test_a_guessed_address_is_not_there(db, lindasa, guess):
    assert db.browse().get(f"/kalender/{guess}").status_code == 404


def test_a_secret_of_one_huvudman_opens_no_other(db, lindasa, browse):
    secret = open_feed(browse).split("/")[-1].removesuffix(".ics")
    other = RoleAssignmentFactory(person=PersonFactory(), organizer=OrganizerFactory(name="Ekhult"))
    raw = base64.urlsafe_b64decode(secret)
    forged = base64.urlsafe_b64encode(other.organizer_id.bytes + raw[16:]).decode()

    assert db.browse().get(f"/kalender/{forged}.ics").status_code == 404
