"""Fetches from the page and the calendar: a row is left, a worker runs it, once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.fetching import FetchFactory
from tests.factories.framework import load_shipped
from tests.factories.indicator_values import value
from tests.factories.organizers import OrganizerFactory
from tests.factories.shelves import store_values
from tests.fetching_child import polite_to, settings_for, smaller
from tests.recorded import Recorded, serving
from tests.sources import HJO, HJO_NUMBER, Sources

from ska.access import Role
from ska.fetching import queue, services
from ska.fetching.plan import core_measures
from ska.scheduler import Scheduler

PATH = "/hjo/resultat/hamta"
FEW = core_measures()[:3]


@pytest.fixture
def hjo(db):
    return OrganizerFactory(
        name="Hjo", slug="hjo", municipality_code=HJO, organisation_number=HJO_NUMBER
    )


@pytest.fixture
def kim(db, hjo):
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=hjo)
    return person


@pytest.fixture
def sources(monkeypatch, db, tmp_path):
    whole = services.make_plan
    monkeypatch.setattr(
        services,
        "make_plan",
        lambda *asked: replace(smaller(whole(*asked)), measures=FEW),
    )
    with serving(Recorded(Sources(FEW))) as server:
        db.settings = settings_for(server.base, tmp_path).model_copy(update={"fetch": True})
        yield server


def tick(db, hjo, server):
    return queue.tick(db.owner, db.settings, [hjo.id], db.clock, lambda: polite_to(server.base))


def states(db):
    with db.owner.begin() as connection:
        return connection.execute(text("SELECT key, state FROM fetch_run ORDER BY id")).fetchall()


def test_the_page_asks_the_worker_runs_and_the_page_tells(db, hjo, kim, sources):
    browse = db.browse(kim)

    empty = browse.get(PATH)
    asked = browse.post(PATH)
    waiting = browse.get(asked.headers["location"])
    twice = browse.post(PATH)
    refused = browse.get(twice.headers["location"])
    ran = tick(db, hjo, sources)
    done = browse.get(PATH)
    idle = tick(db, hjo, sources)

    assert "Här ser ni vad som har hämtats" in empty.text
    assert "Hämta nu" in empty.text
    assert "väntar" in waiting.text
    assert "En hämtning pågår redan." in refused.text
    assert (ran, idle) == (1, 0)
    assert "Allt som efterfrågades har kommit." in done.text
    assert "Nytt i Skolverkets tabell" in done.text
    assert "25 september 2027" in done.text or "25 september 2026" in done.text
    assert [state for _key, state in states(db)] == ["done"]


def test_what_is_missing_stands_on_the_page_and_in_the_api(db, hjo, kim, sources):
    sources.stubborn = frozenset({"salsa"})
    browse = db.browse(kim)
    made = browse.api("POST", "/api/v1/organizers/hjo/fetches", json={})
    again = browse.api("POST", "/api/v1/organizers/hjo/fetches", json={})
    tick(db, hjo, sources)

    page = browse.get(PATH)
    (row,) = browse.api("GET", "/api/v1/organizers/hjo/fetches").json()

    assert (made.status_code, again.status_code) == (201, 409)
    assert "Det här saknas" in page.text
    assert "allt kom inte" in page.text
    assert row["state"] == "incomplete"
    assert row["account"]["missing"][0]["source"] == "planned_educations"


def test_without_the_setting_the_page_tells_the_command(db, hjo, kim):
    browse = db.browse(kim)

    page = browse.get(PATH)
    refused = browse.get(browse.post(PATH).headers["location"])

    assert "ska fetch --organizer 1497" in page.text
    assert "Hämta nu" not in page.text
    assert "inte påslagen" in refused.text


def test_a_teacher_may_not_fetch(db, hjo):
    teacher = PersonFactory()
    RoleAssignmentFactory(person=teacher, organizer=hjo, role=Role.TEACHER)

    assert db.browse(teacher).get(PATH).status_code == 403


def test_the_calendar_asks_once_for_each_publication(db, hjo, kim, sources):
    assert queue.plan_due(db.owner, hjo.id, db.clock().date()) == 0  # nobody has fetched yet
    db.browse(kim).post(PATH)
    tick(db, hjo, sources)
    db.clock.now += timedelta(days=23)  # past the grades of year 9

    planned = [queue.plan_due(db.owner, hjo.id, db.clock().date()) for _again in range(3)]
    ran = tick(db, hjo, sources)

    assert planned == [2, 0, 0]
    assert ran == 1
    assert {key for key, _state in states(db)[1:]} == {
        "betyg-ak9 2026-09-25",
        "kolada 2026-09-25",  # the day that Kolada itself names for what it gave
    }


def test_the_scheduler_wakes_the_worker(db, hjo, kim, sources, monkeypatch):
    db.browse(kim).post(PATH)
    monkeypatch.setattr(queue, "Polite", lambda _manners: polite_to(sources.base))

    scheduler = Scheduler(db.engine, db.settings, db.clock, postman=object())

    assert scheduler.fetch(db.owner) == 1
    assert states(db)[0][1] == "done"


def test_two_workers_run_a_fetch_once_and_a_killed_ones_row_is_taken_up(db, hjo, kim, sources):
    db.browse(kim).post(PATH)
    with db.owner.connect() as other:
        key = {"one": services.LOCK, "two": hjo.id.int % 2**31}
        other.execute(text("SELECT pg_advisory_lock(:one, :two)"), key)
        during = tick(db, hjo, sources)
        with db.owner.begin() as connection:
            connection.execute(text("UPDATE fetch_run SET state = 'running'"))
        other.execute(text("SELECT pg_advisory_unlock(:one, :two)"), key)
        other.rollback()

    after = tick(db, hjo, sources)

    assert (during, after) == (0, 1)
    assert states(db)[0][1] == "done"


def test_an_error_in_the_worker_is_told_and_not_tried_for_ever(db, hjo, kim, sources, monkeypatch):
    def broken(*_asked, **_more):
        raise RuntimeError("boom")

    db.browse(kim).post(PATH)
    monkeypatch.setattr(queue, "fetch_live", broken)

    assert tick(db, hjo, sources) == 1
    assert tick(db, hjo, sources) == 0
    assert "avbröts av ett fel" in db.browse(kim).get(PATH).text


def test_a_proposal_becomes_an_own_indicator_tied_to_its_sub_goal(db, hjo, kim):
    load_shipped()
    FetchFactory(organizer=hjo)
    browse = db.browse(kim)
    labels = ["Delmål 1: Andel (%) som ingen hört talas om", "Delmål 1: Påhittat"]

    done = browse.post(f"{PATH}/forslag", {"label": labels})
    told = browse.get(done.headers["location"])
    again = browse.post(f"{PATH}/forslag", {"label": labels[0]})

    assert "Tillagt" in told.text
    assert again.status_code == 303
    with db.owner.begin() as connection:
        indicators = connection.execute(text("SELECT name, unit FROM local_indicator")).fetchall()
        ties = connection.scalars(text("SELECT item_id FROM local_tie")).all()
    assert indicators == [("Andel (%) som ingen hört talas om", "%")]
    assert [one.endswith("/gr-1") for one in ties] == [True]


def test_an_accepted_proposal_shows_the_published_series(db, hjo, kim):
    load_shipped()
    FetchFactory(organizer=hjo)
    label = "Delmål 1: Andel (%) som ingen hört talas om"
    hjos = {"area_code": HJO_NUMBER, "area": "Hjo", "organizer_number": HJO_NUMBER}
    store_values(value("2024/25", 61.7, measure=f"Tabell | {label}", title=label, **hjos))
    browse = db.browse(kim)
    browse.post(f"{PATH}/forslag", {"label": label})
    with db.owner.begin() as connection:
        indicator = connection.scalar(text("SELECT id FROM local_indicator"))

    page = browse.get(f"/hjo/resultat/egen-{indicator}")
    assert page.status_code == 200
    assert "61,7" in page.text
