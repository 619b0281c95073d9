"""What the page of what is seen asks of the work itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_
from sqlalchemy.orm import Session

from ska.access import Actor, Right, visible
from ska.analyses.models import Analysis
from ska.analyses.rules import State
from ska.organizers.models import SchoolUnit


@dataclass(frozen=True)
class OpenAnalysis:
    """An analysis that can still take an underlag."""

    id: UUID
    title: str
    year: int
    unit: str | None


def open_analyses(
    session: Session, actor: Actor, organizer_id: UUID, unit_id: UUID | None
) -> Sequence[OpenAnalysis]:
    """Return the analyses that the person may write in, the latest first."""
    query = (
        visible(Analysis, actor)
        .outerjoin(SchoolUnit, SchoolUnit.id == Analysis.unit_id)
        .where(Analysis.organizer_id == organizer_id, Analysis.state != State.ESTABLISHED)
        .order_by(Analysis.updated_at.desc(), Analysis.id)
        .limit(20)
        .with_only_columns(Analysis.id, Analysis.title, Analysis.year, SchoolUnit.name)
    )
    own = actor.units(Right.OBSERVE, organizer_id)
    if own is not None:
        query = query.where(Analysis.unit_id.in_(own))
    if unit_id is not None:
        query = query.where(or_(Analysis.unit_id.is_(None), Analysis.unit_id == unit_id))
    return [OpenAnalysis(*row) for row in session.execute(query)]
