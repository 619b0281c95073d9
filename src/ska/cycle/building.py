"""What people do when they build a wheel of their own: begin one, add, change and strike steps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.audit import record
from ska.core.school_year import SchoolYear
from ska.core.text import _
from ska.cycle import making, queries, services, wheel_queries
from ska.cycle.dates import FOLLOWS_STRUCK, NO_ANCHORS, Anchors, StepDates
from ska.cycle.definitions import AfterStep, Release, StepDefinition, WheelKind, ring_in
from ska.cycle.following import (
    anchors_of,
    follow_rules,
    reckoned,
    stands_fast,
    take_dates,
    template_steps,
)
from ska.cycle.models import AnnualCycle, CycleStep
from ska.cycle.step_forms import StepForm
from ska.cycle.wheel_forms import WheelForm, WheelSettingsForm
from ska.errors import Conflict, Invalid, Missing
from ska.organizers.rules import slug_of

NAME_TAKEN = _("Det finns redan ett hjul som heter så. Välj ett annat namn.")


@dataclass(frozen=True)
class Bench:
    """A wheel laid out to be worked on: its steps, those it may follow, and what dates hang on."""

    wheel: AnnualCycle
    steps: list[CycleStep]
    above: list[CycleStep]
    anchors: Anchors

    @property
    def standing(self) -> list[CycleStep]:
        """Return the steps that are not struck, the earliest due first."""
        return [one for one in self.steps if one.struck_on is None]

    def keeps(self, step: CycleStep) -> bool:
        """Tell whether a step keeps its date whatever its rule gives."""
        return stands_fast(step, self.anchors)

    def key_for(self, name: str) -> str:
        """Return a key of its own for a new step of this name."""
        taken = {one.key for one in self.steps}
        taken |= {one.key for one in template_steps(self.wheel.template_key)}
        try:
            stem = slug_of(name)[:50].strip("-")
        except ValueError:
            stem = "steg"
        number, key = 1, stem
        while key in taken:
            number += 1
            key = f"{stem}-{number}"
        return key

    def dates_with(self, step: StepDefinition) -> dict[str, StepDates]:
        """Return all dates of the wheel as they are with *step* added, or in its changed form.

        Raises Invalid when it would follow what is not there, or wait for itself.
        """
        before = {one.key: one for one in self.steps}
        rules = {one.key: one.rule for one in self.steps} | {step.key: step}
        self._must_hold(step, rules)
        fixed = {one.key: one.due for one in self.steps if self.keeps(one)}
        if step.key not in before or before[step.key].rule.when != step.when:
            fixed.pop(step.key, None)
        return reckoned(self.wheel, rules, self.above, self.anchors, fixed)

    def _must_hold(self, step: StepDefinition, rules: dict[str, StepDefinition]) -> None:
        over = {one.key: one.rule for one in self.above}
        known = {one.key: one for one in template_steps(self.wheel.template_key)} | over | rules
        if isinstance(step.when, Release) and step.when.publication not in self.anchors.releases:
            raise Invalid(_("Välj vilka siffror"), {"publication": _("Välj vilka siffror")})
        if isinstance(step.when, AfterStep):
            if step.when.step not in known:
                raise Invalid(_("Välj vilket steg"), {"step": _("Välj vilket steg")})
            if ring_in(known.values()):
                ring = _("Då väntar stegen på varandra. Välj ett annat steg.")
                raise Invalid(ring, {"step": ring})


def as_it_stands(session: Session, actor: Actor, wheel: AnnualCycle) -> Bench:
    """Return a wheel to be read: its steps as they are, without what new dates would hang on."""
    around = wheel_queries.steps_around(session, actor, wheel)
    own = [one for one in around if one.cycle_id == wheel.id]
    above = [one for one in around if one.cycle_id != wheel.id and one.struck_on is None]
    return Bench(wheel, own, above, NO_ANCHORS)


def laid_out(session: Session, actor: Actor, wheel: AnnualCycle) -> Bench:
    """Return a wheel with all that its dates hang on."""
    anchors = anchors_of(session, actor, wheel.organizer_id, wheel.year)
    bench = as_it_stands(session, actor, wheel)
    return replace(bench, anchors=replace(anchors, pauses=wheel.rests))


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
        school_year=year.start + (form.kind is WheelKind.BUDGET),
        name=form.name,
        template_key=template_key,
        template_version=version,
    )
    if wheel_queries.twin_of(session, actor, wheel, wheel.school_year):
        raise Conflict(NAME_TAKEN)
    session.add(wheel)
    session.flush()
    making.fill(session, actor, wheel, steps, today)
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
            steps = [one.rule for one in found if one.struck_on is None]
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
) -> None:
    """Give a wheel another name and other pauses; raise Conflict when the name is taken."""
    actor.must(Right.EDIT_CYCLE, wheel.organizer_id, wheel.unit_id)
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
    """Add a step to a wheel."""
    actor.must(Right.EDIT_CYCLE, wheel.organizer_id, wheel.unit_id)
    bench = laid_out(session, actor, wheel)
    definition = form.definition(bench.key_for(form.name))
    dates = bench.dates_with(definition)
    step = making.new_step(wheel, definition, dates[definition.key], today)
    session.add(step)
    session.flush()
    record(session, actor, act="step.add", thing=step, details=_sure(form))
    return step


def change_step(
    session: Session, actor: Actor, *, step: CycleStep, form: StepForm, today: date
) -> None:
    """Say anew what a step is; a new rule for its date takes a move by hand away."""
    actor.must(Right.EDIT_CYCLE, step.organizer_id, step.unit_id)
    services.must_be_open(step)
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
    services.changed(session, actor, step, "step.change", **_sure(form))
    follow_rules(session, actor, step.organizer_id, wheel.year.first_day, today)


def strike_step(session: Session, actor: Actor, *, step: CycleStep, today: date) -> None:
    """Take a step out of its wheel; its reminders end, and it can be taken back."""
    actor.must(Right.EDIT_CYCLE, step.organizer_id, step.unit_id)
    services.must_be_open(step)
    step.struck_on = today
    for one in _followers(session, actor, step):
        one.review = [*(note for note in one.review if note != FOLLOWS_STRUCK), FOLLOWS_STRUCK]
    services.changed(session, actor, step, "step.strike")


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


def _sure(form: StepForm) -> dict[str, bool]:
    return {"not_personal_data": True} if form.not_personal_data else {}
