"""The page of time: hours of each role, weeks with too much, a move that is one act away."""

from datetime import date

import pytest
from sqlalchemy import select
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.organizers import (
    OrganizerFactory,
    SchoolUnitFactory,
    UnitSchoolTypeFactory,
)
from tests.wheels import add

from ska.access import Role
from ska.cycle.models import CycleStep

YEAR = "/ekhult/2026-27/arshjul"


@pytest.fixture
def ekhult(db):
    return OrganizerFactory()


@pytest.fixture
def school(db, ekhult):
    return SchoolUnitFactory(organizer=ekhult, name="Björkbacka skola")


@pytest.fixture
def kim(db, ekhult, school):
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=ekhult, role=Role.QUALITY_LEAD)
    browse = db.browse(person)
    assert "Inga timmar är skrivna än" in browse.get(f"{YEAR}/tid").text
    browse.post(YEAR, {"wheels": "both"})
    return browse


def test_the_hours_of_the_template_are_asked_of_each_role(db, kim):
    page = kim.get(f"{YEAR}/tid").text
    strict = kim.get(f"{YEAR}/tid?tak=2,5").text
    odd = kim.get(f"{YEAR}/tid?tak=mycket").text

    assert "Rektor, Björkbacka skola" in page
    assert "Kvalitetsutvecklare" in page
    assert 'value="2,5"' in strict
    assert "Veckor med för mycket</h2>" in strict
    assert 'value="8"' in odd


def test_a_proposed_move_is_made_with_its_reason(db, kim):
    page = kim.get(f"{YEAR}/tid?tak=4").text
    form = page.partition('class="proposal"')[0].rpartition('action="')[2].partition('"')[0]
    due = page.partition('name="due" value="')[2].partition('"')[0]
    because = page.partition('name="because" value="')[2].partition('"')[0]

    answer = kim.post(form, {"due": due, "because": because})

    assert answer.status_code == 303
    with db.as_owner() as session:
        step = session.scalar(select(CycleStep).where(CycleStep.moved_because.is_not(None)))
    assert step.moved_because.startswith("Jämnar ut arbetet vecka")
    assert step.due == date.fromisoformat(due)


def test_a_rektor_sees_the_own_unit(db, ekhult, kim, school):
    SchoolUnitFactory(organizer=ekhult, name="Norra skolan")
    kim.post(YEAR, {"wheels": "units"})
    robin = PersonFactory()
    RoleAssignmentFactory(person=robin, organizer=ekhult, unit=school, role=Role.PRINCIPAL)

    page = db.browse(robin).get(f"{YEAR}/tid").text

    assert "Björkbacka skola" in page
    assert "Norra skolan" not in page


def test_programs_read_the_hours_week_by_week(db, kim):
    weeks = kim.api("GET", "/api/v1/organizers/ekhult/years/2026-27/hours?limit=200").json()

    assert {one["role"] for one in weeks} > {"principal", "quality_lead"}
    assert all(date.fromisoformat(one["monday"]).weekday() == 0 for one in weeks)
    assert sum(one["hours"] for one in weeks if one["role"] == "politician") == pytest.approx(
        4, abs=0.1
    )


def test_the_page_asks_few_questions_however_many_units(db, ekhult, kim, statements):
    statements.clear()
    kim.get(f"{YEAR}/tid")
    few = len(statements)
    for number in range(8):
        SchoolUnitFactory(organizer=ekhult, name=f"Skola {number}")
    kim.post(YEAR, {"wheels": "units"})
    statements.clear()
    kim.get(f"{YEAR}/tid")

    assert len(statements) == few <= 6


def test_the_limit_of_a_role_is_kept_and_counts_for_that_role_alone(db, kim):
    wrong = kim.post(f"{YEAR}/tid", {"role": "principal", "hours": "hundra"})
    assert kim.post(f"{YEAR}/tid", {"role": "principal", "hours": "1,5"}).status_code == 303
    kim.post(f"{YEAR}/tid", {"role": "quality_lead", "hours": "60"})
    page = kim.get(f"{YEAR}/tid").text
    tried = kim.get(f"{YEAR}/tid?tak=60").text

    assert wrong.status_code == 422
    assert "hundra" in wrong.text
    crowded = page.partition("Timmar som återstår")[0]
    assert "<h3>Rektor, Björkbacka skola</h3>" in crowded
    assert "<h3>Kvalitetsutvecklare</h3>" not in crowded
    assert "1,5\u00a0tim" in page
    assert "Ingen vecka går över taket" in tried


def test_programs_read_and_say_the_limits(db, ekhult, kim):
    api = "/api/v1/organizers/ekhult/hours-limits"
    read = kim.api("GET", api)
    seen = {"If-Match": read.headers["etag"]}
    said = kim.api("PUT", api, json={"role": "principal", "hours": 6}, headers=seen)
    stale = kim.api("PUT", api, json={"role": "principal", "hours": 7}, headers=seen)
    person = PersonFactory(email="ada@example.se")
    RoleAssignmentFactory(person=person, organizer=ekhult, role=Role.TEACHER)

    assert read.json()["limits"]["principal"] == 8
    assert said.json()["limits"]["principal"] == 6
    assert stale.status_code == 412
    refused = db.browse(person).post(f"{YEAR}/tid", {"role": "principal", "hours": "5"})
    assert refused.status_code == 403


def test_a_wheel_of_a_skolform_concerns_its_units_alone(db, ekhult, kim):
    preschool = SchoolUnitFactory(organizer=ekhult, name="Solrosen", slug="solrosen")
    UnitSchoolTypeFactory(unit=preschool, school_type="preschool")
    form = {"kind": "school_type", "name": "Förskolan", "begin_with": ""}
    missing = kim.post(f"{YEAR}/nytt", form)
    bench = kim.post(f"{YEAR}/nytt", form | {"school_type": "preschool"}).headers["location"]
    add(kim, bench, name="Reflektion", hours="200", responsible="principal", level="organizer")
    of_preschool = kim.get(f"{YEAR}?enhet=solrosen").text
    of_school = kim.get(f"{YEAR}?enhet=bjorkbacka-skola").text
    heavy = kim.get(f"{YEAR}/tid?tak=40").text.partition("Timmar som återstår")[0]

    assert "Välj vilken skolform hjulet gäller" in missing.text
    assert "En skolform: förskola" in kim.get(bench).text
    assert "Reflektion" in of_preschool
    assert "Reflektion" not in of_school
    assert "<h3>Rektor, Solrosen</h3>" in heavy
    assert "<h3>Rektor, Björkbacka skola</h3>" not in heavy
