"""What people do with plans over several years; the wheels that stand follow at once."""

from __future__ import annotations

from collections.abc import Set
from datetime import date
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.audit import record
from ska.core.school_year import SchoolYear
from ska.core.text import _
from ska.cycle import building, making, plans, services
from ska.cycle.definitions import StepDefinition
from ska.cycle.following import take_dates
from ska.cycle.models import CycleStep, MultiYearPlan
from ska.cycle.plan_forms import PlanForm
from ska.cycle.workbench import Bench, laid_out
from ska.db.session import lock
from ska.errors import Changed, Conflict, Invalid

NAME_TAKEN = _("Det finns redan en flerårsplan som heter så. Välj ett annat namn.")
PLAN_CHANGED = _(
    "Någon annan har ändrat planen medan du skrev. Det du skrev står kvar."
    " Spara igen om ditt ska gälla."
)


def make_plan(
    session: Session, actor: Actor, *, organizer_id: UUID, form: PlanForm, today: date
) -> MultiYearPlan:
    """Make a plan and give the wheels that stand its steps.

    Raises Invalid when the name is taken.
    """
    actor.must(Right.EDIT_CYCLE, organizer_id)
    plan = MultiYearPlan(organizer_id=organizer_id)
    _say(session, plan, form)
    record(session, actor, act="plan.make", thing=plan, details=building.sure(form))
    _bring(session, actor, plan, today)
    return plan


def change_plan(
    session: Session,
    actor: Actor,
    *,
    plan: MultiYearPlan,
    form: PlanForm,
    today: date,
    seen: str | None = None,
) -> None:
    """Say anew what a plan is; steps that are no longer in it are struck, done ones are kept.

    Raises Changed when *seen* is given and it says something else by now.
    """
    actor.must(Right.EDIT_CYCLE, plan.organizer_id)
    if seen is not None and seen != lock(session, plan).print:
        raise Changed(PLAN_CHANGED)
    if plan.struck_on is not None:
        raise Conflict(_("Planen är struken. Ta tillbaka den först."))
    stood = plans.places_of(plan)
    _say(session, plan, form)
    record(session, actor, act="plan.change", thing=plan, details=building.sure(form))
    _bring(session, actor, plan, today, stood)


def strike_plan(session: Session, actor: Actor, *, plan: MultiYearPlan, today: date) -> None:
    """Take a plan away; its steps that are not done are struck, and it can be taken back."""
    actor.must(Right.EDIT_CYCLE, plan.organizer_id)
    if plan.struck_on is not None:
        raise Conflict(_("Planen är redan struken."))
    plan.struck_on = today
    record(session, actor, act="plan.strike", thing=plan)
    _bring(session, actor, plan, today)


def restore_plan(session: Session, actor: Actor, *, plan: MultiYearPlan, today: date) -> None:
    """Take a struck plan back with its steps."""
    actor.must(Right.EDIT_CYCLE, plan.organizer_id)
    if plan.struck_on is None:
        raise Conflict(_("Planen är inte struken."))
    plan.struck_on = None
    record(session, actor, act="plan.restore", thing=plan)
    _bring(session, actor, plan, today)


def _say(session: Session, plan: MultiYearPlan, form: PlanForm) -> None:
    try:
        with session.begin_nested():
            plan.name, plan.first_year, plan.month = form.name, form.first_year, form.month
            plan.responsible, plan.subjects = form.responsible, form.subjects
            session.add(plan)
    except IntegrityError as taken:
        raise Invalid(NAME_TAKEN, {"name": NAME_TAKEN}) from taken


def _bring(
    session: Session,
    actor: Actor,
    plan: MultiYearPlan,
    today: date,
    stood: Set[tuple[int, str]] = frozenset(),
) -> None:
    """Let this year's wheel and later ones have the plan's steps and no others of it.

    *stood* are those that were in the plan before: what a person has struck of them stays struck.
    """
    session.flush()
    now = SchoolYear.containing(today).start
    for wheel in plans.wheels_from(session, actor, plan.organizer_id, range(now, now + 10)):
        bench = laid_out(session, actor, wheel)
        own = {one.key: one for one in bench.steps if one.key.startswith(plans.stem_of(plan))}
        wanted = {one.key: one for one in plans.steps_in(plan, wheel.school_year)}
        for key, step in own.items():
            if key not in wanted and step.done_on is None and step.struck_on is None:
                building.strike_step(session, actor, step=step, today=today)
        for key, definition in wanted.items():
            here = own.get(key)
            if here and here.struck_on and (wheel.school_year, key) in stood:
                continue
            _put(session, actor, bench, definition, step=here, today=today)


def _put(
    session: Session,
    actor: Actor,
    bench: Bench,
    definition: StepDefinition,
    *,
    step: CycleStep | None,
    today: date,
) -> None:
    """Add a step of the plan, or let the one that stands say what the plan says now."""
    if step is None:
        dates = bench.dates_with(definition)
        step = making.new_step(bench.wheel, definition, dates[definition.key], today)
        session.add(step)
        session.flush()
        record(session, actor, act="step.add", thing=step)
        return
    if step.struck_on is not None:
        building.restore_step(session, actor, step=step, today=today)
    before = step.rule
    if step.done_on is not None or _of_plan(before) == _of_plan(definition):
        return
    kept = before.model_copy(update=_of_plan(definition))
    for name, value in making.columns_of(kept, bench.wheel).items():
        setattr(step, name, value)
    if before.when != definition.when:
        step.moved_because = None
        take_dates(step, bench.dates_with(kept)[step.key], today)
    services.changed(session, actor, step, "step.change")


def _of_plan(step: StepDefinition) -> dict[str, object]:
    """Return the parts that the plan decides; hours, reminders and laws are the step's own."""
    names = ("name", "guidance", "responsible", "when")
    return {name: getattr(step, name) for name in names}
