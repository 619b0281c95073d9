"""The table of saved views."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, func, or_, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from ska.comparisons.rules import GROUP, NETWORK
from ska.db.base import Base, Owned, Reader, refers
from ska.organizers.models import NetworkMember


class SavedView(Owned, Base):
    """A sparad vy: what was asked for in a comparison, and never what it answered.

    *question* has the names of the page's address. A view that is fixed for a network's meeting is
    read by its members, each with their own "våra enheter" and their own place; one that is fixed
    for a rektorsgrupp by those who read the huvudman's work.
    """

    __tablename__ = "saved_view"
    __table_args__ = (
        CheckConstraint("whose IN ('mine', 'all', 'network', 'group')", name="whose"),
        CheckConstraint("(whose = 'network') = (network_id IS NOT NULL)", name="network_has_one"),
        CheckConstraint("(whose = 'group') = (group_id IS NOT NULL)", name="group_has_one"),
        refers("group_id", "principals_group"),
        Index("ix_saved_view_network_id", "network_id"),
        Index("ix_saved_view_group_id", "organizer_id", "group_id"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    made_by: Mapped[str]
    name: Mapped[str]
    question: Mapped[dict[str, Any]] = mapped_column(JSONB)
    whose: Mapped[str]
    network_id: Mapped[UUID | None] = mapped_column(ForeignKey("network.id"))
    group_id: Mapped[UUID | None]
    meeting_on: Mapped[date | None]
    removed_at: Mapped[datetime | None]

    @classmethod
    def is_of_some(cls) -> ColumnElement[bool]:
        """Return the views of a network or a rektorsgrupp, or that compare in one."""
        among = func.coalesce(cls.question["vilka"].astext, "")
        fixed = or_(cls.network_id.is_not(None), cls.group_id.is_not(None))
        return or_(fixed, among.startswith(NETWORK), among.startswith(GROUP))

    @classmethod
    def readable_by(cls, reader: Reader) -> ColumnElement[bool]:
        """Return the huvudman's own views, and those fixed for the meetings of its networks.

        What is of a network or a rektorsgrupp is for those who read the work, drafts too.
        """
        here = cls.organizer_id == reader.organizer_id
        if not reader.sees_drafts:
            return here & ~cls.is_of_some()
        ours = select(NetworkMember.network_id).where(
            NetworkMember.organizer_id == reader.organizer_id, NetworkMember.is_member()
        )
        fixed = cls.removed_at.is_(None) & cls.network_id.in_(ours)
        return or_(here, fixed)
