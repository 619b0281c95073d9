"""A network's calendar: its meetings, and when what is shared there ends."""

from datetime import date

import icalendar
import pytest
from sqlalchemy import text
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.comparisons import SavedViewFactory
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory
from tests.factories.sharing import NetworkFactory, NetworkMemberFactory, ShareGrantFactory

from ska.access import Role

API = "/api/v1/organizers/ekhult/calendar-feeds"
NAMES = ("Ekhult", "Sjövalla")


@pytest.fixture
def made(db):
    """Ekhult and Sjövalla in a network where both share; a view fixed for its next meeting."""
    found = {name: OrganizerFactory(name=name) for name in (*NAMES, "Hemby")}
    network = found["network"] = NetworkFactory(name="Rektorer i Mellanslätt")
    found["other"] = NetworkFactory(name="Hembys nätverk", slug="hembys-natverk")
    NetworkMemberFactory(network=found["other"], organizer=found["Hemby"])
    for name in NAMES:
        member = NetworkMemberFactory(network=network, organizer=found[name])
        ShareGrantFactory(
            organizer=found[name],
            network=network,
            membership=member,
            title="Trygghet",
            until=date(2027, 6, 30),
        )
    meeting = {"network_id": network.id, "whose": "network", "meeting_on": date(2026, 11, 24)}
    SavedViewFactory(organizer=found["Sjövalla"], name="Trygghet i år", **meeting)
    SavedViewFactory(organizer=found["Ekhult"], name="Bara min", meeting_on=date(2026, 11, 25))
    return found


@pytest.fixture
def kim(db, made):
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=made["Ekhult"])
    return db.browse(person)


def opened(browse, **form):
    page = browse.post("/ekhult/kalender", form).text
    return "/kalender/" + page.split('class="secret">')[1].split("<")[0].rsplit("/", 1)[1]


def test_it_holds_meetings_and_last_days_and_nothing_of_the_units(db, made, kim):
    address = opened(kim, network_id=str(made["network"].id))

    calendar = icalendar.Calendar.from_ical(db.browse().get(address).text)
    days = {(str(one["SUMMARY"]), one["DTSTART"].dt) for one in calendar.walk("VEVENT")}

    assert str(calendar["X-WR-CALNAME"]) == "Rektorer i Mellanslätt"
    assert days == {
        ("Möte i Rektorer i Mellanslätt: Trygghet i år", date(2026, 11, 24)),
        ("Sista dag för Trygghet i Rektorer i Mellanslätt", date(2027, 6, 30)),
    }
    ends = next(one for one in calendar.walk("VEVENT") if "Sista" in one["SUMMARY"])
    assert "Delas av Ekhult, Sjövalla." in ends["DESCRIPTION"]
    assert "<li>Rektorer i Mellanslätt. Skapad" in kim.get("/ekhult/kalender").text


def test_it_answers_no_more_when_the_huvudman_has_left(db, made, kim):
    address = opened(kim, network_id=str(made["network"].id))
    assert db.browse().get(address).status_code == 200

    with db.as_owner() as session:
        session.execute(
            text("UPDATE network_member SET valid_to = '2026-11-10' WHERE organizer_id = :here"),
            {"here": made["Ekhult"].id},
        )

    assert db.browse().get(address).status_code == 404
    assert "Eller ett nätverks dagar" not in kim.get("/ekhult/kalender").text


def test_another_networks_and_two_at_once_are_refused_with_what_to_do(db, made, kim):
    unit = SchoolUnitFactory(organizer=made["Ekhult"])
    theirs = kim.post("/ekhult/kalender", {"network_id": str(made["other"].id)})
    both = {"unit_id": str(unit.id), "network_id": str(made["network"].id)}
    two = kim.post("/ekhult/kalender", both)

    assert (theirs.status_code, two.status_code) == (422, 422)
    assert "Välj ett nätverk i listan." in theirs.text
    assert "Hembys nätverk" not in theirs.text
    assert "Välj en enhet eller ett nätverk, inte båda" in two.text
    assert kim.api("POST", API, json=both).status_code == 422
    own = kim.api("POST", API, json={"network_id": both["network_id"]})
    assert own.json()["network_id"] == both["network_id"]


def test_who_does_not_read_what_networks_share_gets_no_calendar_of_it(db, made, kim):
    address = opened(kim, network_id=str(made["network"].id))
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=made["Ekhult"], role=Role.POLITICIAN)
    member = db.browse(person)

    refused = member.post("/ekhult/kalender", {"network_id": str(made["network"].id)})
    with db.as_owner() as session:
        session.execute(text("UPDATE role_assignment SET role = 'politician'"))

    assert refused.status_code == 422
    assert "Rektorer i Mellanslätt" not in refused.text
    assert "Eller ett nätverks dagar" not in member.get("/ekhult/kalender").text
    assert db.browse().get(address).status_code == 404
