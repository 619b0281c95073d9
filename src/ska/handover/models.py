"""Questions of a new rektor, and their answers."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from ska.db.base import Base, Owned, refers
from ska.handover.rules import AskedOf


class HandoverQuestion(Owned, Base):
    """En fråga vid överlämning: asked about a unit, kept with its answer for the next one too."""

    __tablename__ = "handover_question"
    __table_args__ = (
        refers("unit_id", "school_unit"),
        CheckConstraint(
            "(answer IS NULL) = (answered_by IS NULL) AND (answer IS NULL) = (answered_at IS NULL)",
            name="answered_whole",
        ),
        CheckConstraint("asked_of IN ('leaver', 'organizer')", name="asked_of"),
        Index("ix_handover_question_unit_id", "organizer_id", "unit_id"),
    )

    unit_id: Mapped[UUID] = mapped_column(sort_order=-8)
    question: Mapped[str]
    asked_of: Mapped[str] = mapped_column(
        server_default=sql("'organizer'"), default=AskedOf.ORGANIZER
    )
    asked_by: Mapped[str]
    answer: Mapped[str | None]
    answered_by: Mapped[str | None]
    answered_at: Mapped[datetime | None]
