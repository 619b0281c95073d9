"""Local goals, local indicators and their ties, through the first lock."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from ska.access import Actor, visible
from ska.framework.models import LocalGoal, LocalIndicator, LocalTie


def goals(session: Session, actor: Actor, organizer_id: UUID) -> list[LocalGoal]:
    """Return the huvudman's local goals: those in force first, then by their name."""
    query = visible(LocalGoal, actor).where(LocalGoal.organizer_id == organizer_id)
    return list(session.scalars(query.order_by(LocalGoal.valid_to.is_not(None), LocalGoal.title)))


def goal(session: Session, actor: Actor, organizer_id: UUID, goal_id: UUID) -> LocalGoal | None:
    """Return one local goal, or None."""
    return session.scalar(
        visible(LocalGoal, actor).where(
            LocalGoal.organizer_id == organizer_id, LocalGoal.id == goal_id
        )
    )


def local_indicators(session: Session, actor: Actor, organizer_id: UUID) -> list[LocalIndicator]:
    """Return the huvudman's own indicators: those in use first, then by their name."""
    query = visible(LocalIndicator, actor).where(LocalIndicator.organizer_id == organizer_id)
    return list(
        session.scalars(query.order_by(LocalIndicator.retired_on.is_not(None), LocalIndicator.name))
    )


def local_indicator(
    session: Session, actor: Actor, organizer_id: UUID, indicator_id: UUID
) -> LocalIndicator | None:
    """Return one of the huvudman's own indicators, or None."""
    return session.scalar(
        visible(LocalIndicator, actor).where(
            LocalIndicator.organizer_id == organizer_id, LocalIndicator.id == indicator_id
        )
    )


def ties(session: Session, actor: Actor, organizer_id: UUID) -> list[LocalTie]:
    """Return all ties of the huvudman, oldest first."""
    return list(
        session.scalars(
            visible(LocalTie, actor)
            .where(LocalTie.organizer_id == organizer_id)
            .order_by(LocalTie.id)
        )
    )


def tie_by_id(session: Session, actor: Actor, organizer_id: UUID, tie_id: UUID) -> LocalTie | None:
    """Return one tie, or None."""
    return session.scalar(
        visible(LocalTie, actor).where(LocalTie.organizer_id == organizer_id, LocalTie.id == tie_id)
    )
