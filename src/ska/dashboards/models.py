"""Tavlor as people have arranged, made and given them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    UniqueConstraint,
    or_,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from ska.core.prints import print_of
from ska.db.base import Base, Owned, Reader, refers
from ska.organizers.models import NetworkMember


class Dashboard(Owned, Base):
    """A tavla of one's own making: a shipped one rearranged, or a new one that has a *name*.

    A new one is its maker's, or given to all in the huvudman, to a unit or to those of a role. That
    of a network is in the order of whoever leads it, and its members read it.
    """

    __tablename__ = "dashboard"
    __table_args__ = (
        UniqueConstraint("organizer_id", "person_id", "board"),
        CheckConstraint(
            "whose IN ('mine', 'all', 'unit', 'principals', 'board', 'network')", name="whose"
        ),
        CheckConstraint("(whose = 'unit') = (unit_id IS NOT NULL)", name="unit_has_one"),
        CheckConstraint("(whose = 'network') = (network_id IS NOT NULL)", name="network_has_one"),
        refers("unit_id", "school_unit"),
        Index(
            "uq_dashboard_network", "organizer_id", "network_id",
            unique=True, postgresql_where=text("network_id IS NOT NULL"),
        ),
        Index("ix_dashboard_network_id", "network_id"),
        Index("ix_dashboard_unit_id", "organizer_id", "unit_id"),
    )  # fmt: skip

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    board: Mapped[str]
    tiles: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    name: Mapped[str | None]
    lead: Mapped[str] = mapped_column(server_default=text("''"), default="")
    made_by: Mapped[str] = mapped_column(server_default=text("''"), default="")
    whose: Mapped[str] = mapped_column(server_default=text("'mine'"), default="mine")
    unit_id: Mapped[UUID | None]
    network_id: Mapped[UUID | None] = mapped_column(ForeignKey("network.id"))
    removed_at: Mapped[datetime | None]

    @property
    def print(self) -> str:
        """Return the version of what the tavla is called and whose it is."""
        return print_of(self.name, self.lead, self.whose, self.unit_id)

    @classmethod
    def readable_by(cls, reader: Reader) -> ColumnElement[bool]:
        """Return the huvudman's own, those of a unit to its people, and those of its networks."""
        here = super().readable_by(reader)
        if not reader.sees_drafts:
            return here & cls.network_id.is_(None)
        ours = select(NetworkMember.network_id).where(
            NetworkMember.organizer_id == reader.organizer_id, NetworkMember.is_member()
        )
        return or_(here, cls.network_id.in_(ours))
