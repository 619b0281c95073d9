"""A plan over several years: it puts its steps in each year's wheel, and changes them with it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.framework import load_shipped
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory

from ska.access import Role
from ska.audit import AuditEvent
from ska.cycle.models import AnnualCycle, CycleStep
from ska.cycle.plans import is_planned

PAGE = "/ekhult/flerarsplaner"
API = "/api/v1/organizers/ekhult/multi-year-plans"
YEAR = "/ekhult/2026-27/arshjul"
PLAN = {
    "name": "Granskning av undervisningen",
    "first_year": "2026",
    "month": "11",
    "responsible": "quality_lead",
    "year_1": "Matematik\nLäsning\nmatematik",
    "year_2": "Trygghet och studiero",
    "year_4": "Särskilt stöd",
}


@pytest.fixture
def ekhult(db):
    return OrganizerFactory(organisation_number="2120001234")


@pytest.fixture
def kim(db, ekhult):
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=ekhult, role=Role.QUALITY_LEAD)
    return db.browse(person)


def planned(db):
    """Return what stands of plans in the wheels: läsår, name, day, whether it is struck."""
    with db.as_owner() as session:
        rows = session.execute(
            select(AnnualCycle.school_year, CycleStep)
            .join(AnnualCycle, AnnualCycle.id == CycleStep.cycle_id)
            .order_by(AnnualCycle.school_year, CycleStep.name)
        )
        return [
            (year, one.name, str(one.due), one.struck_on is not None)
            for year, one in rows
            if is_planned(one.key)
        ]


FIRST = [(2026, "Läsning", "2026-11-30", False), (2026, "Matematik", "2026-11-30", False)]
SECOND = [(2027, "Trygghet och studiero", "2027-11-30", False)]


def test_steps_come_in_wheels_that_stand_are_made_and_are_copied(db, kim):
    kim.post(YEAR, {"wheels": "organizer"})
    assert kim.post(f"{PAGE}/ny", PLAN).status_code == 303
    assert planned(db) == FIRST

    kim.post(f"{YEAR}/kopiera")
    assert planned(db) == [*FIRST, *SECOND]
    kim.post("/ekhult/2027-28/arshjul/kopiera")
    kim.post("/ekhult/2028-29/arshjul/kopiera")
    assert planned(db) == [*FIRST, *SECOND, (2029, "Särskilt stöd", "2029-11-30", False)]
    page = kim.get(PAGE).text
    assert "2026/27–2029/30" in page
    assert page.count("inget särskilt") == 1


def test_a_plan_before_its_wheel_and_no_more_than_once_a_year(db, kim, ekhult):
    unit = SchoolUnitFactory(organizer=ekhult)
    kim.post(f"{PAGE}/ny", PLAN)
    assert planned(db) == []

    kim.post(YEAR, {"wheels": "both"})
    own = {"kind": "organizer", "name": "Ett till", "begin_with": "mall:lasar-huvudman-enhet"}
    assert kim.post(f"{YEAR}/nytt", own).status_code == 303
    of_unit = own | {"kind": "unit", "unit_id": str(unit.id), "name": "Skolans eget"}
    assert kim.post(f"{YEAR}/nytt", of_unit).status_code == 303

    assert planned(db) == FIRST


def test_what_leaves_the_plan_is_struck_what_is_done_is_kept_and_all_can_come_back(db, kim):
    kim.post(YEAR, {"wheels": "organizer"})
    made = kim.api("POST", API, json=PLAN | {"month": 11, "first_year": 2026})
    at = f"{API}/{made.json()['id']}"
    said = [["Matematik", "Läsning"], ["Trygghet och studiero"], [], ["Särskilt stöd"]]
    assert made.json()["subjects"] == said
    with db.as_owner() as session:
        maths = session.scalars(select(CycleStep).where(CycleStep.name == "Matematik")).one()
    kim.post(f"{YEAR}/steg/{maths.id}/klart", {"note": ""})

    other = PLAN | {"year_1": "Musik", "month": 12}
    changed = kim.api("PUT", at, json=other, headers={"If-Match": made.headers["etag"]})
    assert changed.status_code == 200, changed.text
    assert planned(db) == [
        (2026, "Läsning", "2026-11-30", True),
        (2026, "Matematik", "2026-11-30", False),
        (2026, "Musik", "2026-12-30", False),
    ]
    stale = kim.api("POST", f"{at}/strike", headers={"If-Match": made.headers["etag"]})
    assert stale.status_code == 412
    struck = kim.api("POST", f"{at}/strike", headers={"If-Match": changed.headers["etag"]})
    assert struck.json()["struck_on"]
    assert [one[3] for one in planned(db)] == [True, False, True]
    again = kim.api("PUT", at, json=PLAN, headers={"If-Match": struck.headers["etag"]})
    assert again.status_code == 409
    back = kim.api("POST", f"{at}/restore", headers={"If-Match": struck.headers["etag"]})
    assert back.json()["struck_on"] is None
    assert [one[3] for one in planned(db)] == [True, False, False]
    with db.as_owner() as session:
        acts = session.scalars(
            select(AuditEvent.act).where(AuditEvent.act.startswith("plan.")).order_by(AuditEvent.id)
        ).all()
    assert acts == ["plan.make", "plan.change", "plan.strike", "plan.restore"]


def test_a_new_day_or_role_follows_and_a_hand_set_date_gives_way(db, kim):
    kim.post(YEAR, {"wheels": "organizer"})
    kim.post(f"{PAGE}/ny", PLAN)
    (plan,) = kim.api("GET", API).json()
    with db.as_owner() as session:
        one = session.scalars(select(CycleStep).where(CycleStep.name == "Läsning")).one()
    kim.post(f"{YEAR}/steg/{one.id}/flytta", {"due": "2027-01-15", "because": "Ny lärare"})
    assert (2026, "Läsning", "2027-01-15", False) in planned(db)

    page = kim.get(f"{PAGE}/{plan['id']}").text
    seen = page.split('name="seen" value="')[1].split('"')[0]
    later = PLAN | {"month": "3", "responsible": "director_of_education", "seen": seen}
    kim.post(f"{PAGE}/{plan['id']}", later)

    assert [one[2] for one in planned(db)] == ["2027-03-31", "2027-03-31"]
    late = kim.post(f"{PAGE}/{plan['id']}", PLAN | {"name": "Mitt namn", "seen": seen})
    assert late.status_code == 422
    assert "Mitt namn" in late.text
    assert "Någon annan har ändrat planen" in late.text


def test_what_a_person_struck_in_the_wheel_stays_struck_when_the_plan_changes(db, kim):
    kim.post(YEAR, {"wheels": "organizer"})
    kim.post(f"{PAGE}/ny", PLAN)
    (plan,) = kim.api("GET", API).json()
    with db.as_owner() as session:
        one = session.scalars(select(CycleStep).where(CycleStep.name == "Läsning")).one()
    kim.post(f"{YEAR}/steg/{one.id}/stryk")

    def change(**words):
        seen = kim.get(f"{PAGE}/{plan['id']}").text.split('name="seen" value="')[1].split('"')[0]
        kim.post(f"{PAGE}/{plan['id']}", PLAN | words | {"seen": seen})
        return {name: is_struck for _year, name, _due, is_struck in planned(db)}

    assert change(year_2="Elevhälsa") == {"Läsning": True, "Matematik": False}
    assert change(year_1="Matematik") == {"Läsning": True, "Matematik": False}
    assert change() == {"Läsning": False, "Matematik": False}  # written in anew


def test_what_is_wrong_is_said_and_kept(db, kim, ekhult):
    load_shipped()
    alone = kim.post(f"{PAGE}/ny", PLAN | {"year_2": "", "year_4": ""})
    short = kim.post(f"{PAGE}/ny", PLAN | {"year_1": "ab"})
    personal = kim.post(f"{PAGE}/ny", PLAN | {"year_1": "Fråga elev.elevsson@example.se"})
    assert "minst två av åren" in alone.text
    assert "Matematik\nLäsning" in alone.text
    assert "3–100 tecken" in short.text
    assert "Det är inte en uppgift om en person" in personal.text
    assert {alone.status_code, short.status_code, personal.status_code} == {422}
    kim.post(f"{PAGE}/ny", PLAN)
    assert "Det finns redan en flerårsplan" in kim.post(f"{PAGE}/ny", PLAN).text


def test_a_rektor_reads_the_plan_and_changes_nothing(db, kim, ekhult):
    kim.post(f"{PAGE}/ny", PLAN)
    unit = SchoolUnitFactory(organizer=ekhult)
    person = PersonFactory(email="robin@example.se")
    RoleAssignmentFactory(person=person, organizer=ekhult, unit=unit, role=Role.PRINCIPAL)
    robin = db.browse(person)

    page = robin.get(PAGE).text
    assert "Särskilt stöd" in page
    assert "Ändra planen" not in page
    assert robin.get(f"{PAGE}/ny").status_code == 403
    assert robin.post(f"{PAGE}/ny", PLAN | {"name": "Min"}).status_code == 403


def test_of_those_who_write_a_plan_of_the_same_name_at_once_one_has_it(db, kim, ekhult):
    people = [PersonFactory(name=f"Person {one}") for one in range(4)]
    for person in people:
        RoleAssignmentFactory(person=person, organizer=ekhult, role=Role.QUALITY_LEAD)
    browsers = [db.browse(person) for person in people]

    def write(turn):
        return browsers[turn].api("POST", API, json=PLAN).status_code

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(write, range(4))) == [201, 422, 422, 422]
    assert len(kim.api("GET", API).json()) == 1
