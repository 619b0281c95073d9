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
from ska.analyses.models import PastAnalysis, PastParagraph
from ska.core.school_year import SchoolYear
from ska.db.gather import Gathered, gather
from ska.errors import Missing
from ska.handover.leaving import Leader, Leaving, leaving_of
from ska.handover.models import HandoverQuestion
from ska.handover.rules import TOLD, YEARS, Handover, Report, handover_of
from ska.history.catalogue import shipped
from ska.organizers.dependencies import Place
from ska.organizers.models import SchoolUnit
from ska.organizers.queries import unit_by_slug
from ska.xrays.queries import everything
from ska.xrays.rules import Work


@dataclass(frozen=True)
class HandoverView:
    """The page of a handover."""

    unit: SchoolUnit
    handover: Handover
    leaders: list[Leader]
    asked: Sequence[HandoverQuestion]
    leaving: Leaving | None


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
    past = visible(PastAnalysis, actor).where(
        PastAnalysis.unit_id == of_unit,
        PastAnalysis.struck_at.is_(None),
        PastAnalysis.year >= SchoolYear.containing(today).start - YEARS,
    )
    told = visible(PastParagraph, actor).where(
        PastParagraph.past_id.in_(past.with_only_columns(PastAnalysis.id)),
        PastParagraph.part.in_(TOLD),
        PastParagraph.kind != "heading",
    )
    asked = visible(HandoverQuestion, actor).where(HandoverQuestion.unit_id == of_unit)
    found = gather(session, [wanted, asked, past, told])
    unit = _worked_with(next(iter(found.of(SchoolUnit)), None), actor)
    things = everything(session, actor, place.organizer.id, today, unit.id)
    things.pop("alarms")
    leaders = _leaders(session, unit)
    work = Work(today, **things)
    return HandoverView(
        unit,
        handover_of(work, unit.id, place.path, _reports(found)),
        leaders,
        found.of(HandoverQuestion)[::-1],
        leaving_of(work, unit.id, leaders, place.path),
    )


def _reports(found: Gathered) -> list[Report]:
    """Return the earlier reports with what is told of them, part by part."""
    told: dict[tuple[UUID, str], list[str]] = {}
    for own in sorted(found.of(PastParagraph), key=lambda one: one.place):
        told.setdefault((own.past_id, own.part), []).append(own.in_a_line)
    return [
        Report(
            one.year,
            one.title,
            f"/historia/{one.id}",
            tuple((part.name, tuple(told.get((one.id, part.id), ()))) for part in shipped().unit),
        )
        for one in found.of(PastAnalysis)
    ]


def unit_seen(session: Session, actor: Actor, place: Place, slug: str) -> SchoolUnit:
    """Return the unit; raise Missing when this person does not work with it."""
    return _worked_with(unit_by_slug(session, actor, place.organizer.id, slug), actor)


def _worked_with(unit: SchoolUnit | None, actor: Actor) -> SchoolUnit:
    if unit is None or not actor.may_for(Right.READ, unit.organizer_id, unit.id):
        raise Missing
    return unit


def questions_of(session: Session, actor: Actor, unit: SchoolUnit) -> Sequence[HandoverQuestion]:
    """Return what is asked about a unit, the latest first."""
    return session.scalars(
        visible(HandoverQuestion, actor)
        .where(
            HandoverQuestion.organizer_id == unit.organizer_id, HandoverQuestion.unit_id == unit.id
        )
        .order_by(HandoverQuestion.id.desc())
    ).all()


def question_by_id(
    session: Session, actor: Actor, unit: SchoolUnit, question_id: UUID
) -> HandoverQuestion:
    """Return a question about the unit; raise Missing where there is none."""
    found = session.scalar(
        visible(HandoverQuestion, actor).where(
            HandoverQuestion.organizer_id == unit.organizer_id,
            HandoverQuestion.unit_id == unit.id,
            HandoverQuestion.id == question_id,
        )
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
        Leader(
            name,
            ("tf " if acting else "") + ROLE_NAMES[Role(role)],
            since,
            until,
            leads=role == Role.PRINCIPAL,
        )
        for name, role, acting, since, until in rows
    ]
