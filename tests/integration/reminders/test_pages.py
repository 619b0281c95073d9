"""Notices, channels and the calendar's secret address."""

import base64
from datetime import date, timedelta

import icalendar
import pytest
from sqlalchemy import select, text
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.cycle import NoticeFactory
from tests.factories.organizers import OrganizerFactory
from tests.lindasa import UNITS, Lindasa, at

from ska.cycle.models import CycleStep
from ska.notices.mail import Folder
from ska.notices.models import CalendarFeed, Notice
from ska.scheduler import Scheduler

PAGE = "/lindasa/notiser"


@pytest.fixture
def lindasa(db):
    db.clock.now = at(date(2026, 8, 12))
    return Lindasa()


@pytest.fixture
def browse(db, lindasa):
    return db.browse(lindasa.director)


def notice(db, lindasa, days_ago=0, **values):
    return NoticeFactory(
        organizer=lindasa.organizer,
        person=values.pop("person", lindasa.director),
        told_at=db.clock() - timedelta(days=days_ago),
        **values,
    )


def test_notices_are_grouped_and_only_ones_own(db, lindasa, browse):
    assert "Här samlas dina notiser" in browse.get(PAGE).text
    notice(db, lindasa, title="I dags")
    notice(db, lindasa, days_ago=1, title="Veckans")
    notice(db, lindasa, days_ago=40, title="Gammal", read_at=db.clock())
    notice(db, lindasa, title="Någon annans", person=lindasa.newcomer)

    page = browse.get(PAGE).text

    assert page.index("I dags") < page.index("Veckans") < page.index("Gammal")
    assert page.index("<h2>I dag") < page.index("<h2>Denna vecka") < page.index("<h2>Tidigare")
    assert "2&nbsp;olästa notiser" in page
    assert '<span class="unread">2<span class="hidden-text"> olästa' in page
    assert "Någon annans" not in page


def test_a_notice_is_read_when_it_is_opened_and_leads_to_its_step(db, lindasa, browse):
    one, other = notice(db, lindasa), notice(db, lindasa, person=lindasa.newcomer)

    opened = browse.post(f"{PAGE}/{one.id}")

    assert opened.headers["location"] == "/lindasa/2026-27/arshjul"
    assert browse.post(f"{PAGE}/{other.id}").status_code == 404
    with db.as_owner() as session:
        assert session.get(Notice, one.id).read_at is not None
        assert session.get(Notice, other.id).read_at is None


def test_all_can_be_marked_as_read(db, lindasa, browse):
    notice(db, lindasa)
    notice(db, lindasa)
    notice(db, lindasa, person=lindasa.newcomer)

    page = browse.get(browse.post(PAGE).headers["location"]).text

    assert "Alla notiser är lästa." in page
    assert "Du har läst allt." in page
    with db.as_owner() as session:
        unread = session.scalars(select(Notice).where(Notice.read_at.is_(None))).all()
    assert [one.person_id for one in unread] == [lindasa.newcomer.id]


def test_channels_are_chosen_and_remembered(db, browse):
    address = f"{PAGE}/installningar"

    wrong = browse.post(address, {"reminder": "duva", "escalation": "app"})
    done = browse.post(address, {"reminder": "app", "escalation": "off"})
    browse.post(address, {"reminder": "app", "escalation": "mail"})
    page = browse.get(done.headers["location"]).text

    assert "Välj hur du får påminnelser" in wrong.text
    assert 'value="app" checked' in page
    assert page.count(" checked") == 8


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


def test_a_step_says_in_the_log_what_went_out(db, lindasa, browse, tmp_path):
    Scheduler(db.engine, db.settings, db.clock, Folder(tmp_path)).plan()
    step = lindasa.steps[UNITS[0]]

    page = browse.get(f"/lindasa/2026-27/arshjul/steg/{step.id}").text

    assert "12 augusti 2026" in page
    assert "skickad till Nya Rektorn" in page
    assert "24 augusti 2026</time> planerad" in page
    with db.as_owner() as session:
        assert session.get(CycleStep, step.id).done_on is None
