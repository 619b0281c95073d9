"""The table of sambedömningar."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from ska.core.prints import print_of
from ska.db.base import Base, Owned, refers


class ModerationSession(Owned, Base):
    """A sambedömning: pupils' texts marked by several, and what their talk changed.

    Only numbers of texts and hours; never whose texts or who marked them.
    """

    __tablename__ = "moderation_session"
    __table_args__ = (
        refers("unit_id", "school_unit"),
        refers("analysis_id", "analysis"),
        CheckConstraint("texts > 0", name="has_texts"),
        CheckConstraint(
            "agreed_before BETWEEN 0 AND 100 AND agreed_after BETWEEN 0 AND 100",
            name="agreement_is_share",
        ),
        CheckConstraint("marking_hours >= 0 AND analysis_hours >= 0", name="hours"),
        CheckConstraint(
            "(struck_at IS NULL) = (struck_reason IS NULL)"
            " AND (struck_at IS NULL) = (struck_by IS NULL)",
            name="struck_why",
        ),
        Index("ix_moderation_session_held_on", "organizer_id", "held_on"),
        Index("ix_moderation_session_analysis_id", "organizer_id", "analysis_id"),
    )

    unit_id: Mapped[UUID | None]
    analysis_id: Mapped[UUID | None]
    held_on: Mapped[date]
    subject: Mapped[str]
    stage: Mapped[str]
    texts: Mapped[int]
    agreed_before: Mapped[Decimal | None]
    agreed_after: Mapped[Decimal | None]
    marking_hours: Mapped[Decimal | None]
    analysis_hours: Mapped[Decimal | None]
    learned: Mapped[str] = mapped_column(server_default="")
    written_by: Mapped[str]
    struck_at: Mapped[datetime | None]
    struck_by: Mapped[str | None]
    struck_reason: Mapped[str | None]

    @property
    def print(self) -> str:
        """Return the version of what it says and where it lies."""
        said = (self.unit_id, self.held_on, self.subject, self.stage, self.texts, self.learned)
        shares = (self.agreed_before, self.agreed_after, self.marking_hours, self.analysis_hours)
        return print_of(*said, *shares, self.struck_at, self.analysis_id)
