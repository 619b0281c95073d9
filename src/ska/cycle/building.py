"""What people do when they build a wheel of their own: begin one, add, change and strike steps."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.audit import record
from ska.core.fields import FreeText
from ska.core.school_year import SchoolYear
from ska.core.swedish import format_date_long
from ska.core.text import _
from ska.cycle import making, plans, queries, services, wheel_queries
from ska.cycle.dates import FOLLOWS_STRUCK
from ska.cycle.definitions import AfterStep, StepDefinition, WheelKind
from ska.cycle.following import (
    follow_rules,
    take_dates,
    withdraw_notices,
)
from ska.cycle.models import AnnualCycle, CycleStep
from ska.cycle.step_forms import StepForm
from ska.cycle.wheel_forms import WheelForm, WheelSettingsForm
from ska.cycle.workbench import Bench, laid_out
from ska.db.session import lock
from ska.errors import Changed, Conflict, Invalid, Missing

NAME_TAKEN = _("Det finns redan ett hjul som heter så. Välj ett annat namn.")
STEP_CHANGED = _(
    "Någon annan har ändrat steget medan du skrev. Nu heter det ”{step}” och ska vara klart {day}."
    " Det du skrev står kvar. Spara igen om ditt ska gälla."
)
WHEEL_CHANGED = _(
    "Någon annan har ändrat hjulet medan du skrev. Nu heter det ”{wheel}”."
    " Det du skrev står kvar. Spara igen om ditt ska gälla."
)


def begin_wheel(
    session: Session,
    actor: Actor,
    *,
    organizer_id: UUID,
    year: SchoolYear,
    form: WheelForm,
    today: date,
) -> AnnualCycle:
    """Make a wheel: empty, from a template or from another wheel.

    That of a budget is made for the calendar year that begins in the läsår. Raises Conflict when
    the year has one of the same kind and name.
    """
    actor.must(Right.EDIT_CYCLE, organizer_id, form.unit_id)
    known = {one.id for one in queries.unit_names(session, actor, organizer_id)}
    if form.unit_id and form.unit_id not in known:
        raise Missing
    template_key, version, steps = _beginning(session, actor, organizer_id, form)
    wheel = AnnualCycle(
        organizer_id=organizer_id,
        unit_id=form.unit_id,
        kind=form.kind,
        school_type=form.school_type,
        school_year=year.start + (form.kind is WheelKind.BUDGET),
        name=form.name,
        template_key=template_key,
        template_version=version,
    )
    if wheel_queries.twin_of(session, actor, wheel, wheel.school_year):
        raise Conflict(NAME_TAKEN)
    session.add(wheel)
    session.flush()
    planned = plans.planned_steps(session, actor, wheel)
    making.fill(session, actor, wheel, [*steps, *planned], today)
    record(session, actor, act="cycle.begin", thing=wheel, details={"year": str(wheel.year)})
    return wheel


def _beginning(
    session: Session, actor: Actor, organizer_id: UUID, form: WheelForm
) -> tuple[str, int, list[StepDefinition]]:
    """Return the template a new wheel stands on, its version, and the steps it begins with."""
    kind, _colon, name = form.begin_with.partition(":")
    template = {one.key: one for one in queries.templates()}.get(name)
    if kind == "mall" and template is not None:
        given = template.steps_for(unit=form.unit_id is not None)
        return template.key, template.version, list(given)
    if kind == "hjul":
        try:
            source = wheel_queries.wheel_by_id(session, actor, organizer_id, UUID(name))
        except ValueError:
            source = None
        if source is not None:
            found = wheel_queries.steps_of_cycles(session, actor, [source.id])
            steps = [
                one.rule for one in found if one.struck_on is None and not plans.is_planned(one.key)
            ]
            return source.template_key, source.template_version, steps
    if form.begin_with:
        raise Invalid(_("Välj vad hjulet börjar med"), {"begin_with": _("Välj något i listan.")})
    return "", 0, []


def settle_wheel(
    session: Session,
    actor: Actor,
    *,
    wheel: AnnualCycle,
    form: WheelSettingsForm,
    today: date,
    seen: str | None = None,
) -> None:
    """Give a wheel another name and other pauses; raise Conflict when the name is taken.

    Raises Changed when *seen* is given and they are others by now.
    """
    actor.must(Right.EDIT_CYCLE, wheel.organizer_id, wheel.unit_id)
    if seen is not None and seen != lock(session, wheel).print:
        raise Changed(WHEEL_CHANGED.format(wheel=wheel.name))
    if form.name != wheel.name:
        asked = AnnualCycle(
            organizer_id=wheel.organizer_id,
            unit_id=wheel.unit_id,
            kind=wheel.kind,
            name=form.name,
        )
        if wheel_queries.twin_of(session, actor, asked, wheel.school_year):
            raise Conflict(NAME_TAKEN)
    wheel.name, wheel.pauses = form.name, form.pauses
    record(session, actor, act="cycle.settle", thing=wheel)
    follow_rules(session, actor, wheel.organizer_id, wheel.year.first_day, today)


def add_step(
    session: Session, actor: Actor, *, wheel: AnnualCycle, form: StepForm, today: date
) -> CycleStep:
    """Add a step to a wheel, and when asked for to those of the same name in all units."""
    actor.must(Right.EDIT_CYCLE, wheel.organizer_id, wheel.unit_id)
    first = laid_out(session, actor, wheel)
    definition = form.definition(first.key_for(form.name))
    for one in _others(session, actor, wheel) if form.everywhere else ():
        bench = laid_out(session, actor, one)
        if definition.key not in {step.key for step in bench.steps}:
            _add(session, actor, bench, definition, form, today)
    return _add(session, actor, first, definition, form, today)


def _add(
    session: Session,
    actor: Actor,
    bench: Bench,
    definition: StepDefinition,
    form: StepForm,
    today: date,
) -> CycleStep:
    dates = bench.dates_with(definition)
    step = making.new_step(bench.wheel, definition, dates[definition.key], today)
    session.add(step)
    session.flush()
    record(session, actor, act="step.add", thing=step, details=sure(form))
    return step


def _others(session: Session, actor: Actor, wheel: AnnualCycle) -> list[AnnualCycle]:
    """Return the wheels of the same name in other units, those that the person may edit."""
    if wheel.unit_id is None:
        return []
    day = wheel.year.first_day
    return [
        one
        for one in wheel_queries.wheels_on(session, actor, wheel.organizer_id, day)
        if one.unit_id not in (None, wheel.unit_id)
        and one.name == wheel.name
        and actor.may_for(Right.EDIT_CYCLE, one.organizer_id, one.unit_id)
    ]


def change_step(
    session: Session,
    actor: Actor,
    *,
    step: CycleStep,
    form: StepForm,
    today: date,
    seen: str | None = None,
) -> None:
    """Say anew what a step is; a new rule for its date takes a move by hand away.

    When asked for, the same step of the other units' wheels too, where it is open. Raises Changed
    when *seen* is given and something was done with the step since.
    """
    actor.must(Right.EDIT_CYCLE, step.organizer_id, step.unit_id)
    if seen is not None and seen != str(lock(session, step).sequence):
        raise Changed(STEP_CHANGED.format(step=step.name, day=format_date_long(step.due)))
    services.must_be_open(step)
    others = _others(session, actor, step.cycle) if form.everywhere else []
    twins = wheel_queries.steps_of_cycles(session, actor, [one.id for one in others])
    for one in (step, *(twin for twin in twins if twin.key == step.key)):
        if one.done_on is None and one.struck_on is None:
            _change(session, actor, one, form, today)
    follow_rules(session, actor, step.organizer_id, step.cycle.year.first_day, today)


def _change(session: Session, actor: Actor, step: CycleStep, form: StepForm, today: date) -> None:
    wheel = step.cycle
    definition = form.definition(step.key)
    is_new_rule = definition.when != step.rule.when
    dates = laid_out(session, actor, wheel).dates_with(definition)
    for name, value in making.columns_of(definition, wheel).items():
        setattr(step, name, value)
    if is_new_rule:
        step.moved_because = None
    if step.moved_because is None:
        take_dates(step, dates[step.key], today)
    services.changed(session, actor, step, "step.change", **sure(form))


def strike_step(session: Session, actor: Actor, *, step: CycleStep, today: date) -> None:
    """Take a step out of its wheel; its reminders end, and it can be taken back."""
    actor.must(Right.EDIT_CYCLE, step.organizer_id, step.unit_id)
    services.must_be_open(step)
    step.struck_on = today
    for one in _followers(session, actor, step):
        one.review = [*(note for note in one.review if note != FOLLOWS_STRUCK), FOLLOWS_STRUCK]
    services.changed(session, actor, step, "step.strike")
    withdraw_notices(session, step.organizer_id, [step])


def restore_step(session: Session, actor: Actor, *, step: CycleStep, today: date) -> None:
    """Take a struck step back, with the date its rule gives now; reminders count from today."""
    actor.must(Right.EDIT_CYCLE, step.organizer_id, step.unit_id)
    if step.struck_on is None:
        raise Conflict(_("Steget är inte struket."))
    step.struck_on, step.counts_from = None, today
    for one in _followers(session, actor, step):
        one.review = [note for note in one.review if note != FOLLOWS_STRUCK]
    services.changed(session, actor, step, "step.restore")
    follow_rules(session, actor, step.organizer_id, step.cycle.year.first_day, today)


def _followers(session: Session, actor: Actor, step: CycleStep) -> list[CycleStep]:
    """Return the steps whose rule counts from this one."""
    wheels = wheel_queries.wheels_on(session, actor, step.organizer_id, step.cycle.year.first_day)
    ids = [one.id for one in wheels if one.id == step.cycle_id or step.unit_id is None]
    return [
        one
        for one in wheel_queries.steps_of_cycles(session, actor, ids)
        if isinstance(one.rule.when, AfterStep) and one.rule.when.step == step.key
    ]


def sure(form: FreeText) -> dict[str, bool]:
    """Return what the log is told of a text that its writer says holds nothing personal."""
    return {"not_personal_data": True} if form.not_personal_data else {}
