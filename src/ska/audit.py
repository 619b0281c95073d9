"""One row for each act: who did what to which thing, and when. Rows are only ever added."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, Session, mapped_column

from ska.access import Actor
from ska.db.base import Base, Owned


class AuditEvent(Owned, Base):
    """An act in a huvudman's work. *details* never holds what people wrote."""

    __tablename__ = "audit_event"
    __table_args__ = (Index("ix_audit_event_object", "organizer_id", "kind", "object_id"),)

    person_id: Mapped[UUID | None]
    person_name: Mapped[str]
    roles: Mapped[str]
    act: Mapped[str]
    kind: Mapped[str]
    object_id: Mapped[UUID | None]
    details: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default="{}")


def record(
    session: Session,
    actor: Actor,
    *,
    act: str,
    thing: Any,
    details: dict[str, Any] | None = None,
    organizer_id: UUID | None = None,
) -> None:
    """Record that *actor* did *act* to *thing* (an owned row), in the same transaction.

    *organizer_id* is the huvudman that acts, where the thing lies with another.
    """
    acting = organizer_id or thing.organizer_id
    session.add(
        AuditEvent(
            organizer_id=acting,
            person_id=actor.person_id,
            person_name=actor.name,
            roles=", ".join(actor.role_names(acting)),
            act=act,
            kind=thing.__tablename__,
            object_id=thing.id,
            details=details or {},
        )
    )
