"""The log of who has read a copy grows by days and persons, and loses nobody."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import ProgrammingError
from tests.factories.story_2 import ITEM, STORY_2_DAY, share_all, story_2

from ska.db.session import Scope
from ska.notices.mail import Folder
from ska.scheduler import Scheduler
from ska.sharing.models import LOGGED_APART, ShareViewing

NETWORK = "/ekhult/natverk/natverk-mellanslatt"
MONTH = timedelta(days=LOGGED_APART + 2)


@pytest.fixture
def made(db):
    """Return the network, where Lindåsa has read thrice one day and twice the next."""
    db.clock.now = STORY_2_DAY
    found = story_2()
    share_all(db, found, ("Ekhult", "Lindåsa"))
    for times in (3, 2):
        for _time in range(times):
            read(db, found)
        db.clock.now += timedelta(days=1)
    return found


@pytest.fixture
def clock(db, made, tmp_path):
    return Scheduler(db.engine, db.settings, db.clock, Folder(tmp_path))


def read(db, made):
    page = f"/lindasa/jamfor?vad={ITEM}&vilka=natverk:natverk-mellanslatt"
    assert db.browse(made["Lindåsa"][1]).get(page).status_code == 200


def told(db, made):
    """Return what who shares sees of who has read."""
    page = db.browse(made["Ekhult"][1]).get(NETWORK).text
    return re.findall(r"<li>[^<]*Kim i Lindåsa.*?</li>", page, re.S)


def kept(db):
    rows = select(ShareViewing.viewed_on, ShareViewing.times, ShareViewing.person_name)
    with db.as_owner() as session:
        return [tuple(one) for one in session.execute(rows.order_by(ShareViewing.viewed_on))]


def test_after_a_month_each_day_is_a_row_and_tells_the_same(db, made, clock):
    before = told(db, made)
    assert len(before) == 1
    assert "5" in before[0]
    clock.plan()
    assert [times for _day, times, _name in kept(db)] == [1, 1, 1, 1, 1]

    db.clock.now += MONTH
    read(db, made)
    later = told(db, made)
    clock.plan()
    clock.plan()

    first = STORY_2_DAY.date()
    who = "Kim i Lindåsa"
    assert kept(db) == [
        (first, 3, who),
        (first + timedelta(days=1), 2, who),
        (db.clock.now.date(), 1, who),
    ]
    assert told(db, made) == later
    assert "6" in later[0]


def test_a_day_that_is_gathered_is_not_asked_for_again(db, made, clock, statements):
    db.clock.now += MONTH
    clock.plan()
    statements.clear()
    clock.plan()

    assert not any("gather_viewings" in one for one in statements)


def test_only_the_database_makes_the_log_shorter_and_only_ones_own(db, made):
    ekhult, lindasa = made["Ekhult"][0], made["Lindåsa"][0]
    here = Scope(frozenset({ekhult.id}), ekhult.id)
    for forbidden in (delete(ShareViewing), update(ShareViewing).values(times=9)):
        with db.session(here) as session, pytest.raises(ProgrammingError, match="permission"):
            session.execute(forbidden)
    late = date(2027, 1, 1)
    there = Scope(frozenset({lindasa.id, ekhult.id}), lindasa.id)
    with db.session(there) as session:
        assert session.scalar(select(func.gather_viewings(ekhult.id, late))) == 0
        session.commit()
    assert len(kept(db)) == 5
