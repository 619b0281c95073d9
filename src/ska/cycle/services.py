"""What people do with the year: make wheels, move, finish and put off steps, copy to next year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.audit import record
from ska.core.school_year import SchoolYear
from ska.core.swedish import format_date_long
from ska.core.text import _
from ska.cycle import queries
from ska.cycle.board import board_days, follow_rules
from ska.cycle.definitions import Level, StepDefinition, TemplateDefinition
from ska.cycle.forms import SettingsForm
from ska.cycle.models import AnnualCycle, CycleStep
from ska.cycle.rules import MOVED_LAST_YEAR, StepDates, dates_of_all
from ska.errors import Conflict, NotAllowed
from ska.notices.definitions import ReminderDefinition


def create_cycle(
    session: Session,
    actor: Actor,
    *,
    organizer_id: UUID,
    unit_id: UUID | None,
    year: SchoolYear,
    today: date,
) -> AnnualCycle:
    """Make a wheel for the huvudman, or for one unit, from the default template.

    Raises Conflict when the year already has one.
    """
    actor.must(Right.EDIT_CYCLE, organizer_id, unit_id)
    _must_be_free(session, actor, organizer_id, unit_id, year)
    template = queries.template()
    dates = dates_of_all(template.steps, year, board_days(session, actor, organizer_id, year))
    cycle = _new_cycle(template, organizer_id, unit_id, year)
    session.add(cycle)
    session.flush()
    for step in template.steps_for(unit=unit_id is not None):
        session.add(_new_step(cycle, step, dates[step.key], today))
    record(session, actor, act="cycle.create", thing=cycle, details={"year": year.slug})
    session.flush()
    return cycle


def copy_cycle(session: Session, actor: Actor, *, cycle: AnnualCycle, today: date) -> AnnualCycle:
    """Copy a wheel to the next school year: dates by their rules, state and snoozes left behind.

    What a person should look at is kept as the step's review list. Raises Conflict when the next
    year already has the wheel.
    """
    actor.must(Right.EDIT_CYCLE, cycle.organizer_id, cycle.unit_id)
    year = cycle.year.next
    _must_be_free(session, actor, cycle.organizer_id, cycle.unit_id, year)
    old = queries.steps_of_cycle(session, actor, cycle.id)
    kept = {step.key: StepDefinition.model_validate(step.definition) for step in old}
    template = queries.template(cycle.template_key)
    every = {**{step.key: step for step in template.steps}, **kept}
    board = board_days(session, actor, cycle.organizer_id, year)
    dates = dates_of_all(list(every.values()), year, board)
    copy = _new_cycle(template, cycle.organizer_id, cycle.unit_id, year)
    copy.copied_from_id = cycle.id
    session.add(copy)
    session.flush()
    for step in old:
        made = _new_step(copy, kept[step.key], dates[step.key], today)
        made.responsible = step.responsible
        if step.moved_because:
            made.review = [*made.review, MOVED_LAST_YEAR.format(day=format_date_long(step.due))]
        session.add(made)
    record(session, actor, act="cycle.copy", thing=copy, details={"year": year.slug})
    session.flush()
    return copy


def start_year(
    session: Session,
    actor: Actor,
    *,
    organizer_id: UUID,
    year: SchoolYear,
    scopes: Sequence[UUID | None],
    today: date,
) -> int:
    """Make the wheels that are missing for these units (None: the huvudman); return how many."""
    taken = {one.unit_id for one in queries.cycles_of(session, actor, organizer_id, year)}
    wanted = [
        one
        for one in scopes
        if one not in taken and actor.may_for(Right.EDIT_CYCLE, organizer_id, one)
    ]
    for unit_id in wanted:
        create_cycle(
            session, actor, organizer_id=organizer_id, unit_id=unit_id, year=year, today=today
        )
    return len(wanted)


def copy_year(
    session: Session, actor: Actor, *, organizer_id: UUID, year: SchoolYear, today: date
) -> int:
    """Copy each wheel that the person may edit and next year lacks; return how many."""
    copied = 0
    for cycle in queries.cycles_to_copy(session, actor, organizer_id, year):
        if actor.may_for(Right.EDIT_CYCLE, organizer_id, cycle.unit_id):
            copy_cycle(session, actor, cycle=cycle, today=today)
            copied += 1
    return copied


def start_step(session: Session, actor: Actor, *, step: CycleStep, today: date) -> None:
    """Note that the work on a step has begun."""
    _must_handle(actor, step)
    _must_be_open(step)
    if step.started_on is None:
        step.started_on = today
        _changed(session, actor, step, "step.start")


def complete_step(
    session: Session, actor: Actor, *, step: CycleStep, note: str, today: date
) -> None:
    """Note that a step is done; its reminders stop."""
    _must_handle(actor, step)
    _must_be_open(step)
    step.started_on = step.started_on or today
    step.done_on = today
    step.done_by = actor.name
    step.done_note = note or None
    _changed(session, actor, step, "step.complete")


def reopen_step(session: Session, actor: Actor, *, step: CycleStep, today: date) -> None:
    """Open a finished step again; reminders count from today."""
    _must_handle(actor, step)
    if step.done_on is None:
        raise Conflict(_("Steget är redan öppet."))
    step.done_on = step.done_by = step.done_note = None
    step.counts_from = today
    _changed(session, actor, step, "step.reopen")


def move_step(
    session: Session, actor: Actor, *, step: CycleStep, due: date, because: str, today: date
) -> None:
    """Give a step a new due date by hand; reminders count from today, steps after it follow."""
    actor.must(Right.EDIT_CYCLE, step.organizer_id, step.unit_id)
    _must_be_open(step)
    year = step.cycle.year
    if not year.previous.first_day <= due <= year.next.last_day:
        raise Conflict(_("Datumet ligger för långt från läsåret. Välj ett datum närmare."))
    step.starts = min(step.starts, due)
    step.due, step.moved_because, step.counts_from, step.review = due, because, today, []
    step.snoozed_on = step.snoozed_until = step.snoozed_because = None
    _changed(session, actor, step, "step.move", due=due.isoformat())
    follow_rules(session, actor, step.organizer_id, year, today)


def snooze_step(
    session: Session, actor: Actor, *, step: CycleStep, until: date, because: str, today: date
) -> None:
    """Put a step's reminders off until a day, with the reason that the next level will see."""
    _must_handle(actor, step)
    _must_be_open(step)
    if until <= today:
        raise Conflict(_("Välj ett datum efter i dag."))
    if until > step.cycle.year.last_day:
        raise Conflict(_("Välj ett datum före läsårets slut."))
    step.snoozed_on, step.snoozed_until, step.snoozed_because = today, until, because
    _changed(session, actor, step, "step.snooze", until=until.isoformat())


def wake_step(session: Session, actor: Actor, *, step: CycleStep) -> None:
    """End a snooze; the step's ordinary reminders hold again."""
    _must_handle(actor, step)
    if step.snoozed_until is None:
        raise Conflict(_("Steget är inte uppskjutet."))
    step.snoozed_on = step.snoozed_until = step.snoozed_because = None
    _changed(session, actor, step, "step.wake")


def change_settings(session: Session, actor: Actor, *, step: CycleStep, form: SettingsForm) -> None:
    """Change which role sees to a step and when its reminders go out."""
    actor.must(Right.EDIT_CYCLE, step.organizer_id, step.unit_id)
    _must_be_open(step)
    step.responsible = form.responsible
    chosen = ReminderDefinition(
        lead_days=form.lead_days,
        last_working_day=form.last_working_day,
        escalate_after=form.escalate_after,
    )
    step.definition = {**step.definition, "reminders": chosen.model_dump(mode="json")}
    _changed(session, actor, step, "step.settings")


def _must_be_free(
    session: Session, actor: Actor, organizer_id: UUID, unit_id: UUID | None, year: SchoolYear
) -> None:
    if queries.cycle_of(session, actor, organizer_id, unit_id, year) is not None:
        raise Conflict(_("Det finns redan ett årshjul för läsåret {year}.").format(year=year))


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


def _must_be_open(step: CycleStep) -> None:
    if step.done_on is not None:
        raise Conflict(_("Steget är klart. Öppna det igen först."))


def _changed(session: Session, actor: Actor, step: CycleStep, act: str, **details: Any) -> None:
    step.sequence += 1
    record(session, actor, act=act, thing=step, details=details)
    session.flush()


def _new_cycle(
    template: TemplateDefinition, organizer_id: UUID, unit_id: UUID | None, year: SchoolYear
) -> AnnualCycle:
    return AnnualCycle(
        organizer_id=organizer_id,
        unit_id=unit_id,
        school_year=year.start,
        name=template.name,
        template_key=template.key,
        template_version=template.version,
    )


def _new_step(cycle: AnnualCycle, step: StepDefinition, dates: StepDates, today: date) -> CycleStep:
    levels = [one for one in step.levels if (one is Level.UNIT) is (cycle.unit_id is not None)]
    return CycleStep(
        organizer_id=cycle.organizer_id,
        cycle_id=cycle.id,
        unit_id=cycle.unit_id,
        key=step.key,
        name=step.name,
        guidance=step.guidance,
        level=levels[0],
        phase=step.phase,
        responsible=step.responsible,
        together_with=list(step.together_with),
        artefact=step.artefact,
        law=list(step.law),
        definition=step.model_dump(mode="json"),
        starts=dates.starts,
        due=dates.due,
        counts_from=today,
        review=list(dates.review),
    )
