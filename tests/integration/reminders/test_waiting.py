"""What waits is asked once for all huvudmän, and only where it waits is anything done."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, text
from tests.lindasa import Lindasa, at
from tests.reminder_oracle import settle
from tests.smtp import mail_server

from ska import scheduler
from ska.core.school_year import SchoolYear
from ska.cycle.models import Reminder
from ska.notices.mail import Folder, Smtp
from ska.scheduler import Errand, Scheduler

TELLS, TUESDAY, SATURDAY = date(2026, 8, 10), date(2026, 8, 11), date(2026, 8, 15)


@pytest.fixture
def clock(db, tmp_path):
    db.clock.now = at(TELLS)
    return Scheduler(db.engine, db.settings, db.clock, Folder(tmp_path))


@pytest.mark.parametrize("day", [TUESDAY, SATURDAY])
def test_where_nothing_waits_more_huvudmen_ask_nothing_more(db, clock, statements, day):
    asked = []
    for number in range(3):
        settle(db, number, SchoolYear(2026), 1)
        db.clock.now = at(day)
        for _ in range(2):  # the second time all is told
            statements.clear()
            clock.plan()
            clock.send()
        asked.append(len(statements))

    assert len(set(asked)) == 1
    assert asked[0] < 20


def fail(session, *_args, **_named):
    session.execute(text("SELECT 1 / 0"))


def test_an_errand_that_cannot_be_asked_for_keeps_no_other_from_being_done(db, clock, monkeypatch):
    Lindasa()
    done = []

    def act(_session, organizer_id, **_named):
        done.append(organizer_id)

    def all_in_scope(session, _now):
        return session.scope.readable

    broken = (Errand(act, (fail,)), Errand(fail, (all_in_scope,)), Errand(act, (all_in_scope,)))
    monkeypatch.setattr(scheduler, "ERRANDS", broken)

    assert len(clock.plan()) == 1
    assert len(done) == 1
    with db.as_owner() as session:
        assert len(session.scalars(select(Reminder)).all()) == 5


def test_where_it_waits_is_asked_without_a_right_to_write(db, clock, monkeypatch):
    lindasa = Lindasa()
    seen = []

    def ask(session, _now):
        seen.append(session.scalar(text("SELECT current_setting('app.organizer', true)")))
        return {lindasa.organizer.id, lindasa.director.id}  # the second is no huvudman

    def act(session, organizer_id, **_named):
        assert session.scope.readable == {organizer_id} == {lindasa.organizer.id}

    monkeypatch.setattr(scheduler, "ERRANDS", (Errand(act, (ask,)),))
    clock.plan()

    assert seen == [""]


def test_the_mails_of_a_round_share_a_connection_and_one_that_falls_costs_one_mail_a_delay(
    db, clock
):
    Lindasa()
    clock.plan()
    with mail_server() as server:
        clock.postman = Smtp(server.url)
        server.patience = 2
        assert clock.send() == 4
        assert server.greeted == 2
        db.clock.now += timedelta(minutes=3)
        assert clock.send() == 1
        assert server.greeted == 3

    assert len({str(one["Message-ID"]) for one in server.taken}) == 5
