"""Reading the organisation."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from ska.access import Actor, visible
from ska.core.swedish import sort_key
from ska.db.parts import WHOLE, Part, in_parts
from ska.organizers.models import Organizer, SchoolUnit


def organizers_of(session: Session, actor: Actor) -> Sequence[Organizer]:
    """Return the huvudmän that the person may open, by name."""
    found = session.scalars(select(Organizer).where(Organizer.id.in_(actor.organizers)))
    return sorted(found, key=lambda one: sort_key(one.name))


def number_of(session: Session, actor: Actor, organizer_id: UUID) -> str | None:
    """Return the huvudman's organisation number, None when it has none here or may not be read."""
    query = select(Organizer.organisation_number).where(Organizer.id.in_(actor.organizers))
    return session.scalar(query.where(Organizer.id == organizer_id))


def units_of(
    session: Session, actor: Actor, organizer_id: UUID, *, part: Part = WHOLE
) -> Sequence[SchoolUnit]:
    """Return the huvudman's units with their skolformer, by name."""
    query = visible(SchoolUnit, actor).where(SchoolUnit.organizer_id == organizer_id)
    query = in_parts(session, query, (SchoolUnit.name, SchoolUnit.id), part)
    return session.scalars(query.options(selectinload(SchoolUnit.school_types))).all()


def unit_by_slug(
    session: Session, actor: Actor, organizer_id: UUID, slug: str
) -> SchoolUnit | None:
    """Return one of the huvudman's units by its address, or None."""
    return session.scalar(
        visible(SchoolUnit, actor)
        .where(SchoolUnit.organizer_id == organizer_id, SchoolUnit.slug == slug)
        .options(selectinload(SchoolUnit.school_types))
    )


def unit_names(session: Session, actor: Actor, organizer_id: UUID) -> list[SchoolUnit]:
    """Return the huvudman's units without their skolformer, by name, those that are no more too."""
    query = visible(SchoolUnit, actor).where(SchoolUnit.organizer_id == organizer_id)
    return sorted(session.scalars(query), key=lambda one: (sort_key(one.name), one.id))
