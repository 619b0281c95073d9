"""Several wheels at once: of every kind, of all units, each with its rules, copied."""

from datetime import date

import pytest
from sqlalchemy import select
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory
from tests.wheels import STEP, YEAR, add, begin, dues_of, person_in, rewrite, steps_of

from ska.access import Role
from ska.cycle.models import AnnualCycle, CycleStep


@pytest.fixture
def ekhult(db):
    return OrganizerFactory()


@pytest.fixture
def school(db, ekhult):
    return SchoolUnitFactory(organizer=ekhult)


@pytest.fixture
def kim(db, ekhult, school):
    return db.browse(person_in(ekhult, Role.QUALITY_LEAD))


def test_wheels_of_several_kinds_stand_beside_each_other(db, kim, school):
    kim.post(YEAR, {"wheels": "both"})
    budget = begin(kim, kind="budget", name="Budget 2027")
    begin(kim, kind="programme", name="Likvärdig skola")
    begin(kim, kind="unit", name="Fritids", unit_id=str(school.id))
    twice = kim.post(f"{YEAR}/nytt", {"kind": "budget", "name": "Budget 2027"})
    add(kim, budget, name="Bokslut", day="15", month="2")
    add(kim, budget, name="Delårsbokslut", day="31", month="8")

    page = kim.get(YEAR).text
    alone = kim.get(f"{YEAR}?hjul={budget.rsplit('/', 1)[1]}").text
    later = kim.get("/ekhult/2027-28/arshjul").text

    assert twice.status_code == 422
    assert "Det finns redan ett hjul som heter så." in twice.text
    for name in ("Budget 2027", "Likvärdig skola", "Fritids", "Läsår, huvudman och enhet"):
        assert name in page
    # The calendar year reaches over two läsår: each shows its half, the wheel itself shows both.
    assert "Bokslut</a></h3>" in page
    assert "Delårsbokslut</a></h3>" not in page
    assert "Delårsbokslut</a></h3>" in later
    assert "Bokslut</a></h3>" in alone
    assert "Delårsbokslut</a></h3>" in alone
    assert {one.due for one in steps_of(db, budget).values()} == {
        date(2027, 2, 15),
        date(2027, 8, 31),
    }


def test_a_step_of_a_budget_keeps_its_page_when_it_is_moved_over_the_summer(db, kim):
    budget = begin(kim, kind="budget", name="Budget")
    add(kim, budget, name="Delårsbokslut", day="31", month="8")
    (step,) = steps_of(db, budget).values()

    moved = {"due": "2027-06-15", "because": "Före semestern"}
    answer = kim.post(f"/ekhult/2027-28/arshjul/steg/{step.id}/flytta", moved)

    assert kim.get(answer.headers["location"]).status_code == 200
    assert "Före semestern" in kim.get(f"{YEAR}/steg/{step.id}").text
    assert kim.get(f"/ekhult/2025-26/arshjul/steg/{step.id}").status_code == 404


def test_a_wheel_begins_with_a_template_or_another_wheel(db, kim, school):
    first = begin(kim, begin_with="mall:lasar-huvudman-enhet")
    strike = steps_of(db, first)["arsredovisning"]
    kim.post(f"{YEAR}/steg/{strike.id}/stryk")
    second = begin(kim, name="Likadant", begin_with=f"hjul:{first.rsplit('/', 1)[1]}")
    unit = {"kind": "unit", "name": "Enheten", "unit_id": str(school.id)}
    of_unit = begin(kim, **unit, begin_with="mall:lasar-huvudman-enhet")
    wrong = kim.post(f"{YEAR}/nytt", {"kind": "organizer", "name": "X", "begin_with": "mall:x"})

    assert len(steps_of(db, first)) == 9
    assert set(steps_of(db, second)) == set(steps_of(db, first)) - {"arsredovisning"}
    assert {one.level for one in steps_of(db, of_unit).values()} == {"unit"}
    assert wrong.status_code == 422


def test_two_units_with_a_rule_of_their_own_keep_it_when_the_board_moves(db, ekhult, kim, school):
    other = SchoolUnitFactory(organizer=ekhult, name="Norra skolan")
    kim.post(YEAR, {"wheels": "both"})
    with db.as_owner() as session:
        query = select(CycleStep).where(CycleStep.key == "enhetsanalys")
        mine = session.scalar(query.where(CycleStep.unit_id == school.id))
    form = {**STEP, "name": "Enhetsanalys klar", "level": "unit", "day": "10", "month": "9"}
    rewrite(kim, f"{YEAR}/steg/{mine.id}/andra", form)
    kim.post(f"{YEAR}/namndmoten", {"day": "2026-12-17"})

    with db.as_owner() as session:
        dues = dict(
            session.execute(query.with_only_columns(CycleStep.unit_id, CycleStep.due)).all()
        )
    assert dues == {school.id: date(2026, 9, 10), other.id: date(2026, 8, 31)}


def test_a_step_is_added_and_changed_in_the_wheels_of_all_units_at_once(db, ekhult, kim, school):
    SchoolUnitFactory(organizer=ekhult, name="Norra skolan")
    kim.post(YEAR, {"wheels": "both"})
    with db.as_owner() as session:
        query = select(AnnualCycle).where(AnnualCycle.unit_id == school.id)
        bench = f"{YEAR}/hjul/{session.scalar(query).id}"
    robin = db.browse(person_in(ekhult, Role.PRINCIPAL, school))

    add(kim, bench, level="unit", everywhere="1")
    step = steps_of(db, bench)["las-betygen"]
    change = {**STEP, "level": "unit", "day": "20", "everywhere": "1"}
    rewrite(kim, f"{YEAR}/steg/{step.id}/andra", change)
    all_units = dues_of(db, "las-betygen")
    # A rektor's tick reaches no further than the rektor's rights.
    rewrite(robin, f"{YEAR}/steg/{step.id}/andra", {**change, "day": "21"})

    assert all_units == [date(2026, 10, 20)] * 2
    assert dues_of(db, "las-betygen") == [date(2026, 10, 20), date(2026, 10, 21)]
    assert "Gör samma i alla enheters hjul" in kim.get(f"{bench}/steg").text
    assert "Gör samma i alla enheters hjul" not in robin.get(f"{bench}/steg").text


def test_pauses_hold_back_reminders_of_that_wheel_only(db, kim):
    bench = begin(kim)
    answer = rewrite(kim, bench, {"name": "Vårt hjul", "pauses": "1/7–31/7, 1/10–10/10"})
    add(kim, bench)

    assert answer.status_code == 303
    assert "Datumet ligger i ett uppehåll." in kim.get(bench).text
    assert rewrite(kim, bench, {"name": "", "pauses": "hela året"}).status_code == 422


def test_every_kind_of_wheel_is_copied_with_its_pauses(db, kim, school):
    begin(kim, kind="programme", name="Likvärdig skola")
    budget = begin(kim, kind="budget", name="Budget")
    add(kim, budget, name="Bokslut", day="15", month="2")
    rewrite(kim, budget, {"name": "Budget", "pauses": "20/12–6/1"})

    kim.post(f"{YEAR}/kopiera")
    again = kim.post(f"{YEAR}/kopiera")

    with db.as_owner() as session:
        rows = session.execute(
            select(AnnualCycle.kind, AnnualCycle.school_year, AnnualCycle.pauses)
            .where(AnnualCycle.copied_from_id.is_not(None))
            .order_by(AnnualCycle.kind)
        ).all()
        dues = session.scalars(select(CycleStep.due).order_by(CycleStep.due)).all()
    assert [tuple(row) for row in rows] == [
        ("budget", 2028, ["12-20/01-06"]),
        ("programme", 2027, ["07-01/07-31"]),
    ]
    assert list(dues) == [date(2027, 2, 15), date(2028, 2, 15)]
    assert "0 årshjul" in kim.get(again.headers["location"]).text
