"""Which huvudmän have reminders to tell today, asked once for all of them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import Session

from ska.core.holidays import is_working_day
from ska.cycle.models import AnnualCycle, CycleStep, Reminder
from ska.cycle.queries import still_to_do
from ska.notices.definitions import ReminderDefinition
from ska.notices.rules import Deadline, is_sending_hour, pause_of, sends_on

HORIZON = timedelta(days=190)


def is_time(now: datetime) -> bool:
    """Tell whether reminders go out at this moment, Swedish time."""
    return is_working_day(now.date()) and is_sending_hour(now)


def with_reminders(session: Session, now: datetime) -> set[UUID]:
    """Return the huvudmän in scope with a step that is due to be told of and not yet told.

    Huvudmän follow the same templates: steps that stand alike are looked at as one.
    """
    found: set[UUID] = set()
    if not is_time(now):
        return found
    today = now.date()
    for row in session.execute(_steps_alike(today)):
        facts = Deadline(
            row.due,
            row.counts_from,
            snoozed_on=row.snoozed_on,
            snoozed_until=row.snoozed_until,
        )
        rules = ReminderDefinition.model_validate(row.reminders or {})
        sends = sends_on(facts, rules, today, tuple(pause_of(one) for one in row.pauses))
        if any(one.rule not in (row.told or ()) for one in sends):
            found.update(row.organizers)
    return found


def _steps_alike(today: date) -> Select[Any]:
    """Return the query of what open steps' reminders depend on, and whose steps they are."""
    told = select(func.array_agg(aggregate_order_by(Reminder.rule, Reminder.rule))).where(
        Reminder.organizer_id == CycleStep.organizer_id,
        Reminder.step_id == CycleStep.id,
        Reminder.due == CycleStep.due,
    )
    steps = (
        select(
            CycleStep.organizer_id,
            CycleStep.due,
            CycleStep.counts_from,
            CycleStep.snoozed_on,
            CycleStep.snoozed_until,
            CycleStep.definition["reminders"].label("reminders"),
            AnnualCycle.pauses,
            told.scalar_subquery().label("told"),
        )
        .join(CycleStep.cycle)
        .where(still_to_do(today), CycleStep.due <= today + HORIZON)
        .subquery()
    )
    owner, *alike = steps.c
    organizers = func.array_agg(owner.distinct()).label("organizers")
    return select(*alike, organizers).group_by(*alike)
