"""Reading the reports that wait for a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Select, func
from sqlalchemy.orm import Session

from ska.access import Actor, Right, visible
from ska.db.parts import WHOLE, Part, in_parts
from ska.errors import Missing
from ska.history.models import HistoryDraft
from ska.organizers.models import SchoolUnit

KEPT_FOR = timedelta(days=14)


def _own(actor: Actor, organizer_id: UUID) -> Select[HistoryDraft]:
    return visible(HistoryDraft, actor).where(
        HistoryDraft.organizer_id == organizer_id,
        HistoryDraft.person_id == actor.person_id,
        HistoryDraft.updated_at > func.now() - KEPT_FOR,
    )


def drafts_of(
    session: Session, actor: Actor, organizer_id: UUID, *, part: Part = WHOLE
) -> Sequence[HistoryDraft]:
    """Return the reports that wait for this very person, the latest first."""
    query = _own(actor, organizer_id)
    order = (HistoryDraft.created_at.desc(), HistoryDraft.id)
    return session.scalars(in_parts(session, query, order, part)).all()


def draft_by_id(session: Session, actor: Actor, organizer_id: UUID, draft_id: UUID) -> HistoryDraft:
    """Return a report that waits for this very person; raise Missing when there is none."""
    found = session.scalar(_own(actor, organizer_id).where(HistoryDraft.id == draft_id))
    if found is None:
        raise Missing
    return found


@dataclass(frozen=True)
class Choices:
    """Whose reports a person may keep: units, and whether the huvudman as a whole."""

    units: Sequence[SchoolUnit]
    may_whole: bool


def choices_of(session: Session, actor: Actor, organizer_id: UUID) -> Choices:
    """Return whose reports this person may keep; units that have ended have history too."""
    own = actor.units(Right.ESTABLISH, organizer_id)
    query = visible(SchoolUnit, actor).where(SchoolUnit.organizer_id == organizer_id)
    if own is not None:
        query = query.where(SchoolUnit.id.in_(own))
    return Choices(
        session.scalars(query.order_by(SchoolUnit.name, SchoolUnit.id)).all(), own is None
    )
