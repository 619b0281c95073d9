"""Reading insatser, and the röd tråd through everything."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Text, cast, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from ska.access import Actor, visible
from ska.actions.models import Action, BoardDecision, Decision, Deficiency, Expectation, FollowUp
from ska.analyses.models import Analysis, DevelopmentArea
from ska.analyses.past import past_before
from ska.db.gather import Gathered
from ska.db.parts import WHOLE, Order, Part, in_parts
from ska.errors import Missing
from ska.organizers.models import SchoolUnit


class ListedAction(NamedTuple):
    """An insats as a list shows it; its names are read faster than those of a database row.

    Its *id* comes as the text that it is written as: of each UUID two would be made.
    """

    id: str
    kind: str
    title: str
    state: str
    starts: date | None
    ends: date | None
    owner_role: str
    unit: str | None
    area: str | None
    next_follow_up: date | None


def _next_follow_ups(organizer_id: UUID) -> Any:
    """Return the day of each insats' next follow-up, worked out once for the whole list."""
    return (
        select(FollowUp.action_id, func.min(FollowUp.planned_on).label("planned_on"))
        .where(FollowUp.organizer_id == organizer_id, FollowUp.waiting())
        .group_by(FollowUp.action_id)
        .subquery()
    )


def actions_of(
    session: Session,
    actor: Actor,
    organizer_id: UUID,
    *,
    state: str | None = None,
    part: Part = WHOLE,
) -> list[ListedAction]:
    """Return the huvudman's insatser, those to follow up first."""
    query, order = _listed(actor, organizer_id, state)
    if part != WHOLE:
        query = in_parts(session, query, order, part)
    return [ListedAction._make(one) for one in session.execute(query)]


@lru_cache(500)
def _listed(actor: Actor, organizer_id: UUID, state: str | None) -> tuple[Any, Order]:
    """Return the question of a list, and its order: it takes as long to make as to ask."""
    waiting = _next_follow_ups(organizer_id)
    following = waiting.c.planned_on
    query = (
        visible(Action, actor)
        .where(Action.organizer_id == organizer_id)
        .outerjoin(SchoolUnit, SchoolUnit.id == Action.unit_id)
        .outerjoin(DevelopmentArea, DevelopmentArea.id == Action.area_id)
        .outerjoin(waiting, waiting.c.action_id == Action.id)
        .with_only_columns(
            cast(Action.id, Text).label("id"),
            Action.kind,
            Action.title,
            Action.state,
            Action.starts,
            Action.ends,
            Action.owner_role,
            SchoolUnit.name.label("unit"),
            DevelopmentArea.title.label("area"),
            following.label("next_follow_up"),
        )
    )
    if state is not None:
        query = query.where(Action.state == state)
    order = (following.is_(None), following, Action.starts, Action.id)
    return query.order_by(*order), order


def chain_questions(actor: Actor, analysis: Analysis) -> list[Select[Any]]:
    """Return the queries of what came of *analysis* and before it, to be asked with its parts."""
    areas = select(DevelopmentArea.id).where(
        DevelopmentArea.organizer_id == analysis.organizer_id,
        DevelopmentArea.analysis_id == analysis.id,
    )
    mine = select(Action.id).where(
        Action.organizer_id == analysis.organizer_id, Action.area_id.in_(areas)
    )
    follow_ups = select(FollowUp.id).where(
        FollowUp.organizer_id == analysis.organizer_id, FollowUp.action_id.in_(mine)
    )
    return [
        visible(Action, actor).where(Action.area_id.in_(areas)),
        visible(FollowUp, actor).where(FollowUp.action_id.in_(mine)),
        visible(Decision, actor).where(Decision.follow_up_id.in_(follow_ups)),
        visible(Expectation, actor).where(
            Expectation.action_id.in_(mine), Expectation.withdrawn_at.is_(None)
        ),
        visible(BoardDecision, actor).where(
            BoardDecision.struck_at.is_(None),
            or_(BoardDecision.area_id.in_(areas), BoardDecision.action_id.in_(mine)),
        ),
        past_before(actor, analysis),
    ]


def actions_in(gathered: Gathered) -> list[Action]:
    """Return the insatser that were gathered, with follow-ups and decisions, first day first."""
    gathered.hang_one(FollowUp, "decision", Decision, "follow_up_id")
    gathered.hang(Action, "follow_ups", FollowUp, "action_id", order="planned_on")
    return sorted(gathered.of(Action), key=lambda one: (one.starts, one.id))


def action_by_id(session: Session, actor: Actor, organizer_id: UUID, action_id: UUID) -> Action:
    """Return one insats with its follow-ups; raise Missing when it is not there for this person."""
    return _one_action(session, actor, organizer_id, Action.id == action_id)


def _one_action(
    session: Session, actor: Actor, organizer_id: UUID, which: ColumnElement[bool]
) -> Action:
    whole = joinedload(Action.follow_ups).joinedload(FollowUp.decision)
    query = visible(Action, actor).where(Action.organizer_id == organizer_id, which)
    found = session.scalars(query.options(whole)).unique().one_or_none()
    if found is None:
        raise Missing
    return found


def follow_up_by_id(
    session: Session, actor: Actor, organizer_id: UUID, follow_up_id: UUID
) -> tuple[Action, FollowUp]:
    """Return one follow-up and its insats; raise Missing when not there for this person."""
    mine = (
        visible(FollowUp, actor)
        .where(FollowUp.organizer_id == organizer_id, FollowUp.id == follow_up_id)
        .with_only_columns(FollowUp.action_id)
    )
    action = _one_action(session, actor, organizer_id, Action.id.in_(mine))
    return action, next(one for one in action.follow_ups if one.id == follow_up_id)


def overdue_follow_ups(
    session: Session, actor: Actor, organizer_id: UUID, today: date
) -> Sequence[Any]:
    """Return rows (id, planned_on, title, action_id) of unanswered follow-ups before *today*."""
    return session.execute(
        visible(FollowUp, actor)
        .join(Action, Action.id == FollowUp.action_id)
        .where(
            FollowUp.organizer_id == organizer_id,
            FollowUp.waiting(),
            FollowUp.planned_on < today,
            Action.state == "in_force",
        )
        .with_only_columns(
            FollowUp.id, FollowUp.planned_on, Action.title, Action.id.label("action_id")
        )
        .order_by(FollowUp.planned_on, FollowUp.id)
    ).all()


def analysis_of_area(
    session: Session, actor: Actor, organizer_id: UUID, area_id: UUID
) -> Analysis | None:
    """Return the analysis that an area belongs to, or None when this person does not see it."""
    return session.scalar(
        visible(Analysis, actor)
        .join(DevelopmentArea, DevelopmentArea.analysis_id == Analysis.id)
        .where(Analysis.organizer_id == organizer_id, DevelopmentArea.id == area_id)
    )


def deficiencies_of(
    session: Session, actor: Actor, organizer_id: UUID, *, part: Part = WHOLE
) -> Sequence[Deficiency]:
    """Return the huvudman's brister, those not mended first."""
    query = visible(Deficiency, actor).where(Deficiency.organizer_id == organizer_id)
    order = (
        Deficiency.mended_on.is_not(None),
        Deficiency.mended_on,
        Deficiency.found_on,
        Deficiency.id,
    )
    return session.scalars(in_parts(session, query, order, part)).all()


def deficiency_by_id(
    session: Session, actor: Actor, organizer_id: UUID, deficiency_id: UUID
) -> Deficiency:
    """Return one brist; raise Missing when it is not there for this person."""
    found = session.scalar(
        visible(Deficiency, actor).where(
            Deficiency.organizer_id == organizer_id, Deficiency.id == deficiency_id
        )
    )
    if found is None:
        raise Missing
    return found


def actions_mending(session: Session, actor: Actor, deficiency: Deficiency) -> list[Action]:
    """Return the åtgärder that mend a brist, with their follow-ups, first day first."""
    return list(
        session.scalars(
            visible(Action, actor)
            .where(
                Action.organizer_id == deficiency.organizer_id,
                Action.deficiency_id == deficiency.id,
            )
            .order_by(Action.starts, Action.id)
            .options(selectinload(Action.follow_ups).joinedload(FollowUp.decision))
        )
    )
