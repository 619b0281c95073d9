"""Reading wheels whole: those of a läsår, one with what its steps may follow, what waits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session, contains_eager

from ska.access import Actor, visible
from ska.core.school_year import SchoolYear
from ska.cycle.definitions import WheelKind
from ska.cycle.models import AnnualCycle, CycleStep


def cycles_of(
    session: Session, actor: Actor, organizer_id: UUID, year: SchoolYear
) -> Sequence[AnnualCycle]:
    """Return the läsår's wheels: the huvudman's and those of the units that the person sees."""
    return session.scalars(
        visible(AnnualCycle, actor)
        .where(AnnualCycle.organizer_id == organizer_id, AnnualCycle.is_read_in(year))
        .order_by(AnnualCycle.unit_id.nulls_first(), AnnualCycle.school_year, AnnualCycle.id)
    ).all()


def wheel_by_id(
    session: Session, actor: Actor, organizer_id: UUID, wheel_id: UUID
) -> AnnualCycle | None:
    """Return a wheel, or None."""
    return session.scalar(
        visible(AnnualCycle, actor).where(
            AnnualCycle.organizer_id == organizer_id, AnnualCycle.id == wheel_id
        )
    )


def wheels_on(
    session: Session, actor: Actor, organizer_id: UUID, day: date
) -> Sequence[AnnualCycle]:
    """Return the wheels whose year holds the day: the läsår's, and those of the calendar year."""
    is_budget = AnnualCycle.kind == WheelKind.BUDGET
    start = SchoolYear.containing(day).start
    return session.scalars(
        visible(AnnualCycle, actor)
        .where(
            AnnualCycle.organizer_id == organizer_id,
            case((is_budget, day.year), else_=start) == AnnualCycle.school_year,
        )
        .order_by(AnnualCycle.id)
    ).all()


def twin_of(
    session: Session, actor: Actor, wheel: AnnualCycle, school_year: int
) -> AnnualCycle | None:
    """Return the wheel of the same name, kind and unit in another year, or None."""
    return session.scalar(
        visible(AnnualCycle, actor).where(
            AnnualCycle.organizer_id == wheel.organizer_id,
            AnnualCycle.unit_id.is_not_distinct_from(wheel.unit_id),
            AnnualCycle.kind == wheel.kind,
            AnnualCycle.name == wheel.name,
            AnnualCycle.school_year == school_year,
        )
    )


def steps_of_cycles(
    session: Session, actor: Actor, cycle_ids: Sequence[UUID]
) -> Sequence[CycleStep]:
    """Return these wheels' steps with them, struck ones too, the earliest due first."""
    return session.scalars(
        visible(CycleStep, actor)
        .join(CycleStep.cycle)
        .options(contains_eager(CycleStep.cycle))
        .where(CycleStep.cycle_id.in_(cycle_ids))
        .order_by(CycleStep.due, CycleStep.key)
    ).all()


def steps_around(session: Session, actor: Actor, wheel: AnnualCycle) -> Sequence[CycleStep]:
    """Return a wheel's steps, struck ones too, and those of the huvudman's that they may follow."""
    is_above = and_(
        AnnualCycle.kind == WheelKind.ORGANIZER, AnnualCycle.school_year == wheel.school_year
    )
    is_own = CycleStep.cycle_id == wheel.id
    return session.scalars(
        visible(CycleStep, actor)
        .join(CycleStep.cycle)
        .options(contains_eager(CycleStep.cycle))
        .where(
            CycleStep.organizer_id == wheel.organizer_id,
            or_(is_own, is_above) if wheel.unit_id else is_own,
        )
        .order_by(CycleStep.due, CycleStep.key)
    ).all()


def _waits(today: date) -> ColumnElement[bool]:
    return and_(
        CycleStep.done_on.is_(None),
        CycleStep.struck_on.is_(None),
        CycleStep.moved_because.is_(None),
        CycleStep.due >= today,
        CycleStep.definition["when"]["kind"].as_string() == "release",
    )


def waits_of_all(today: date) -> Select[Any]:
    """Return the query of what is waited for in all huvudmän in scope, and in which of them."""
    what = (AnnualCycle.kind, AnnualCycle.school_year, CycleStep.definition, CycleStep.due)
    return (
        select(*what, func.array_agg(CycleStep.organizer_id.distinct()).label("organizers"))
        .join(CycleStep.cycle)
        .where(_waits(today))
        .group_by(*what)
    )


def steps_that_wait(
    session: Session, actor: Actor, organizer_id: UUID, today: date
) -> Sequence[CycleStep]:
    """Return the open steps that wait for a publication and were not moved, with their wheels."""
    return session.scalars(
        visible(CycleStep, actor)
        .join(CycleStep.cycle)
        .options(contains_eager(CycleStep.cycle))
        .where(CycleStep.organizer_id == organizer_id, _waits(today))
    ).all()


def cycles_to_copy(
    session: Session, actor: Actor, organizer_id: UUID, year: SchoolYear
) -> list[AnnualCycle]:
    """Return the läsår's wheels that have no twin in the year after.

    Of the two calendar years that reach into it, the one that begins in it.
    """
    wheels = [*cycles_of(session, actor, organizer_id, year)]
    following = cycles_of(session, actor, organizer_id, year.next)
    taken = {(one.unit_id, one.kind, one.name, one.school_year) for one in (*wheels, *following)}
    return [
        one
        for one in wheels
        if one.year.first_day >= year.first_day
        and (one.unit_id, one.kind, one.name, one.school_year + 1) not in taken
    ]
