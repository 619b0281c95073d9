"""A wheel laid out to be worked on: what its steps' dates would be with one of them changed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from ska.access import Actor
from ska.core.text import _
from ska.cycle import wheel_queries
from ska.cycle.dates import NO_ANCHORS, Anchors, StepDates
from ska.cycle.definitions import AfterStep, Release, StepDefinition, ring_in
from ska.cycle.following import anchors_of, reckoned, stands_fast, template_steps
from ska.cycle.models import AnnualCycle, CycleStep
from ska.errors import Invalid
from ska.organizers.rules import slug_of


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
