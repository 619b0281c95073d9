"""Reading sambedömningar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select
from sqlalchemy.orm import Session

from ska.access import Actor, visible
from ska.analyses.models import Analysis
from ska.assessment.models import ModerationSession
from ska.db.parts import WHOLE, Part, in_parts
from ska.errors import Missing
from ska.organizers.models import SchoolUnit

_ORDER = (ModerationSession.held_on.desc(), ModerationSession.id)


def sessions_of(
    session: Session, actor: Actor, organizer_id: UUID, *, part: Part = WHOLE
) -> Sequence[ModerationSession]:
    """Return the huvudman's sambedömningar that stand, the latest first."""
    query = _standing(actor, organizer_id)
    return session.scalars(in_parts(session, query, _ORDER, part)).all()


def listed_sessions(session: Session, actor: Actor, organizer_id: UUID) -> Sequence[Any]:
    """Return (sambedömning, unit's name) of all, also the struck ones, the latest first."""
    return session.execute(
        visible(ModerationSession, actor)
        .add_columns(SchoolUnit.name)
        .outerjoin(SchoolUnit, SchoolUnit.id == ModerationSession.unit_id)
        .where(ModerationSession.organizer_id == organizer_id)
        .order_by(*_ORDER)
    ).all()


def sessions_about(
    session: Session,
    actor: Actor,
    organizer_id: UUID,
    *,
    subject: str,
    stage: str,
    unit_id: UUID | None,
) -> Sequence[ModerationSession]:
    """Return the sambedömningar in a subject and year group, at a unit when one is named."""
    query = _standing(actor, organizer_id).where(
        ModerationSession.subject == subject, ModerationSession.stage == stage
    )
    if unit_id is not None:
        query = query.where(ModerationSession.unit_id == unit_id)
    return session.scalars(query.order_by(*_ORDER)).all()


def session_by_id(
    session: Session, actor: Actor, organizer_id: UUID, session_id: UUID
) -> ModerationSession:
    """Return one sambedömning, struck or not; raise Missing when not there for this person."""
    found = session.scalar(
        visible(ModerationSession, actor).where(
            ModerationSession.organizer_id == organizer_id, ModerationSession.id == session_id
        )
    )
    if found is None:
        raise Missing
    return found


def analysis_tied_to(session: Session, actor: Actor, held: ModerationSession) -> Any:
    """Return (id, title, year) of the analysis that holds it, None when this person sees none."""
    if held.analysis_id is None:
        return None
    return session.execute(
        visible(Analysis, actor)
        .where(Analysis.organizer_id == held.organizer_id, Analysis.id == held.analysis_id)
        .with_only_columns(Analysis.id, Analysis.title, Analysis.year)
    ).first()


def _standing(actor: Actor, organizer_id: UUID) -> Select[ModerationSession]:
    return visible(ModerationSession, actor).where(
        ModerationSession.organizer_id == organizer_id, ModerationSession.struck_at.is_(None)
    )
