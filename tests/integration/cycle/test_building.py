"""Wheels of one's own: begun, filled, changed, struck, several at once, copied."""

from datetime import date

import pytest
from sqlalchemy import select
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.cycle import AnnualCycleFactory, CycleStepFactory
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory
from tests.versions import seen

from ska.access import Role
from ska.cycle.dates import FOLLOWS_STRUCK
from ska.cycle.models import AnnualCycle, CycleStep

YEAR = "/ekhult/2026-27/arshjul"
API = "/api/v1/organizers/ekhult"
STEP = {
    "name": "Läs betygen",
    "level": "organizer",
    "phase": "Period 1",
    "responsible": "quality_lead",
    "artefact": "values",
    "rule": "by_date",
    "day": "5",
    "month": "10",
    "lead_days": "21, 7",
}


@pytest.fixture
def ekhult(db):
    return OrganizerFactory()


@pytest.fixture
def school(db, ekhult):
    return SchoolUnitFactory(organizer=ekhult)


def person_in(ekhult, role, unit=None):
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=ekhult, role=role, unit=unit)
    return person


@pytest.fixture
def kim(db, ekhult, school):
    return db.browse(person_in(ekhult, Role.QUALITY_LEAD))


def begin(browse, **form):
    asked = {"kind": "organizer", "name": "Vårt hjul", "begin_with": "", **form}
    answer = browse.post(f"{YEAR}/nytt", asked)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def steps_of(db, bench):
    with db.as_owner() as session:
        query = select(CycleStep).where(CycleStep.cycle_id == bench.rsplit("/", 1)[1])
        return {one.key: one for one in session.scalars(query.order_by(CycleStep.due))}


def add(browse, bench, **form):
    answer = browse.post(f"{bench}/steg", {**STEP, **form})
    assert answer.status_code == 303, answer.text


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


def test_a_step_of_a_budgets_autumn_has_its_page_in_its_own_year(db, kim):
    budget = begin(kim, kind="budget", name="Budget")
    add(kim, budget, name="Delårsbokslut", day="31", month="8")
    (step,) = steps_of(db, budget).values()

    assert kim.get(f"/ekhult/2027-28/arshjul/steg/{step.id}").status_code == 200
    assert kim.get(f"{YEAR}/steg/{step.id}").status_code == 404


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


def test_what_follows_a_changed_step_moves_with_it(db, kim):
    bench = begin(kim)
    add(kim, bench)
    add(kim, bench, name="Berätta", rule="after_step", step="las-betygen", working_days="5")
    step = steps_of(db, bench)["las-betygen"]

    shown = kim.post(f"{YEAR}/steg/{step.id}/forhandsgranska", {**STEP, "day": "19"})
    before = steps_of(db, bench)["beratta"].due
    kim.post(f"{YEAR}/steg/{step.id}/andra", {**STEP, "day": "19"})
    ring = kim.post(
        f"{YEAR}/steg/{step.id}/andra", {**STEP, "rule": "after_step", "step": "beratta"}
    )

    assert "Då flyttas också:" in shown.text
    assert "Berätta till 26 oktober 2026" in shown.text
    assert before == date(2026, 10, 12)
    assert steps_of(db, bench)["beratta"].due == date(2026, 10, 26)
    assert ring.status_code == 422
    assert "Då väntar stegen på varandra." in ring.text


def test_a_changed_rule_takes_a_move_by_hand_away_and_other_words_do_not(db, kim):
    bench = begin(kim)
    add(kim, bench)
    step = steps_of(db, bench)["las-betygen"]
    kim.post(f"{YEAR}/steg/{step.id}/flytta", {"due": "2026-10-12", "because": "Sent i år"})

    kim.post(f"{YEAR}/steg/{step.id}/andra", {**STEP, "name": "Läs betygen noga"})
    kept = steps_of(db, bench)["las-betygen"]
    kim.post(f"{YEAR}/steg/{step.id}/andra", {**STEP, "day": "20"})
    ruled = steps_of(db, bench)["las-betygen"]

    assert (kept.name, kept.due, kept.moved_because) == (
        "Läs betygen noga",
        date(2026, 10, 12),
        "Sent i år",
    )
    assert (ruled.due, ruled.moved_because) == (date(2026, 10, 20), None)


def test_a_struck_step_is_out_until_it_is_taken_back(db, kim):
    bench = begin(kim)
    add(kim, bench)
    add(kim, bench, name="Berätta", rule="after_step", step="las-betygen", working_days="5")
    address = f"{YEAR}/steg/{steps_of(db, bench)['las-betygen'].id}"

    kim.post(f"{address}/stryk")
    listed = kim.get(YEAR).text
    done = kim.post(f"{address}/klart")
    said = steps_of(db, bench)["beratta"].review
    kim.post(f"{address}/ta-tillbaka", {"till": "hjul"})

    assert "Läs betygen</a></h3>" not in listed
    assert done.status_code == 422
    assert "Steget är struket." in done.text
    assert said == [FOLLOWS_STRUCK]
    assert steps_of(db, bench)["beratta"].review == []
    assert steps_of(db, bench)["las-betygen"].struck_on is None


def test_two_units_with_a_rule_of_their_own_keep_it_when_the_board_moves(db, ekhult, kim, school):
    other = SchoolUnitFactory(organizer=ekhult, name="Norra skolan")
    kim.post(YEAR, {"wheels": "both"})
    with db.as_owner() as session:
        query = select(CycleStep).where(CycleStep.key == "enhetsanalys")
        mine = session.scalar(query.where(CycleStep.unit_id == school.id))
    form = {**STEP, "name": "Enhetsanalys klar", "level": "unit", "day": "10", "month": "9"}
    kim.post(f"{YEAR}/steg/{mine.id}/andra", form)
    kim.post(f"{YEAR}/namndmoten", {"day": "2026-12-17"})

    with db.as_owner() as session:
        dues = dict(
            session.execute(query.with_only_columns(CycleStep.unit_id, CycleStep.due)).all()
        )
    assert dues == {school.id: date(2026, 9, 10), other.id: date(2026, 8, 31)}


def test_a_rektor_builds_the_own_units_wheel_only(db, ekhult, kim, school):
    whole = begin(kim)
    other = SchoolUnitFactory(organizer=ekhult, name="Norra skolan")
    foreign = begin(kim, kind="unit", name="Norra", unit_id=str(other.id))
    robin = db.browse(person_in(ekhult, Role.PRINCIPAL, school))

    assert robin.get(whole).status_code == 404
    assert robin.get(foreign).status_code == 404
    assert robin.post(f"{whole}/steg", STEP).status_code == 404
    refused = robin.post(f"{YEAR}/nytt", {"kind": "organizer", "name": "Mitt"})
    assert refused.status_code == 403
    own = begin(robin, kind="unit", name="Vår skola", unit_id=str(school.id))
    add(robin, own, level="unit")
    assert len(steps_of(db, own)) == 1


def test_pauses_hold_back_reminders_of_that_wheel_only(db, kim):
    bench = begin(kim)
    answer = kim.post(bench, {"name": "Vårt hjul", "pauses": "1/7–31/7, 1/10–10/10"})
    add(kim, bench)

    assert answer.status_code == 303
    assert "Datumet ligger i ett uppehåll." in kim.get(bench).text
    assert kim.post(bench, {"name": "", "pauses": "hela året"}).status_code == 422


def test_every_kind_of_wheel_is_copied_with_its_pauses(db, kim, school):
    begin(kim, kind="programme", name="Likvärdig skola")
    budget = begin(kim, kind="budget", name="Budget")
    add(kim, budget, name="Bokslut", day="15", month="2")
    kim.post(budget, {"name": "Budget", "pauses": "20/12–6/1"})

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


def test_the_bench_asks_few_questions_however_many_steps(db, ekhult, kim, statements):
    cycle = AnnualCycleFactory(organizer=ekhult)
    CycleStepFactory(cycle=cycle, level="organizer")
    path = f"{YEAR}/hjul/{cycle.id}"
    statements.clear()
    kim.get(path)
    few = len(statements)
    for number in range(30):
        CycleStepFactory(cycle=cycle, level="organizer", key=f"steg-{number}")
    statements.clear()
    kim.get(path)

    assert len(statements) == few <= 6


def test_programs_build_the_same_wheel(db, kim):
    made = kim.api(
        "POST", f"{API}/years/2026-27/wheels/own", json={"kind": "organizer", "name": "H"}
    )
    wheel = made.json()
    at = f"{API}/wheels/{wheel['id']}"
    step = kim.api("POST", f"{at}/steps", json={**STEP, "day": 5, "month": 10, "hours": 6})
    lacks = kim.api("POST", f"{at}/steps", json={**STEP, "rule": "weeks"})
    wrong = kim.api("POST", f"{at}/steps", json={**STEP, "rule": "after_step", "step": "finns-ej"})
    one = f"{API}/steps/{step.json()['id']}"
    form = {**STEP, "day": 20}
    blind = kim.api("PUT", f"{one}/definition", json=form)
    changed = kim.api("PUT", f"{one}/definition", json=form, headers=seen(step.json()["version"]))
    struck = kim.api("POST", f"{one}/strike", json={}, headers=seen(changed.json()["version"]))
    back = kim.api("POST", f"{one}/restore", json={}, headers=seen(struck.json()["version"]))
    named = kim.api(
        "PUT",
        f"{at}/settings",
        json={"name": "Vårt", "pauses": ["12-20/01-06"]},
        headers=seen(wheel["version"]),
    )
    copy = kim.api("POST", f"{at}/copy", json={})

    assert (made.status_code, step.status_code) == (201, 201)
    assert (step.json()["due"], step.json()["hours"]) == ("2026-10-05", 6)
    assert {one["name"] for one in lacks.json()["invalid-params"]} == {"first_week", "last_week"}
    assert wrong.status_code == 422
    assert wrong.json()["invalid-params"][0]["name"] == "step"
    assert blind.status_code == 428
    assert changed.json()["due"] == "2026-10-20"
    assert (struck.json()["struck_on"], back.json()["struck_on"]) == ("2026-09-04", None)
    assert named.json()["name"] == "Vårt"
    assert copy.json()["year"] == "2027/28"
    assert [one["name"] for one in kim.api("GET", f"{at}/steps").json()] == ["Läs betygen"]
