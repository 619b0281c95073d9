"""What people do with the steps of the year: move, finish and put them off."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.audit import record
from ska.core.holidays import this_or_next_working_day
from ska.core.text import _
from ska.cycle.following import follow_rules
from ska.cycle.forms import SettingsForm
from ska.cycle.models import CycleStep
from ska.errors import Conflict, NotAllowed
from ska.notices.definitions import ReminderDefinition


def start_step(session: Session, actor: Actor, *, step: CycleStep, today: date) -> None:
    """Note that the work on a step has begun."""
    _must_handle(actor, step)
    must_be_open(step)
    if step.started_on is None:
        step.started_on = today
        changed(session, actor, step, "step.start")


def complete_step(
    session: Session, actor: Actor, *, step: CycleStep, note: str, today: date
) -> None:
    """Note that a step is done; its reminders stop."""
    _must_handle(actor, step)
    must_be_open(step)
    step.started_on = step.started_on or today
    step.done_on = today
    step.done_by = actor.name
    step.done_note = note or None
    changed(session, actor, step, "step.complete")


def reopen_step(session: Session, actor: Actor, *, step: CycleStep, today: date) -> None:
    """Open a finished step again; reminders count from today."""
    _must_handle(actor, step)
    if step.done_on is None:
        raise Conflict(_("Steget är redan öppet."))
    step.done_on = step.done_by = step.done_note = None
    step.counts_from = today
    changed(session, actor, step, "step.reopen")


def move_step(
    session: Session, actor: Actor, *, step: CycleStep, due: date, because: str, today: date
) -> None:
    """Give a step a new due date by hand; reminders count from today, steps after it follow."""
    actor.must(Right.EDIT_CYCLE, step.organizer_id, step.unit_id)
    must_be_open(step)
    year = step.cycle.year
    if not year.previous.first_day <= due <= year.next.last_day:
        raise Conflict(_("Datumet ligger för långt från hjulets år. Välj ett datum närmare."))
    begun = this_or_next_working_day(due - (step.due - step.starts))
    step.starts = min(begun, due)
    step.due, step.moved_because, step.counts_from, step.review = due, because, today, []
    step.snoozed_on = step.snoozed_until = step.snoozed_because = None
    changed(session, actor, step, "step.move", due=due.isoformat())
    follow_rules(session, actor, step.organizer_id, year.first_day, today)


def snooze_step(
    session: Session, actor: Actor, *, step: CycleStep, until: date, because: str, today: date
) -> None:
    """Put a step's reminders off until a day, with the reason that the next level will see."""
    _must_handle(actor, step)
    must_be_open(step)
    if until <= today:
        raise Conflict(_("Välj ett datum efter i dag."))
    if until > step.cycle.year.last_day:
        raise Conflict(_("Välj ett datum före årets slut."))
    step.snoozed_on, step.snoozed_until, step.snoozed_because = today, until, because
    changed(session, actor, step, "step.snooze", until=until.isoformat())


def wake_step(session: Session, actor: Actor, *, step: CycleStep) -> None:
    """End a snooze; the step's ordinary reminders hold again."""
    _must_handle(actor, step)
    if step.snoozed_until is None:
        raise Conflict(_("Steget är inte uppskjutet."))
    step.snoozed_on = step.snoozed_until = step.snoozed_because = None
    changed(session, actor, step, "step.wake")


def change_settings(session: Session, actor: Actor, *, step: CycleStep, form: SettingsForm) -> None:
    """Change which role sees to a step and when its reminders go out."""
    actor.must(Right.EDIT_CYCLE, step.organizer_id, step.unit_id)
    must_be_open(step)
    step.responsible = form.responsible
    chosen = ReminderDefinition(
        lead_days=form.lead_days,
        last_working_day=form.last_working_day,
        escalate_after=form.escalate_after,
    )
    step.definition = {
        **step.definition,
        "responsible": str(form.responsible),
        "reminders": chosen.model_dump(mode="json"),
    }
    changed(session, actor, step, "step.settings")


def look_at_step(session: Session, actor: Actor, *, step: CycleStep) -> None:
    """Note that a person has looked at what a step's review list says: it holds."""
    actor.must(Right.EDIT_CYCLE, step.organizer_id, step.unit_id)
    if not step.review:
        raise Conflict(_("Det finns inget att se över i steget."))
    step.review = []
    changed(session, actor, step, "step.look_at")


def may_handle(actor: Actor, step: CycleStep) -> bool:
    """Tell whether the person may start, finish and put off the step.

    Those who edit the wheel may, and those who hold the step's own role for its unit.
    """
    if actor.may_for(Right.EDIT_CYCLE, step.organizer_id, step.unit_id):
        return True
    return actor.may_for(Right.OBSERVE, step.organizer_id, step.unit_id) and any(
        one.role == step.responsible
        and one.organizer_id == step.organizer_id
        and one.unit_id in (None, step.unit_id)
        for one in actor.assignments
    )


def _must_handle(actor: Actor, step: CycleStep) -> None:
    if not may_handle(actor, step):
        raise NotAllowed(_("Steget hör till en annan roll eller enhet."))


def must_be_open(step: CycleStep) -> None:
    """Raise Conflict when a step is done or struck."""
    if step.struck_on is not None:
        raise Conflict(_("Steget är struket. Ta tillbaka det först."))
    if step.done_on is not None:
        raise Conflict(_("Steget är klart. Öppna det igen först."))


def changed(session: Session, actor: Actor, step: CycleStep, act: str, **details: Any) -> None:
    """Count the change of a step and note it in the log."""
    step.sequence += 1
    record(session, actor, act=act, thing=step, details=details)
    session.flush()
