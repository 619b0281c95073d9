"""A unit is renamed, runs other skolformer, ends on a day and is kept; history stays readable."""

from datetime import date

import pytest
from tests import versions
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.chain import ActionFactory, AnalysisFactory
from tests.factories.organizers import (
    OrganizerFactory,
    SchoolUnitFactory,
    UnitSchoolTypeFactory,
)

from ska.access import Role
from ska.audit import AuditEvent
from ska.organizers.models import SchoolUnit

HOME = "/ekhult/enheter/solrosen"
API = "/api/v1/organizers/ekhult/units/solrosen"


@pytest.fixture
def place(db):
    """A preschool without national code, with work on it."""
    ekhult = OrganizerFactory()
    unit = SchoolUnitFactory(organizer=ekhult, name="Solrosen", kind="preschool_unit")
    UnitSchoolTypeFactory(unit=unit, school_type="preschool")
    robin = PersonFactory(name="Robin Al")
    RoleAssignmentFactory(person=robin, organizer=ekhult, unit=unit, role=Role.PRINCIPAL)
    AnalysisFactory(organizer=ekhult, unit=unit, title="Språket på Solrosen")
    ActionFactory(organizer=ekhult, unit_id=unit.id, title="Läs varje dag")
    return ekhult, unit


@pytest.fixture
def kim(db, place):
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=place[0])
    return db.browse(person)


@pytest.fixture
def admin(db, place):
    person = PersonFactory(name="Ada Admin")
    RoleAssignmentFactory(person=person, organizer=place[0], role=Role.ORGANIZER_ADMIN)
    return db.browse(person)


def stored(db, unit):
    with db.as_owner() as session:
        return session.get_one(SchoolUnit, unit.id)


def last_day(browse, day):
    return browse.post(f"{HOME}/slut", {"last_day": day})


def test_what_the_end_means_is_told_before(kim):
    page = kim.get(HOME).text

    for text in ("Språket på Solrosen", "Läs varje dag", "Robin Al", "tar inte slut av sig själva"):
        assert text in page, text
    assert "Ingen, enheten" not in page
    assert "ingen, enheten står inte i registret" in page


def test_a_unit_gets_another_name_and_other_skolformer_and_keeps_its_address(db, place, kim):
    form = kim.get(HOME).text
    seen = form.partition('name="seen" value="')[2][:16]
    data = {"name": "Solrosens skola", "school_types": ["preschool", "preschool_class"]}

    done = kim.post(HOME, {**data, "seen": seen})
    late = kim.post(HOME, {**data, "name": "Något annat", "seen": seen})
    page = kim.get(done.headers["location"]).text

    assert done.headers["location"] == HOME
    assert "Solrosens skola" in page
    assert "förskola, förskoleklass" in page
    assert stored(db, place[1]).kind == "school_unit"
    assert late.status_code == 412
    assert 'value="Något annat"' in late.text
    with db.as_owner() as session:
        acts = [one.act for one in session.query(AuditEvent).order_by(AuditEvent.id)]
    assert acts[-1] == "unit.change"


def test_a_name_that_another_has_and_no_skolform_are_told(place, kim):
    SchoolUnitFactory(organizer=place[0], name="Åby skola")
    seen = kim.get(HOME).text.partition('name="seen" value="')[2][:16]

    taken = kim.post(HOME, {"name": "ÅBY skola", "school_types": "preschool", "seen": seen})
    nothing = kim.post(HOME, {"name": "Solrosen", "seen": seen})

    assert taken.status_code == 409
    assert "Det finns redan en enhet" in taken.text
    assert "Välj minst en skolform" in nothing.text


def test_on_a_unit_that_has_ended_nothing_new_begins_and_all_is_read(db, place, kim, admin):
    unit = place[1]
    person = PersonFactory(email="vik@example.se")

    assert last_day(kim, "2026-09-03").status_code == 303  # yesterday
    page = kim.get(HOME).text
    analysis = kim.post(
        "/ekhult/2026-27/analyser/ny", {"title": "x", "level": "unit", "unit_id": str(unit.id)}
    )
    about = kim.api(
        "POST",
        "/api/v1/organizers/ekhult/analyses",
        json={"title": "x", "level": "organizer", "about": [str(unit.id)]},
    )
    brist = kim.post("/ekhult/brister/ny", {"text": "Staketet", "unit_id": str(unit.id)})
    post = {"role": "teacher", "unit_id": str(unit.id), "valid_from": "2026-09-04"}
    role = admin.post(
        "/ekhult/personer", {"name": "Vik", "email": person.email, **post, "valid_to": ""}
    )

    assert "Upphörd" in page
    assert "Enheten ska upphöra" not in page
    for answer in (analysis, about, brist, role):
        assert answer.status_code == 422, answer.text
    assert "Solrosen har upphört." in analysis.text
    assert "Solrosen har upphört." in brist.text
    assert "Enhetens sista dag är 3 september 2026" in role.text
    for address in ("/ekhult/2026-27/analyser/ny", "/ekhult/brister/ny"):
        assert str(unit.id) not in kim.get(address).text
    assert f'value="{unit.id}"' not in admin.get("/ekhult/personer").text
    assert "Språket på Solrosen" in kim.get("/ekhult/2026-27/analyser").text
    assert kim.post(f"{HOME}/kvar").status_code == 409


def test_an_end_to_come_is_taken_back_and_roles_last_no_longer(db, place, kim, admin):
    unit = place[1]
    last_day(kim, "30 juni 2027")
    post = {"role": "teacher", "unit_id": str(unit.id), "valid_from": "2026-09-04"}
    person = {"name": "Vik", "email": "vik@example.se", **post}

    page = kim.get(HOME).text
    longer = admin.post("/ekhult/personer", {**person, "valid_to": ""})
    until = admin.post("/ekhult/personer", {**person, "valid_to": "2027-06-30"})
    kept = kim.post(f"{HOME}/kvar")

    assert "Uppdrag som gäller längre:" in page
    assert longer.status_code == 422
    assert until.status_code == 303
    assert kept.status_code == 303
    assert stored(db, unit).valid_to is None


def test_a_role_is_lengthened_no_further_than_its_unit_lasts(db, place, kim, admin):
    ekhult, unit = place
    vik = PersonFactory(name="Vik")
    held = RoleAssignmentFactory(
        person=vik, organizer=ekhult, unit=unit, role=Role.TEACHER, valid_to=date(2027, 1, 31)
    )
    last_day(kim, "30 juni 2027")

    def lengthen(day):
        (row,) = [
            one for one in admin.api("GET", "/api/v1/organizers/ekhult/people").json()
            if one["id"] == str(held.id)
        ]  # fmt: skip
        address = f"/api/v1/organizers/ekhult/people/{vik.id}/roles/{held.id}"
        seen = versions.seen(row["version"])
        return admin.api("PATCH", address, json={"last_day": day}, headers=seen)

    refused = [lengthen(None), lengthen("2027-07-01")]
    page = admin.post(
        f"/ekhult/personer/{vik.id}/uppdrag/{held.id}", {"last_day": "1 augusti 2027"}
    )

    assert [one.status_code for one in refused] == [422, 422]
    assert "Enhetens sista dag är 30 juni 2027" in refused[0].json()["detail"]
    assert page.status_code == 422
    assert "Enhetens sista dag är 30 juni 2027" in page.text
    assert lengthen("2027-06-30").status_code == 204
    assert lengthen("2026-12-31").status_code == 204  # shortened, as ever


def test_a_unit_does_not_end_before_it_began_nor_by_those_who_may_not(db, place, kim):
    teacher = PersonFactory()
    RoleAssignmentFactory(person=teacher, organizer=place[0], role=Role.TEACHER)
    with db.as_owner() as session:
        session.get_one(SchoolUnit, place[1].id).valid_from = date(2026, 8, 1)

    early = last_day(kim, "2026-07-31")

    assert early.status_code == 422
    assert "Enheten började 1 augusti 2026" in early.text
    assert last_day(db.browse(teacher), "2026-12-31").status_code == 403
    assert "Enheten ska upphöra" not in db.browse(teacher).get(HOME).text
    assert "Robin Al" not in db.browse(teacher).get(HOME).text


def test_programs_do_the_same(db, place, kim):
    read = kim.api("GET", API)
    body = {"name": "Solrosen", "school_types": ["preschool", "school_age_educare"]}
    blind = kim.api("PUT", API, json=body)
    changed = kim.api("PUT", API, json=body, headers={"If-Match": read.headers["etag"]})
    now, old = versions.read(kim, API), {"If-Match": read.headers["etag"]}
    late = kim.api("POST", f"{API}/end", json={"last_day": "2027-06-30"}, headers=old)
    ended = kim.api("POST", f"{API}/end", json={"last_day": "2027-06-30"}, headers=now)
    unread = kim.api("DELETE", f"{API}/end", headers=now)
    kept = kim.api("DELETE", f"{API}/end", headers={"If-Match": ended.headers["etag"]})
    again = versions.read(kim, API)
    kim.api("POST", f"{API}/end", json={"last_day": "2026-09-03"}, headers=again)

    assert read.json()["unit"]["school_types"] == ["preschool"]
    assert [one["name"] for one in read.json()["posts"]] == ["Robin Al"]
    assert [one.status_code for one in (blind, late, unread)] == [428, 412, 412]
    assert changed.json()["school_types"] == ["preschool", "school_age_educare"]
    assert ended.json()["unit"]["valid_to"] == "2027-06-30"
    assert [one["title"] for one in ended.json()["analyses"]] == ["Språket på Solrosen"]
    assert [one["title"] for one in ended.json()["actions"]] == ["Läs varje dag"]
    assert kept.status_code == 204
    over = versions.read(kim, API)
    assert kim.api("DELETE", f"{API}/end", headers=over).status_code == 409
