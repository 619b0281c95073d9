"""A wheel of one's own: begun, filled, changed, struck."""

import re
from datetime import date

import pytest
from tests.factories.cycle import AnnualCycleFactory, CycleStepFactory
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory
from tests.versions import seen
from tests.wheels import API, STEP, YEAR, add, begin, person_in, rewrite, steps_of

from ska.access import Role
from ska.cycle.dates import FOLLOWS_STRUCK


@pytest.fixture
def ekhult(db):
    return OrganizerFactory()


@pytest.fixture
def school(db, ekhult):
    return SchoolUnitFactory(organizer=ekhult)


@pytest.fixture
def kim(db, ekhult, school):
    return db.browse(person_in(ekhult, Role.QUALITY_LEAD))


def test_what_follows_a_changed_step_moves_with_it(db, kim):
    bench = begin(kim)
    add(kim, bench)
    add(kim, bench, name="Berätta", rule="after_step", step="las-betygen", working_days="5")
    step = steps_of(db, bench)["las-betygen"]

    shown = kim.post(f"{YEAR}/steg/{step.id}/forhandsgranska", {**STEP, "day": "19"})
    before = steps_of(db, bench)["beratta"].due
    rewrite(kim, f"{YEAR}/steg/{step.id}/andra", {**STEP, "day": "19"})
    ring = rewrite(
        kim, f"{YEAR}/steg/{step.id}/andra", {**STEP, "rule": "after_step", "step": "beratta"}
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

    rewrite(kim, f"{YEAR}/steg/{step.id}/andra", {**STEP, "name": "Läs betygen noga"})
    kept = steps_of(db, bench)["las-betygen"]
    rewrite(kim, f"{YEAR}/steg/{step.id}/andra", {**STEP, "day": "20"})
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

    feed = kim.api("POST", f"{API}/calendar-feeds", json={}).json()["address"]
    calendar = "/kalender/" + feed.rpartition("/")[2]
    kim.post(f"{address}/stryk")
    cancelled = db.browse().get(calendar).text
    listed = kim.get(YEAR).text
    done = kim.post(f"{address}/klart")
    said = steps_of(db, bench)["beratta"].review
    kim.post(f"{address}/ta-tillbaka", {"till": "hjul"})

    assert cancelled.count("STATUS:CANCELLED") == 1
    assert "CANCELLED" not in db.browse().get(calendar).text
    assert "Läs betygen</a></h3>" not in listed
    assert done.status_code == 422
    assert "Steget är struket." in done.text
    assert said == [FOLLOWS_STRUCK]
    assert steps_of(db, bench)["beratta"].review == []
    assert steps_of(db, bench)["las-betygen"].struck_on is None


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


def test_two_who_change_a_step_at_once_lose_nothing(db, ekhult, kim):
    bench = begin(kim)
    add(kim, bench)
    at = f"{YEAR}/steg/{steps_of(db, bench)['las-betygen'].id}/andra"
    lo = db.browse(person_in(ekhult, Role.QUALITY_LEAD))
    read = re.search(r'name="seen" value="(\d+)"', lo.get(at).text)[1]

    rewrite(kim, at, {**STEP, "name": "Läs betygen i juni"})
    late = lo.post(at, {**STEP, "name": "Läs betygen tillsammans", "seen": read})
    told = re.search(r'name="seen" value="(\d+)"', late.text)[1]
    again = lo.post(at, {**STEP, "name": "Läs betygen tillsammans", "seen": told})

    assert late.status_code == 422
    assert "Nu heter det ”Läs betygen i juni”" in late.text
    assert 'value="Läs betygen tillsammans"' in late.text
    assert again.status_code == 303
    assert steps_of(db, bench)["las-betygen"].name == "Läs betygen tillsammans"


def test_two_who_rename_a_wheel_at_once_lose_nothing(db, ekhult, kim):
    bench = begin(kim)
    lo = db.browse(person_in(ekhult, Role.QUALITY_LEAD))
    read = re.search(r'name="seen" value="(\w+)"', lo.get(bench).text)[1]

    rewrite(kim, bench, {"name": "Kims hjul", "pauses": ""})
    late = lo.post(bench, {"name": "Los hjul", "pauses": "", "seen": read})

    assert late.status_code == 422
    assert "Nu heter det ”Kims hjul”" in late.text
    assert 'value="Los hjul"' in late.text
    assert rewrite(lo, bench, {"name": "Los hjul", "pauses": ""}).status_code == 303
