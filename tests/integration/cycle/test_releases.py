"""Steps that wait for figures: they follow the day that the source names, and never jump back."""

from datetime import date

import pytest
from sqlalchemy import select, text, update
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.organizers import OrganizerFactory
from tests.lindasa import at
from tests.wheels import rewrite

from ska.access import Role
from ska.cycle.dates import USUAL_RELEASE
from ska.cycle.models import CycleStep
from ska.notices.mail import Folder
from ska.scheduler import Scheduler
from ska.values.models import Measure

YEAR = "/ekhult/2026-27/arshjul"
READ = {
    "name": "Läs betygen",
    "level": "organizer",
    "phase": "Var är vi?",
    "responsible": "quality_lead",
    "artefact": "values",
    "rule": "release",
    "publication": "betyg-ak9",
    "working_days": "5",
    "lead_days": "7",
}
TELL = {**READ, "name": "Berätta", "rule": "after_step", "step": "las-betygen"}


@pytest.fixture
def kim(db):
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=OrganizerFactory(), role=Role.QUALITY_LEAD)
    return db.browse(person)


@pytest.fixture
def wheel(db, kim):
    made = kim.post(f"{YEAR}/nytt", {"kind": "organizer", "name": "Vårt"}).headers["location"]
    kim.post(f"{made}/steg", READ)
    kim.post(f"{made}/steg", TELL)
    return made


def named(db, day):
    """Let Kolada name the day of the next values."""
    with db.as_owner() as session:
        if session.scalar(select(Measure.id).where(Measure.code == "N15418")) is None:
            session.add(Measure(source="kolada", code="N15418", title="Betyg"))
            session.flush()
        told = update(Measure).where(Measure.code == "N15418")
        session.execute(told.values(next_publication=day and day.isoformat()))


def tick(db, tmp_path):
    Scheduler(db.engine, db.settings, db.clock, Folder(tmp_path)).plan()


def dues(db):
    with db.as_owner() as session:
        steps = session.scalars(select(CycleStep)).all()
    return {one.key: (one.due, one.review, one.counts_from) for one in steps}


def test_a_named_day_moves_the_step_and_all_that_counts_from_it(db, wheel, tmp_path):
    usual = dues(db)
    db.clock.now = at(date(2026, 9, 7))
    named(db, date(2026, 10, 2))
    tick(db, tmp_path)
    moved = dues(db)

    assert usual["las-betygen"][:2] == (date(2026, 10, 2), [USUAL_RELEASE])
    assert usual["beratta"][0] == date(2026, 10, 9)
    assert moved["las-betygen"] == (date(2026, 10, 9), [], date(2026, 9, 7))
    assert moved["beratta"][0] == date(2026, 10, 16)


def test_a_day_that_the_source_forgets_when_it_has_passed_moves_nothing(db, wheel, tmp_path):
    named(db, date(2026, 10, 2))
    tick(db, tmp_path)
    db.clock.now = at(date(2026, 10, 5))
    named(db, date(2027, 9, 24))
    tick(db, tmp_path)

    assert dues(db)["las-betygen"][0] == date(2026, 10, 9)
    assert dues(db)["beratta"][0] == date(2026, 10, 16)


def test_a_step_moved_by_hand_or_done_does_not_follow(db, kim, wheel, tmp_path):
    with db.as_owner() as session:
        step = session.scalar(select(CycleStep.id).where(CycleStep.key == "las-betygen"))
    kim.post(f"{YEAR}/steg/{step}/flytta", {"due": "2026-10-06", "because": "Ledningsmötet"})
    named(db, date(2026, 10, 16))
    tick(db, tmp_path)

    assert dues(db)["las-betygen"][0] == date(2026, 10, 6)
    assert dues(db)["beratta"][0] == date(2026, 10, 13)


def test_ticks_without_a_moved_day_change_no_row(db, wheel, tmp_path):
    named(db, date(2026, 10, 2))
    tick(db, tmp_path)
    query = text("SELECT id, sequence, xmin::text FROM cycle_step ORDER BY id")
    with db.as_owner() as session:
        before = session.execute(query).all()
    tick(db, tmp_path)
    with db.as_owner() as session:
        assert session.execute(query).all() == before


def test_reminders_wait_in_a_pause_of_the_wheel_and_go_out_after_it(db, kim, wheel, tmp_path):
    rewrite(kim, wheel, {"name": "Vårt", "pauses": "24/9–29/9"})
    sent = text("SELECT DISTINCT sent_on FROM reminder ORDER BY 1")
    for day in (25, 28, 29, 30):
        db.clock.now = at(date(2026, 9, day))
        tick(db, tmp_path)
    with db.as_owner() as session:
        assert list(session.scalars(sent)) == [date(2026, 9, 30)]
