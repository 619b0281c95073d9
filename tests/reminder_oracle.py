"""A year of reminders as the rules say it in words, written without looking at how it is built."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, timedelta

import holidays
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory
from tests.places import acting_in

from ska.access import Role
from ska.cycle.making import start_year

FREE = holidays.Sweden(
    years=range(2026, 2030), include_sundays=True, categories=("public", "de_facto")
)
LEADERS = {"director_of_education", "politician"}


def free(day):
    return day in FREE or day.weekday() == 5


def first_possible(day):
    while free(day) or day.month == 7:
        day += timedelta(days=1)
    return day


def working_days_from(day, count):
    while count:
        day += timedelta(days=1 if count > 0 else -1)
        count -= (1 if count > 0 else -1) * (not free(day))
    return day


def days_of(step, due):
    """Return the days on which the step is told, and told upwards, from the rule's own words."""
    rules = step.definition["reminders"]
    wanted = [due - timedelta(days=days) for days in rules["lead_days"]]
    if rules["last_working_day"]:
        wanted.append(working_days_from(due, -1))
    told = {(first_possible(day), False) for day in wanted}
    if rules["escalate_after"] and step.responsible not in LEADERS:
        told.add((first_possible(working_days_from(due, rules["escalate_after"])), True))
    return told


def oracle(step, decided):
    """Return what is told of the step; *decided* holds each due date with the day it was set."""
    until = [day for day, _due in decided[1:]] + [step.done_on or date.max]
    return {
        (due, day, upwards)
        for (since, due), end in zip(decided, until, strict=True)
        for day, upwards in days_of(step, due)
        if since <= day < min(end, step.done_on or date.max)
    }


def settle(db, number, year, units):
    """Make a huvudman with units and everybody in place, and the year's wheels."""
    organizer = OrganizerFactory(name=f"Kommun {number}")
    made = [SchoolUnitFactory(organizer=organizer, name=f"Skola {n}") for n in range(units)]
    for role in (Role.QUALITY_LEAD, Role.DIRECTOR, Role.POLITICIAN):
        RoleAssignmentFactory(person=PersonFactory(), organizer=organizer, role=role)
    for unit in made:
        for role in (Role.PRINCIPAL, Role.LEAD_TEACHER):
            RoleAssignmentFactory(person=PersonFactory(), organizer=organizer, unit=unit, role=role)
    with acting(db, organizer) as (session, actor):
        scopes = [None, *(unit.id for unit in made)]
        start_year(
            session,
            actor,
            organizer_id=organizer.id,
            year=year,
            scopes=scopes,
            today=year.first_day,
        )
    return organizer


@contextmanager
def acting(db, organizer):
    """Give a session and the huvudman's quality lead; what they did is kept."""
    actor = acting_in(Role.QUALITY_LEAD, organizer)
    with db.session(actor.scope(organizer.id)) as session:
        yield session, actor
        session.commit()
