"""What the start page asks of the work itself."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Date, Select, String, and_, cast, func, literal, null, or_, select, union_all
from sqlalchemy.orm import Session

from ska.access import Actor, Right, Role, visible
from ska.accounts.models import RoleAssignment
from ska.actions.models import Action, Expectation, FollowUp
from ska.analyses.models import Analysis
from ska.analyses.rules import State
from ska.cycle.models import CycleStep
from ska.cycle.queries import still_to_do
from ska.handover.letters import LEADS
from ska.handover.models import HandoverQuestion
from ska.handover.rules import AskedOf
from ska.organizers.meetings import PAGE, fixed_ahead
from ska.organizers.models import GroupMember, PrincipalsGroup, SavedView, SchoolUnit
from ska.overview.models import PutAway
from ska.overview.rules.home import SOON, HomeRow, Kind

_NO_ID = cast(null(), sa.Uuid)
_NO_DAY = cast(null(), Date)


def home_rows(
    session: Session, actor: Actor, organizer_id: UUID, today: date, part: str
) -> list[HomeRow]:
    """Return what waits for this person, their units, and what is put away: one statement.

    Steps are those of the person's own roles; drafts the latest; follow-ups those soon due.
    """
    parts = [
        _steps(actor, organizer_id, today),
        _drafts(actor, organizer_id),
        _follow_ups(actor, organizer_id, today),
        *_handovers(actor, organizer_id, today),
        _units(actor, organizer_id),
        _put_away(actor, organizer_id, part),
        _groups(actor, organizer_id),
        _meetings(actor, organizer_id, today),
        _followed(actor, organizer_id),
        *_counts(actor, organizer_id),
    ]
    columns = [select(one.subquery()) for one in parts]
    rows = session.execute(union_all(*columns))
    return [HomeRow(Kind(row[0]), row[1], row[2], row[3], row[4], row[5]) for row in rows]


def _columns(kind: Kind, *columns: Any) -> list[Any]:
    names = ("id", "title", "day", "unit_id", "extra")
    labelled = [one.label(name) for one, name in zip(columns, names, strict=True)]
    return [literal(str(kind)).label("kind"), *labelled]


def _steps(actor: Actor, organizer_id: UUID, today: date) -> Select[Any]:
    """Return the next steps of the roles that the person holds, where they hold them."""
    mine = [
        (CycleStep.responsible == one.role)
        & (sa.true() if one.unit_id is None else CycleStep.unit_id == one.unit_id)
        for one in actor.assignments
        if one.organizer_id == organizer_id
    ]
    return (
        visible(CycleStep, actor)
        .where(
            CycleStep.organizer_id == organizer_id,
            still_to_do(today),
            or_(sa.false(), *mine),
        )
        .order_by(CycleStep.due, CycleStep.id)
        .limit(12)
        .with_only_columns(
            *_columns(
                Kind.STEP, CycleStep.id, CycleStep.name, CycleStep.due, CycleStep.unit_id,
                CycleStep.phase,
            )
        )
    )  # fmt: skip


def _drafts(actor: Actor, organizer_id: UUID) -> Select[Any]:
    return (
        visible(Analysis, actor)
        .where(
            Analysis.organizer_id == organizer_id,
            Analysis.state != State.ESTABLISHED,
            Analysis.written_by == actor.name,
        )
        .order_by(Analysis.updated_at.desc(), Analysis.id)
        .limit(5)
        .with_only_columns(
            *_columns(
                Kind.DRAFT, Analysis.id, Analysis.title, _NO_DAY, Analysis.unit_id,
                cast(Analysis.year, String),
            )
        )
    )  # fmt: skip


def _follow_ups(actor: Actor, organizer_id: UUID, today: date) -> Select[Any]:
    if not actor.may(Right.PLAN_ACTIONS, organizer_id):
        return _nothing(Kind.FOLLOW_UP)
    own = actor.units(Right.PLAN_ACTIONS, organizer_id)
    return (
        visible(FollowUp, actor)
        .join(Action, Action.id == FollowUp.action_id)
        .where(
            FollowUp.organizer_id == organizer_id,
            sa.true() if own is None else FollowUp.unit_id.in_(own),
            FollowUp.waiting(),
            FollowUp.planned_on <= today + timedelta(days=SOON),
            Action.state == "in_force",
        )
        .order_by(FollowUp.planned_on, FollowUp.id)
        .limit(12)
        .with_only_columns(
            *_columns(
                Kind.FOLLOW_UP, FollowUp.id, Action.title, FollowUp.planned_on, FollowUp.unit_id,
                literal(""),
            )
        )
    )  # fmt: skip


def _handovers(actor: Actor, organizer_id: UUID, today: date) -> list[Select[Any]]:
    """Return the units to hand over, the questions that wait there, and the person's new ones.

    The rektor's own, and all of them for those who lead the huvudman's work.
    """
    unit, role, asked = SchoolUnit, RoleAssignment, HandoverQuestion
    leads = any(one.role in LEADS and one.organizer_id == organizer_id for one in actor.assignments)
    own = [one.unit_id for one in actor.assignments if one.role is Role.PRINCIPAL]
    soon = today + timedelta(days=SOON)
    led = (
        visible(unit, actor)
        .join(role, and_(role.organizer_id == unit.organizer_id, role.unit_id == unit.id))
        .where(unit.organizer_id == organizer_id, role.role == Role.PRINCIPAL)
    )
    ending = led.where(
        role.valid_from <= today,
        role.valid_to.between(today, soon),
        or_(sa.literal(leads), unit.id.in_(own)),
    )
    begun = led.where(
        role.person_id == actor.person_id,
        role.valid_from.between(today - timedelta(days=SOON), today),
    )
    waiting = (
        visible(asked, actor)
        .join(unit, and_(unit.organizer_id == asked.organizer_id, unit.id == asked.unit_id))
        .where(
            asked.organizer_id == organizer_id,
            asked.answer.is_(None),
            or_(
                and_(asked.asked_of == AskedOf.ORGANIZER, sa.literal(leads)),
                and_(asked.asked_of == AskedOf.LEAVER, unit.id.in_(own)),
            ),
        )
        .order_by(asked.id)
        .limit(5)
    )
    until = role.valid_from + SOON
    return [
        ending.with_only_columns(
            *_columns(Kind.HANDOVER, role.id, unit.name, role.valid_to, unit.id, unit.slug)
        ),
        begun.with_only_columns(
            *_columns(Kind.NEW_ROLE, role.id, unit.name, until, unit.id, unit.slug)
        ),
        waiting.with_only_columns(
            *_columns(Kind.QUESTION, asked.id, asked.question, _NO_DAY, unit.id, unit.slug)
        ),
    ]


def _units(actor: Actor, organizer_id: UUID) -> Select[Any]:
    return (
        visible(SchoolUnit, actor)
        .where(SchoolUnit.organizer_id == organizer_id)
        .with_only_columns(
            *_columns(
                Kind.UNIT, SchoolUnit.id, SchoolUnit.name, _NO_DAY, SchoolUnit.id,
                SchoolUnit.slug + literal(" ") + func.coalesce(SchoolUnit.school_unit_code, ""),
            )
        )
    )  # fmt: skip


def _put_away(actor: Actor, organizer_id: UUID, part: str) -> Select[Any]:
    return (
        visible(PutAway, actor)
        .where(
            PutAway.organizer_id == organizer_id,
            PutAway.person_id == actor.person_id,
            PutAway.part == part,
        )
        .with_only_columns(
            *_columns(Kind.GUIDE, PutAway.id, PutAway.part, _NO_DAY, _NO_ID, literal(""))
        )
    )


def _groups(actor: Actor, organizer_id: UUID) -> Select[Any]:
    """Return the rektorsgrupper of the units where the person is rektor."""
    led = [one.unit_id for one in actor.assignments if one.role is Role.PRINCIPAL and one.unit_id]
    mine = visible(GroupMember, actor).where(GroupMember.unit_id.in_(led))
    return (
        visible(PrincipalsGroup, actor)
        .where(
            PrincipalsGroup.organizer_id == organizer_id,
            PrincipalsGroup.ended_at.is_(None),
            PrincipalsGroup.id.in_(mine.with_only_columns(GroupMember.group_id)),
        )
        .with_only_columns(
            *_columns(
                Kind.GROUP, PrincipalsGroup.id, PrincipalsGroup.name, _NO_DAY, _NO_ID,
                PrincipalsGroup.slug,
            )
        )
    )  # fmt: skip


def _meetings(actor: Actor, organizer_id: UUID, today: date) -> Select[Any]:
    told = (SavedView.id, SavedView.name, SavedView.meeting_on, _NO_ID, PAGE)
    return fixed_ahead(actor, organizer_id, today).with_only_columns(*_columns(Kind.MEETING, *told))


def _followed(actor: Actor, organizer_id: UUID) -> Select[Any]:
    """Return the indicators that insatser in force are to change, by their codes."""
    return (
        visible(Expectation, actor)
        .join(Action, Action.id == Expectation.action_id)
        .where(
            Expectation.organizer_id == organizer_id,
            Expectation.withdrawn_at.is_(None),
            Action.state == "in_force",
        )
        .distinct()
        .with_only_columns(
            *_columns(Kind.FOLLOWED, _NO_ID, Expectation.indicator, _NO_DAY, _NO_ID, literal(""))
        )
    )


def _counts(actor: Actor, organizer_id: UUID) -> list[Select[Any]]:
    people = select(func.count(RoleAssignment.person_id.distinct())).where(
        RoleAssignment.organizer_id == organizer_id
    )
    counted = {
        "analyses": visible(Analysis, actor).where(Analysis.organizer_id == organizer_id),
        "actions": visible(Action, actor).where(Action.organizer_id == organizer_id),
    }
    counts = {
        name: select(func.count()).select_from(query.subquery()) for name, query in counted.items()
    }
    return [
        select(
            *_columns(
                Kind.COUNT, _NO_ID, literal(name), _NO_DAY, _NO_ID,
                cast(count.scalar_subquery(), String),
            )
        )
        for name, count in {**counts, "people": people}.items()
    ]  # fmt: skip


def _nothing(kind: Kind) -> Select[Any]:
    return select(*_columns(kind, _NO_ID, literal(""), _NO_DAY, _NO_ID, literal(""))).where(
        sa.false()
    )


def role_and_unit(actor: Actor, organizer_id: UUID) -> tuple[list[str], UUID | None]:
    """Return the names of the roles held here, and the unit when they are all of one unit."""
    held = [one for one in actor.assignments if one.organizer_id == organizer_id]
    units = {one.unit_id for one in held}
    unit = next(iter(units)) if len(units) == 1 else None
    return actor.role_names(organizer_id), unit
