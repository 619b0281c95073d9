"""What was told of a day that no longer holds is taken back, where nobody has read it yet."""

from datetime import date

import pytest
from sqlalchemy import select
from tests.lindasa import Lindasa, at

from ska.cycle.models import Reminder
from ska.notices.mail import Folder
from ska.notices.models import Notice
from ska.scheduler import Scheduler

MOVED, READ = "Björkbacka skola", "Åby byskola"


@pytest.fixture
def lindasa(db):
    return Lindasa()


@pytest.fixture
def clock(db, tmp_path, lindasa):
    db.clock.now = at(date(2026, 8, 10))
    scheduler = Scheduler(db.engine, db.settings, db.clock, Folder(tmp_path))
    scheduler.plan()
    return scheduler


def told(db):
    """Return what stands in the app, by the place it is about."""
    with db.as_owner() as session:
        found = session.scalars(select(Notice).order_by(Notice.id)).all()
    return [(one.title.split(", ")[1], one.text) for one in found]


def page(lindasa, place):
    return f"/lindasa/2026-27/arshjul/steg/{lindasa.steps[place].id}"


@pytest.mark.parametrize(
    ("act", "form"),
    [("flytta", {"due": "2026-09-30", "because": "Ny rektor"}), ("stryk", {})],
)
def test_a_step_that_is_moved_or_struck_is_not_told_of_as_before(db, lindasa, clock, act, form):
    assert len(told(db)) == 5
    lead = db.browse(lindasa.person("Kim Lead", "quality_lead"))

    assert lead.post(f"{page(lindasa, MOVED)}/{act}", form).status_code == 303

    assert MOVED not in dict(told(db))
    assert len(told(db)) == 4
    with db.as_owner() as session:
        assert len(session.scalars(select(Reminder)).all()) == 5  # the log keeps what went out


def test_what_is_read_stays_and_the_new_day_is_told_of_in_its_time(db, lindasa, clock):
    with db.as_owner() as session:
        session.scalars(
            select(Notice).where(Notice.title.contains(READ))
        ).one().read_at = db.clock()
    lead = db.browse(lindasa.person("Kim Lead", "quality_lead"))
    for place in (MOVED, READ):
        form = {"due": "2026-09-30", "because": "Ny rektor"}
        assert lead.post(f"{page(lindasa, place)}/flytta", form).status_code == 303

    assert dict(told(db))[READ] == "Klart senast 31 augusti 2026."
    db.clock.now = at(date(2026, 9, 9))
    clock.plan()

    new = "Klart senast 30 september 2026."
    assert [day for place, day in told(db) if place == MOVED] == [new]
    assert [day for place, day in told(db) if place == READ][-1] == new
