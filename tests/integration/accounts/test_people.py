"""The administrator: gives and ends roles, lets people in, and can open no other door by it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.administering import NEW, PASSWORD, PEOPLE, choose, link_of, role_of
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory

from ska.access import Role
from ska.accounts.models import Invitation, RoleAssignment
from ska.audit import AuditEvent


def test_someone_new_is_added_let_in_and_works_the_same_day(db, ekhult, tove):
    browse = db.browse(tove)

    done = browse.post(PEOPLE, NEW)
    person_id = done.headers["location"].rpartition("/")[2]
    link = link_of(browse, person_id)
    theirs, came_in = choose(db, link)

    assert done.status_code == came_in.status_code == 303
    assert link not in browse.get(f"{PEOPLE}/{person_id}").text
    assert theirs.get("/").headers["location"] == "/ekhult/oversikt"
    assert theirs.get(PEOPLE).status_code == 403
    assert choose(db, link)[1].status_code == 404
    signed_out = db.browse()
    signed_out.get("/logga-in")
    again = signed_out.post("/logga-in", {"email": "robin@ekhult.se", "password": PASSWORD})
    assert again.status_code == 303


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"name": ""}, "Skriv personens namn"),
        ({"email": "robin"}, "Kontrollera e-postadressen"),
        ({"email": "röbin@ekhult.se"}, "Kontrollera e-postadressen"),
        ({"role": "system_admin"}, "Välj uppdrag"),
        ({"role": "principal"}, "En rektor leder en enhet"),
        ({"valid_from": ""}, "Skriv första dagen"),
        ({"valid_to": "2026-09-03"}, "före den första"),
        ({"unit_id": "00000000-0000-0000-0000-000000000000"}, "Enheten finns inte"),
    ],
)
def test_a_form_that_is_off_is_shown_again(db, ekhult, tove, fields, says):
    answer = db.browse(tove).post(PEOPLE, {**NEW, **fields})

    assert answer.status_code == 422
    assert says in answer.text
    with db.as_owner() as session:
        assert session.query(RoleAssignment).count() == 1


def test_a_role_of_the_whole_takes_no_unit_and_no_foreign_one(db, ekhult, tove):
    own, foreign = (
        SchoolUnitFactory(organizer=ekhult),
        SchoolUnitFactory(organizer=OrganizerFactory(name="Lindåsa")),
    )
    browse = db.browse(tove)

    whole = browse.post(PEOPLE, {**NEW, "role": "quality_lead", "unit_id": str(own.id)})
    theirs = browse.post(PEOPLE, {**NEW, "unit_id": str(foreign.id)})

    assert "Välj ingen enhet" in whole.text
    assert theirs.status_code == 422
    assert "Enheten finns inte" in theirs.text


def test_a_role_is_held_from_its_first_day_to_its_last(db, ekhult, tove, robin):
    browse, theirs = db.browse(tove), db.browse(robin)
    role = role_of(db, robin)

    browse.post(f"{PEOPLE}/{robin.id}/uppdrag/{role.id}", {"last_day": "2026-09-04"})
    today = theirs.get("/ekhult/enheter").status_code
    db.clock.now += timedelta(days=1)
    tomorrow = db.browse(robin).get("/ekhult/enheter").status_code

    assert (today, tomorrow) == (200, 404)


def test_a_role_that_ends_at_once_closes_the_door_on_the_next_request(db, ekhult, tove, robin):
    theirs = db.browse(robin)
    role = role_of(db, robin)
    assert theirs.get("/ekhult/enheter").status_code == 200

    done = db.browse(tove).post(
        f"{PEOPLE}/{robin.id}/uppdrag/{role.id}", {"last_day": "2026-09-03"}
    )

    assert done.status_code == 303
    assert theirs.get("/ekhult/enheter").status_code == 404


def test_what_has_been_is_not_rewritten(db, ekhult, tove, robin):
    browse, role = db.browse(tove), role_of(db, robin)
    address = f"{PEOPLE}/{robin.id}/uppdrag/{role.id}"

    early = browse.post(address, {"last_day": "2026-06-01"})
    browse.post(address, {"last_day": "2026-09-03"})
    over = browse.post(address, {"last_day": ""})

    assert early.status_code == 422
    assert "Tidigast i går" in early.text
    assert over.status_code == 422
    assert role_of(db, robin).valid_to == date(2026, 9, 3)


def test_a_role_that_has_not_begun_is_taken_away(db, ekhult, tove, robin):
    with db.as_owner() as session:
        session.query(RoleAssignment).filter_by(person_id=robin.id).update(
            {"valid_from": date(2026, 9, 4)}
        )
    role = role_of(db, robin)

    db.browse(tove).post(f"{PEOPLE}/{robin.id}/uppdrag/{role.id}", {"last_day": "2026-09-03"})

    with db.as_owner() as session:
        assert session.query(RoleAssignment).filter_by(person_id=robin.id).count() == 0
        assert session.query(AuditEvent).one().act == "role.withdraw"


def test_nobody_gives_themselves_a_role(db, ekhult, tove):
    browse = db.browse(tove)

    page = browse.post(
        f"{PEOPLE}/{tove.id}/uppdrag", {"role": "quality_lead", "valid_from": "2026-09-04"}
    )
    added = browse.post(PEOPLE, {**NEW, "email": "TOVE@ekhult.se", "role": "quality_lead"})

    assert page.status_code == added.status_code == 422
    assert "Du kan inte ge dig själv" in page.text
    assert role_of(db, tove).role == Role.ORGANIZER_ADMIN


def test_the_last_administrator_stays(db, ekhult, tove):
    browse, role = db.browse(tove), role_of(db, tove)
    address = f"{PEOPLE}/{tove.id}/uppdrag/{role.id}"
    alone = browse.post(address, {"last_day": "2026-12-31"})
    RoleAssignmentFactory(
        person=PersonFactory(),
        organizer=ekhult,
        role=Role.ORGANIZER_ADMIN,
        valid_from=date(2027, 1, 1),
    )

    gap = browse.post(address, {"last_day": "2026-12-30"})
    handed_over = browse.post(address, {"last_day": "2026-12-31"})

    assert alone.status_code == gap.status_code == 422
    assert "Ingen skulle vara administratör" in alone.text
    assert handed_over.status_code == 303


def test_the_same_role_twice_and_a_second_rektor_are_refused(db, ekhult, tove, robin):
    unit = SchoolUnitFactory(organizer=ekhult)
    browse = db.browse(tove)
    rektor = {"role": "principal", "unit_id": str(unit.id), "valid_from": "2026-09-04"}

    first = browse.post(f"{PEOPLE}/{robin.id}/uppdrag", rektor)
    twice = browse.post(f"{PEOPLE}/{robin.id}/uppdrag", rektor)
    other = browse.post(PEOPLE, {**NEW, "email": "lena@ekhult.se", **rektor})

    assert first.status_code == 303
    assert "Personen är redan rektor" in twice.text
    assert "redan en rektor" in other.text
    with db.as_owner() as session:
        assert session.query(RoleAssignment).filter_by(role="principal").count() == 1


def test_a_role_cannot_be_lengthened_into_anothers_time(db, ekhult, tove, robin):
    unit = SchoolUnitFactory(organizer=ekhult)
    for person, first, last in (
        (robin, date(2026, 1, 1), date(2026, 12, 31)),
        (PersonFactory(), date(2027, 1, 1), None),
    ):
        RoleAssignmentFactory(
            person=person,
            organizer=ekhult,
            unit=unit,
            role=Role.PRINCIPAL,
            valid_from=first,
            valid_to=last,
        )
    with db.as_owner() as session:
        role = session.query(RoleAssignment).filter_by(role="principal", person_id=robin.id).one()

    answer = db.browse(tove).post(f"{PEOPLE}/{robin.id}/uppdrag/{role.id}", {"last_day": ""})

    assert answer.status_code == 422
    assert "redan en rektor" in answer.text


def test_an_account_elsewhere_cannot_be_taken_over_by_a_link(db, ekhult, tove):
    both = PersonFactory(email="noor@lindasa.se", name="Noor", password_hash="x")
    RoleAssignmentFactory(person=both, organizer=OrganizerFactory(name="Lindåsa"))
    browse = db.browse(tove)

    browse.post(PEOPLE, {**NEW, "email": "noor@lindasa.se", "name": "Någon annan"})
    refused = link_of(browse, both.id)

    assert refused.status_code == 409
    with db.as_owner() as session:
        assert session.query(Invitation).count() == 0


def test_a_link_dies_when_the_person_gets_a_role_elsewhere(db, ekhult, tove, robin):
    link = link_of(db.browse(tove), robin.id)

    RoleAssignmentFactory(person=robin, organizer=OrganizerFactory(name="Lindåsa"))

    assert db.browse().get(link).status_code == 404


def test_a_new_link_replaces_the_old_and_each_lives_a_week(db, ekhult, tove, robin):
    browse = db.browse(tove)
    old = link_of(browse, robin.id)
    new = link_of(browse, robin.id)

    db.clock.now += timedelta(days=6)
    replaced, open_still = db.browse().get(old), db.browse().get(new)
    db.clock.now += timedelta(days=2)

    assert replaced.status_code == 404
    assert open_still.status_code == 200
    assert db.browse().get(new).status_code == 404


def test_a_weak_password_leaves_the_link_open_and_a_good_one_ends_every_sign_in(
    db, ekhult, tove, robin
):
    before = db.browse(robin)
    link = link_of(db.browse(tove), robin.id)

    weak = choose(db, link, "kort")[1]
    choose(db, link)

    assert weak.status_code == 422
    assert "minst 15 tecken" in weak.text
    assert before.get("/profil").headers["location"].startswith("/logga-in")


def test_people_of_others_are_not_there(db, ekhult, tove):
    stranger = PersonFactory(name="Främling")
    RoleAssignmentFactory(person=stranger, organizer=OrganizerFactory(name="Lindåsa"))
    role = role_of(db, stranger)
    browse = db.browse(tove)

    assert browse.get(f"{PEOPLE}/{stranger.id}").status_code == 404
    assert browse.post(f"{PEOPLE}/{stranger.id}/inbjudan").status_code == 404
    given = {"role": "teacher", "valid_from": "2026-09-04"}
    assert browse.post(f"{PEOPLE}/{stranger.id}/uppdrag", given).status_code == 404
    ended = browse.post(f"{PEOPLE}/{stranger.id}/uppdrag/{role.id}", {"last_day": "2026-09-03"})
    assert ended.status_code == 404
    assert "Främling" not in browse.get(PEOPLE).text
