"""The table of saved views."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, func, or_, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from ska.comparisons.rules import NETWORK
from ska.db.base import Base, Owned, Reader
from ska.organizers.models import NetworkMember


class SavedView(Owned, Base):
    """A sparad vy: what was asked for in a comparison, and never what it answered.

    *question* has the names of the page's address. A view that is fixed for a network's meeting is
    read by its members, each with their own "våra enheter" and their own place.
    """

    __tablename__ = "saved_view"
    __table_args__ = (
        CheckConstraint("whose IN ('mine', 'all', 'network')", name="whose"),
        CheckConstraint("(whose = 'network') = (network_id IS NOT NULL)", name="network_has_one"),
        Index("ix_saved_view_network_id", "network_id"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    made_by: Mapped[str]
    name: Mapped[str]
    question: Mapped[dict[str, Any]] = mapped_column(JSONB)
    whose: Mapped[str]
    network_id: Mapped[UUID | None] = mapped_column(ForeignKey("network.id"))
    meeting_on: Mapped[date | None]
    removed_at: Mapped[datetime | None]

    @classmethod
    def is_of_network(cls) -> ColumnElement[bool]:
        """Return the views that compare in a network, whoever they are saved for."""
        among = func.coalesce(cls.question["vilka"].astext, "")
        return or_(cls.network_id.is_not(None), among.startswith(NETWORK))

    @classmethod
    def readable_by(cls, reader: Reader) -> ColumnElement[bool]:
        """Return the huvudman's own views, and those fixed for the meetings of its networks.

        What compares in a network is for those who read what networks share.
        """
        here = cls.organizer_id == reader.organizer_id
        if not reader.sees_drafts:
            return here & ~cls.is_of_network()
        ours = select(NetworkMember.network_id).where(
            NetworkMember.organizer_id == reader.organizer_id, NetworkMember.is_member()
        )
        fixed = cls.removed_at.is_(None) & cls.network_id.in_(ours)
        return or_(here, fixed)
