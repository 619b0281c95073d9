"""A whole school year, day by day, against an oracle that was written without looking."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from tests.lindasa import at
from tests.reminder_oracle import acting, oracle, settle, working_days_from
from tests.sizes import size

from ska.core.school_year import SchoolYear
from ska.cycle.board import add_board_date, remove_board_date
from ska.cycle.models import BoardDate, CycleStep, Reminder
from ska.notices.mail import Postman
from ska.notices.models import OutboxMail
from ska.scheduler import Scheduler

ORGANIZERS, UNITS = size(2, 290), size(2, 6)


def finishing(steps):
    """Return the days on which every third step will be done, most of them in time."""
    ordered = sorted(steps, key=lambda one: (one.due, one.key, str(one.id)))
    days = {
        step.id: step.due - timedelta(days=index % 40)
        for index, step in enumerate(ordered)
        if index % 3 == 0
    }
    return {
        day: [one for one, on in days.items() if on == day] for day in sorted(set(days.values()))
    }


def meet(db, organizer, day, meetings):
    """Let the nämnd meet on these days and no others, as decided on *day*."""
    with acting(db, organizer) as (session, actor):
        known = {one.day: one for one in session.scalars(select(BoardDate))}
        for old in known.keys() - set(meetings):
            remove_board_date(session, actor, meeting=known[old], today=day)
        for new in set(meetings) - known.keys():
            add_board_date(
                session, actor, organizer_id=organizer.id, day=new, name="Nämnd", today=day
            )


def finish(db, keys, day):
    """Note that these steps were done on the day."""
    with db.as_owner() as session:
        for step in session.scalars(select(CycleStep).where(CycleStep.id.in_(keys))):
            step.done_on = day


def note_due_dates(db, decided, day):
    """Write down the due dates that have been decided since the last time."""
    with db.as_owner() as session:
        for key, due, counts_from in session.execute(
            select(CycleStep.id, CycleStep.due, CycleStep.counts_from)
        ):
            history = decided.setdefault(key, [])
            if not history or history[-1][1] != due:
                assert counts_from == day
                history.append((day, due))


def follows_board(steps, meeting):
    """Check the steps around the nämnd's meeting by counting days, not by the product's rules.

    What was done before the meeting was moved keeps the day that it had.
    """
    expected = {
        "kvalitetsrapport": working_days_from(meeting, -10),
        "namnden-behandlar": meeting,
        "aterkoppling": min(working_days_from(meeting, 10), date(meeting.year, 12, 22)),
    }
    dues = {step.key: step.due for step in steps if step.key in expected and not step.done_on}
    assert dues == {key: day for key, day in expected.items() if key in dues}


class Quiet(Postman):
    """A postman that counts."""

    def __init__(self):
        self.keys = []

    def deliver(self, message):
        self.keys.append(str(message["Message-ID"]))


@pytest.mark.prove
@pytest.mark.parametrize("start", [2026, 2027][: size(1, 2)])  # with week 53, with a leap day
def test_every_expected_reminder_goes_out_exactly_once_on_its_day(db, start):
    year = SchoolYear(start)
    settled = [settle(db, number, year, UNITS) for number in range(ORGANIZERS)]
    postman, decided = Quiet(), {}
    scheduler = Scheduler(db.engine, db.settings, db.clock, postman)
    with db.as_owner() as session:
        done = finishing(session.scalars(select(CycleStep)).all())
    autumn = date(start, 11, 25)
    moves = {
        date(start, 9, 10): [autumn],
        date(start, 10, 20): [date(start, 12, 9), date(start + 1, 6, 3)],
        date(start + 1, 4, 14): [date(start, 12, 9), date(start + 1, 5, 19)],
    }
    day = year.first_day
    last = date(start + 1, *size((1, 20), (8, 31)))
    while day <= last:
        for organizer in settled[::2] if day in moves else []:
            meet(db, organizer, day, moves[day])
        if day in moves or not decided:
            note_due_dates(db, decided, day)
        if day in done:
            finish(db, done[day], day)
        db.clock.now = at(day, 8)
        if scheduler.plan():
            scheduler.send()
        day += timedelta(days=1)

    with db.as_owner() as session:
        steps = session.scalars(select(CycleStep)).all()
        rows = session.scalars(select(Reminder)).all()
        mails = session.scalars(select(OutboxMail.state)).all()
    told = {(step.id, *one) for step in steps for one in oracle(step, decided[step.id])}
    expected = {one for one in told if one[2] <= last}
    found = [(row.step_id, row.due, row.sent_on, row.escalates) for row in rows]
    assert len(steps) == ORGANIZERS * (9 + 10 * UNITS)
    assert len(found) == len(set(found))
    assert set(found) == expected
    assert {row.organizer_id for row in rows} == {organizer.id for organizer in settled}
    assert set(mails) == {"sent"}
    assert len(postman.keys) == len(set(postman.keys)) == len(mails)
    for organizer in settled[::2]:
        own = [step for step in steps if step.organizer_id == organizer.id and not step.unit_id]
        follows_board(own, date(start, 12, 9))
