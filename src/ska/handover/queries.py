"""What a new rektor reads: the unit's work, who has led it, and the questions so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ska.access import ROLE_NAMES, Actor, Right, Role, visible
from ska.accounts.models import Person, RoleAssignment
from ska.db.gather import gather
from ska.errors import Missing
from ska.handover.models import HandoverQuestion
from ska.handover.rules import Handover, handover_of
from ska.organizers.dependencies import Place
from ska.organizers.models import SchoolUnit
from ska.organizers.queries import unit_by_slug
from ska.xrays.queries import everything
from ska.xrays.rules import Work


@dataclass(frozen=True)
class Leader:
    """Someone who leads, has led or will lead the unit."""

    name: str
    role: str
    valid_from: date
    valid_to: date | None

    def on(self, day: date) -> bool:
        """Tell whether it is so on *day*."""
        return self.valid_from <= day and (self.valid_to is None or self.valid_to >= day)


@dataclass(frozen=True)
class HandoverView:
    """The page of a handover."""

    unit: SchoolUnit
    handover: Handover
    leaders: list[Leader]
    asked: Sequence[HandoverQuestion]


def handover_view(
    session: Session, actor: Actor, place: Place, slug: str, today: date
) -> HandoverView:
    """Return what a new rektor should know of a unit, in three statements.

    Raises Missing when this person does not work with the unit.
    """
    wanted = visible(SchoolUnit, actor).where(
        SchoolUnit.organizer_id == place.organizer.id, SchoolUnit.slug == slug
    )
    of_unit = wanted.with_only_columns(SchoolUnit.id).scalar_subquery()
    found = gather(
        session,
        [wanted, visible(HandoverQuestion, actor).where(HandoverQuestion.unit_id == of_unit)],
    )
    unit = _worked_with(next(iter(found.of(SchoolUnit)), None), actor)
    things = everything(session, actor, place.organizer.id, today, unit.id)
    things.pop("alarms")
    handover = handover_of(Work(today, **things), unit.id, place.path)
    asked = found.of(HandoverQuestion)[::-1]
    return HandoverView(unit, handover, _leaders(session, unit), asked)


def unit_seen(session: Session, actor: Actor, place: Place, slug: str) -> SchoolUnit:
    """Return the unit; raise Missing when this person does not work with it."""
    return _worked_with(unit_by_slug(session, actor, place.organizer.id, slug), actor)


def _worked_with(unit: SchoolUnit | None, actor: Actor) -> SchoolUnit:
    if unit is None or not actor.may_for(Right.READ, unit.organizer_id, unit.id):
        raise Missing
    return unit


def question_by_id(
    session: Session, actor: Actor, unit: SchoolUnit, question_id: UUID
) -> HandoverQuestion:
    """Return a question about the unit, locked until the act is done; raise Missing without."""
    found = session.scalar(
        visible(HandoverQuestion, actor)
        .where(
            HandoverQuestion.organizer_id == unit.organizer_id,
            HandoverQuestion.unit_id == unit.id,
            HandoverQuestion.id == question_id,
        )
        .with_for_update()
    )
    if found is None:
        raise Missing
    return found


def _leaders(session: Session, unit: SchoolUnit) -> list[Leader]:
    rows = session.execute(
        select(
            Person.name, RoleAssignment.role, RoleAssignment.acting, RoleAssignment.valid_from,
            RoleAssignment.valid_to,
        )
        .join(RoleAssignment, RoleAssignment.person_id == Person.id)
        .where(
            RoleAssignment.organizer_id == unit.organizer_id,
            RoleAssignment.unit_id == unit.id,
            RoleAssignment.role.in_([Role.PRINCIPAL, Role.LEAD_TEACHER, Role.STUDENT_HEALTH]),
        )
        .order_by(RoleAssignment.valid_from.desc(), Person.name)
    )  # fmt: skip
    return [
        Leader(name, ("tf " if acting else "") + ROLE_NAMES[Role(role)], since, until)
        for name, role, acting, since, until in rows
    ]
