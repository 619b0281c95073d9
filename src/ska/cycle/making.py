"""Wheels come to be: from the templates for a whole huvudman, and copied to the year after."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.audit import record
from ska.core.school_year import SchoolYear
from ska.core.swedish import format_date_long
from ska.core.text import _
from ska.cycle import plans, queries, wheel_queries
from ska.cycle.dates import MOVED_LAST_YEAR, NEVER_DONE, StepDates
from ska.cycle.definitions import Level, StepDefinition, TemplateDefinition, WheelKind
from ska.cycle.following import anchors_of, reckoned
from ska.cycle.models import AnnualCycle, CycleStep
from ska.errors import Conflict


def create_cycle(
    session: Session,
    actor: Actor,
    *,
    organizer_id: UUID,
    unit_id: UUID | None,
    year: SchoolYear,
    today: date,
    template: TemplateDefinition | None = None,
) -> AnnualCycle:
    """Make a wheel for the huvudman, or for one unit, from a template (None: the default).

    Raises Conflict when the year already has one of its name.
    """
    actor.must(Right.EDIT_CYCLE, organizer_id, unit_id)
    chosen = template or queries.template()
    wheel = AnnualCycle(
        organizer_id=organizer_id,
        unit_id=unit_id,
        kind=WheelKind.UNIT if unit_id else WheelKind.ORGANIZER,
        school_year=year.start,
        name=chosen.name,
        template_key=chosen.key,
        template_version=chosen.version,
    )
    _must_be_free(session, actor, wheel)
    session.add(wheel)
    session.flush()
    steps = chosen.steps_for(unit=unit_id is not None)
    fill(session, actor, wheel, [*steps, *plans.planned_steps(session, actor, wheel)], today)
    record(session, actor, act="cycle.create", thing=wheel, details={"year": year.slug})
    return wheel


def copy_cycle(session: Session, actor: Actor, *, cycle: AnnualCycle, today: date) -> AnnualCycle:
    """Copy a wheel to the next year: dates by their rules, state and snoozes left behind.

    What plans over several years put in it is left too; they give the copy its own.
    What a person should look at is kept as the step's review list. Raises Conflict when the next
    year already has the wheel.
    """
    actor.must(Right.EDIT_CYCLE, cycle.organizer_id, cycle.unit_id)
    copy = AnnualCycle(
        organizer_id=cycle.organizer_id,
        unit_id=cycle.unit_id,
        kind=cycle.kind,
        school_type=cycle.school_type,
        school_year=cycle.school_year + 1,
        name=cycle.name,
        pauses=list(cycle.pauses),
        template_key=cycle.template_key,
        template_version=cycle.template_version,
        copied_from_id=cycle.id,
    )
    _must_be_free(session, actor, copy)
    session.add(copy)
    session.flush()
    old = [
        one
        for one in wheel_queries.steps_of_cycles(session, actor, [cycle.id])
        if one.struck_on is None and not plans.is_planned(one.key)
    ]
    planned = plans.planned_steps(session, actor, copy)
    made = fill(session, actor, copy, [*(one.rule for one in old), *planned], today)
    for one in old:
        copied = made[one.key]
        copied.responsible = one.responsible
        copied.review = [*copied.review, *_looked_back(one, today)]
    record(session, actor, act="cycle.copy", thing=copy, details={"year": str(copy.year)})
    session.flush()
    return copy


def _looked_back(step: CycleStep, today: date) -> list[str]:
    """Return what last year says about a step that is copied."""
    notes = []
    if step.moved_because:
        notes.append(MOVED_LAST_YEAR.format(day=format_date_long(step.due)))
    if step.done_on is None and step.due < today:
        notes.append(NEVER_DONE)
    return notes


def start_year(
    session: Session,
    actor: Actor,
    *,
    organizer_id: UUID,
    year: SchoolYear,
    scopes: Sequence[UUID | None],
    today: date,
    template: TemplateDefinition | None = None,
) -> int:
    """Make the wheels that are missing for these units (None: the huvudman); return how many."""
    known = wheel_queries.cycles_of(session, actor, organizer_id, year)
    taken = {one.unit_id for one in known if one.kind in (WheelKind.UNIT, WheelKind.ORGANIZER)}
    wanted = [
        one
        for one in scopes
        if one not in taken and actor.may_for(Right.EDIT_CYCLE, organizer_id, one)
    ]
    for unit_id in wanted:
        create_cycle(
            session,
            actor,
            organizer_id=organizer_id,
            unit_id=unit_id,
            year=year,
            today=today,
            template=template,
        )
    return len(wanted)


def copy_year(
    session: Session, actor: Actor, *, organizer_id: UUID, year: SchoolYear, today: date
) -> int:
    """Copy each wheel that the person may edit and next year lacks; return how many."""
    copied = 0
    for cycle in wheel_queries.cycles_to_copy(session, actor, organizer_id, year):
        if actor.may_for(Right.EDIT_CYCLE, organizer_id, cycle.unit_id):
            copy_cycle(session, actor, cycle=cycle, today=today)
            copied += 1
    return copied


def fill(
    session: Session,
    actor: Actor,
    wheel: AnnualCycle,
    steps: Iterable[StepDefinition],
    today: date,
) -> dict[str, CycleStep]:
    """Give an empty wheel its steps, with their dates; return them by key."""
    rules = {one.key: one for one in steps}
    anchors = anchors_of(session, actor, wheel.organizer_id, wheel.year)
    above = wheel_queries.steps_around(session, actor, wheel) if wheel.unit_id else ()
    dates = reckoned(wheel, rules, above, replace(anchors, pauses=wheel.rests), {})
    made = {key: new_step(wheel, one, dates[key], today) for key, one in rules.items()}
    session.add_all(made.values())
    session.flush()
    return made


def new_step(wheel: AnnualCycle, step: StepDefinition, dates: StepDates, today: date) -> CycleStep:
    """Return a step as a row of its wheel, not yet added."""
    return CycleStep(
        organizer_id=wheel.organizer_id,
        cycle_id=wheel.id,
        unit_id=wheel.unit_id,
        key=step.key,
        starts=dates.starts,
        due=dates.due,
        counts_from=today,
        review=list(dates.review),
        **columns_of(step, wheel),
    )


def columns_of(step: StepDefinition, wheel: AnnualCycle) -> dict[str, Any]:
    """Return what the row of a step says of its definition; the level is one that the wheel has."""
    is_unit = wheel.unit_id is not None
    fit = [one for one in step.levels if (one is Level.UNIT) is is_unit]
    level = fit[0] if fit else Level.UNIT if is_unit else Level.ORGANIZER
    return {
        "name": step.name,
        "guidance": step.guidance,
        "level": level,
        "phase": step.phase,
        "responsible": step.responsible,
        "together_with": list(step.together_with),
        "artefact": step.artefact,
        "law": list(step.law),
        "definition": step.model_dump(mode="json"),
    }


def _must_be_free(session: Session, actor: Actor, wheel: AnnualCycle) -> None:
    if wheel_queries.twin_of(session, actor, wheel, wheel.school_year) is not None:
        taken = _("Det finns redan ett årshjul som heter {name} för {year}.")
        raise Conflict(taken.format(name=wheel.name, year=wheel.year))
