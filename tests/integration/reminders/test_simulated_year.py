"""A whole school year, day by day, against an oracle that was written without looking."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest
from sqlalchemy import select
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory
from tests.lindasa import at
from tests.places import acting_in
from tests.sizes import size

from ska.access import Role
from ska.core.school_year import SchoolYear
from ska.cycle.making import start_year
from ska.cycle.models import CycleStep, Reminder
from ska.notices.models import OutboxMail
from ska.scheduler import Scheduler

ORGANIZERS, UNITS = size(2, 290), 2
YEAR = SchoolYear(2026)
MADE = date(2026, 7, 1)
FREE = holidays.Sweden(
    years=range(2026, 2029), include_sundays=True, categories=("public", "de_facto")
)
LEADERS = {"director_of_education", "politician"}


def free(day):
    return day in FREE or day.weekday() == 5


def first_possible(day):
    while free(day) or day.month == 7:
        day += timedelta(days=1)
    return day


def oracle(step):
    """Return the days on which the step is told, and told upwards, from the rule's own words."""
    rules = step.definition["reminders"]
    wanted = [step.due - timedelta(days=days) for days in rules["lead_days"]]
    if rules["last_working_day"]:
        last = step.due - timedelta(days=1)
        while free(last):
            last -= timedelta(days=1)
        wanted.append(last)
    told = {first_possible(day) for day in wanted}
    upwards = set()
    if rules["escalate_after"] and step.responsible not in LEADERS:
        day, left = step.due, rules["escalate_after"]
        while left:
            day += timedelta(days=1)
            left -= not free(day)
        upwards = {first_possible(day)}
    done = step.done_on or date.max
    return {(day, False) for day in told if MADE <= day < done} | {
        (day, True) for day in upwards if MADE <= day < done
    }


def settle(db, number):
    """Make a huvudman with two units and everybody in place, and the year's wheels."""
    organizer = OrganizerFactory(name=f"Kommun {number}")
    units = [SchoolUnitFactory(organizer=organizer, name=f"Skola {n}") for n in range(UNITS)]
    for role in (Role.QUALITY_LEAD, Role.DIRECTOR, Role.POLITICIAN):
        RoleAssignmentFactory(person=PersonFactory(), organizer=organizer, role=role)
    for unit in units:
        for role in (Role.PRINCIPAL, Role.LEAD_TEACHER):
            RoleAssignmentFactory(person=PersonFactory(), organizer=organizer, unit=unit, role=role)
    actor = acting_in(Role.QUALITY_LEAD, organizer)
    with db.session(actor.scope(organizer.id)) as session:
        scopes = [None, *(unit.id for unit in units)]
        start_year(session, actor, organizer_id=organizer.id, year=YEAR, scopes=scopes, today=MADE)
        steps = session.scalars(select(CycleStep)).all()
        for index, step in enumerate(sorted(steps, key=lambda one: (one.due, one.key))):
            if index % 3 == 0:
                step.done_on = step.due - timedelta(days=index % 40)
        session.commit()
    return organizer


class Quiet:
    """A postman that counts."""

    def __init__(self):
        self.keys = []

    def deliver(self, message):
        self.keys.append(str(message["Message-ID"]))


@pytest.mark.prove
def test_every_expected_reminder_goes_out_exactly_once_on_its_day(db):
    settled = [settle(db, number) for number in range(ORGANIZERS)]
    postman = Quiet()
    scheduler = Scheduler(db.engine, db.settings, db.clock, postman)
    with db.as_owner() as session:
        done = {step.id: step.done_on for step in session.scalars(select(CycleStep))}
        for step in session.scalars(select(CycleStep)):
            step.done_on = None
    day = MADE
    while day <= date(2027, 8, 31):
        finished = [key for key, when in done.items() if when == day]
        if finished:
            with db.as_owner() as session:
                for key in finished:
                    session.get_one(CycleStep, key).done_on = day
        db.clock.now = at(day, 8)
        if scheduler.plan():
            scheduler.send()
        day += timedelta(days=1)

    with db.as_owner() as session:
        steps = session.scalars(select(CycleStep)).all()
        rows = session.scalars(select(Reminder)).all()
        mails = session.scalars(select(OutboxMail.state)).all()
    expected = {(step.id, *one) for step in steps for one in oracle(step)}
    found = [(row.step_id, row.sent_on, row.escalates) for row in rows]
    assert len(steps) == ORGANIZERS * (9 + 10 * UNITS)
    assert len(found) == len(set(found))
    assert set(found) == expected
    assert {row.organizer_id for row in rows} == {organizer.id for organizer in settled}
    assert set(mails) == {"sent"}
    assert len(postman.keys) == len(set(postman.keys)) == len(mails)
