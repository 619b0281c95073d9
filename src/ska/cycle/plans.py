"""Plans over several years: the steps that they give each year's wheel of the huvudman."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from hashlib import sha256
from uuid import UUID

from sqlalchemy.orm import Session, contains_eager

from ska.access import Actor, visible
from ska.core.text import _
from ska.cycle.definitions import Artefact, LastWeekday, Level, Phase, StepDefinition, WheelKind
from ska.cycle.models import AnnualCycle, CycleStep, MultiYearPlan
from ska.errors import Missing

_PLANNED = re.compile(r"plan-[0-9a-f]{12}-[0-9a-f]{10}")


def is_planned(key: str) -> bool:
    """Tell whether a step of this key comes from a plan over several years."""
    return _PLANNED.fullmatch(key) is not None


def stem_of(plan: MultiYearPlan) -> str:
    """Return what the keys of the plan's steps begin with."""
    return f"plan-{plan.id.hex[-12:]}-"


def key_of(plan: MultiYearPlan, subject: str) -> str:
    """Return the key of the step that looks at *subject*; the same one whichever its year."""
    return stem_of(plan) + sha256(subject.casefold().encode()).hexdigest()[:10]


def steps_in(plan: MultiYearPlan, school_year: int) -> list[StepDefinition]:
    """Return the steps that a plan gives the wheel of a läsår; none when it is struck."""
    named = next((some for year, some in plan.years if year.start == school_year), [])
    return [] if plan.struck_on else [_step(plan, subject) for subject in named]


def places_of(plan: MultiYearPlan) -> set[tuple[int, str]]:
    """Return where the plan's steps belong: läsår and key."""
    return {(year.start, key_of(plan, one)) for year, some in plan.years for one in some}


def _step(plan: MultiYearPlan, subject: str) -> StepDefinition:
    guidance = _("Ur flerårsplanen {plan}, {years}.").format(plan=plan.name, years=plan.span)
    return StepDefinition(
        key=key_of(plan, subject),
        name=subject,
        guidance=guidance,
        levels=(Level.ORGANIZER,),
        phase=Phase.WHERE_ARE_WE,
        responsible=plan.responsible,
        artefact=Artefact.ANALYSIS,
        when=LastWeekday(kind="last_weekday", month=plan.month),
    )


def plans_of(session: Session, actor: Actor, organizer_id: UUID) -> Sequence[MultiYearPlan]:
    """Return the plans, those that are struck last, the latest begun first."""
    return session.scalars(
        visible(MultiYearPlan, actor)
        .where(MultiYearPlan.organizer_id == organizer_id)
        .order_by(
            MultiYearPlan.struck_on.nulls_first(),
            MultiYearPlan.first_year.desc(),
            MultiYearPlan.name,
        )
    ).all()


def plan_by_id(session: Session, actor: Actor, organizer_id: UUID, plan_id: UUID) -> MultiYearPlan:
    """Return a plan; raise Missing when it is not there."""
    found = session.scalar(
        visible(MultiYearPlan, actor).where(
            MultiYearPlan.organizer_id == organizer_id, MultiYearPlan.id == plan_id
        )
    )
    if found is None:
        raise Missing
    return found


def planned_steps(session: Session, actor: Actor, wheel: AnnualCycle) -> list[StepDefinition]:
    """Return what the plans give a wheel that is being made.

    Of the huvudman's wheels of a läsår the first one has them.
    """
    if wheel.kind != WheelKind.ORGANIZER:
        return []
    first = wheels_from(session, actor, wheel.organizer_id, [wheel.school_year])
    if [one.id for one in first] != [wheel.id]:
        return []
    plans = plans_of(session, actor, wheel.organizer_id)
    return [step for plan in plans for step in steps_in(plan, wheel.school_year)]


def wheels_from(
    session: Session, actor: Actor, organizer_id: UUID, school_years: Iterable[int]
) -> list[AnnualCycle]:
    """Return the first of the huvudman's wheels in each of these läsår."""
    found = session.scalars(
        visible(AnnualCycle, actor)
        .where(
            AnnualCycle.organizer_id == organizer_id,
            AnnualCycle.kind == WheelKind.ORGANIZER,
            AnnualCycle.school_year.in_([*school_years]),
        )
        .order_by(AnnualCycle.id.desc())
    )
    return list({one.school_year: one for one in found}.values())


def steps_of_plans(
    session: Session, actor: Actor, organizer_id: UUID
) -> dict[tuple[int, str], CycleStep]:
    """Return the steps that stand in a wheel by läsår and key."""
    found = session.scalars(
        visible(CycleStep, actor)
        .join(CycleStep.cycle)
        .options(contains_eager(CycleStep.cycle))
        .where(
            CycleStep.organizer_id == organizer_id,
            CycleStep.key.startswith("plan-"),
            CycleStep.struck_on.is_(None),
        )
    )
    return {(one.cycle.school_year, one.key): one for one in found if is_planned(one.key)}
