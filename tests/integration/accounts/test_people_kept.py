"""What is recorded of people, for programs, and passwords that are changed."""

from __future__ import annotations

from tests.administering import API, NEW, PASSWORD, PEOPLE, choose, link_of, role_of
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.organizers import OrganizerFactory
from tests.versions import seen

from ska.access import Role
from ska.accounts.models import SignIn
from ska.audit import AuditEvent


def test_the_api_does_the_same(db, ekhult, tove):
    browse = db.browse(tove)
    body = {**NEW, "valid_from": "2026-09-04"}

    made = browse.api("POST", API, json=body)
    person_id, role_id = made.json()["person_id"], made.json()["id"]
    more = browse.api(
        "POST",
        f"{API}/{person_id}/roles",
        json={"role": "lead_teacher", "valid_from": "2026-09-04"},
    )
    one, day = f"{API}/{person_id}/roles/{role_id}", {"last_day": "2026-10-01"}
    held = next(row for row in browse.api("GET", API).json() if row["id"] == role_id)
    ended = browse.api("PATCH", one, json=day, headers=seen(held["version"]))
    late = browse.api("PATCH", one, json=day, headers=seen(held["version"]))
    wrong = browse.api("POST", API, json={**body, "email": "x"})
    listed = browse.api("GET", API).json()

    assert (made.status_code, more.status_code, ended.status_code) == (201, 201, 204)
    assert (late.status_code, held["version"]) == (412, made.json()["version"])
    assert wrong.json()["invalid-params"][0]["name"] == "email"
    robin = [one for one in listed if one["person_id"] == person_id]
    assert {(one["role"], one["valid_to"]) for one in robin} == {
        ("teacher", "2026-10-01"),
        ("lead_teacher", None),
    }


def test_each_act_is_recorded_and_shown(db, ekhult, tove, robin):
    browse, role = db.browse(tove), role_of(db, robin)

    browse.post(f"{PEOPLE}/{robin.id}/uppdrag/{role.id}", {"last_day": "2026-12-31"})
    link_of(browse, robin.id)
    page = browse.get(f"{PEOPLE}/{robin.id}")

    assert "Tove Nyman ändrade sista dagen för uppdraget lärare" in page.text
    assert "gjorde en länk för att välja lösenord" in page.text


def test_the_list_asks_few_questions_however_many_people(db, ekhult, tove, statements):
    browse = db.browse(tove)
    browse.get(PEOPLE)
    statements.clear()
    browse.get(PEOPLE)
    few = len(statements)
    for number in range(20):
        RoleAssignmentFactory(person=PersonFactory(name=f"P {number}"), organizer=ekhult)
    statements.clear()
    browse.get(PEOPLE)

    assert len(statements) == few <= 6


def test_a_password_is_changed_and_every_other_sign_in_ends(db, ekhult, tove, robin):
    browse, other = choose(db, link_of(db.browse(tove), robin.id))[0], db.browse(robin)
    before = browse.cookies["ska"]
    form = {"current": PASSWORD, "password": "fyra helt andra ord"}

    wrong = browse.post("/profil/losenord", {**form, "current": "inte det här"})
    weak = browse.post("/profil/losenord", {**form, "password": "kort"})
    done = browse.post("/profil/losenord", form)

    assert (wrong.status_code, weak.status_code, done.status_code) == (422, 422, 303)
    assert "stämmer inte" in wrong.text
    assert "minst 15" in weak.text
    assert PASSWORD not in weak.text
    assert browse.cookies["ska"] != before
    assert browse.get("/profil").status_code == 200
    assert other.get("/profil").headers["location"].startswith("/logga-in")
    with db.as_owner() as session:
        assert session.query(SignIn).filter_by(person_id=robin.id).count() == 1


def test_a_password_chosen_or_changed_is_told_to_each_huvudman_and_to_no_other(
    db, ekhult, tove, robin
):
    browse = choose(db, link_of(db.browse(tove), robin.id))[0]
    other = OrganizerFactory(name="Lindåsa")
    RoleAssignmentFactory(person=robin, organizer=other, role=Role.AUDITOR)
    OrganizerFactory(name="Sjövalla")

    browse.post("/profil/losenord", {"current": PASSWORD, "password": "fyra helt andra ord"})

    page = db.browse(tove).get(f"{PEOPLE}/{robin.id}").text
    assert "Robin Sand valde sitt lösenord med en länk." in page
    assert "Robin Sand bytte lösenord." in page
    with db.as_owner() as session:
        rows = session.query(AuditEvent).filter(AuditEvent.act.startswith("password.")).all()
    assert sorted((one.act, one.organizer_id) for one in rows) == sorted(
        [
            ("password.choose", ekhult.id),
            ("password.change", ekhult.id),
            ("password.change", other.id),
        ]
    )
    assert all("ord" not in str(one.details.values()) for one in rows)
