"""The table of the shifts of level that people accept."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ColumnElement, Index, text
from sqlalchemy.orm import Mapped

from ska.db.base import Base, Owned, Reader, refers


class AcceptedShift(Owned, Base):
    """A godtaget nivåskifte: from *period* on a place has a new level in one measure.

    Nothing of it is ever changed but that it is taken back; the database holds to that.
    """

    __tablename__ = "accepted_shift"
    __table_args__ = (
        refers("unit_id", "school_unit"),
        refers("action_id", "action"),
        CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_reason IS NULL)", name="withdrawn_why"
        ),
        Index(
            "uq_accepted_shift_live", "organizer_id", "indicator", "measure", "unit_id", "period",
            unique=True, postgresql_nulls_not_distinct=True,
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
        Index("ix_accepted_shift_indicator", "organizer_id", "indicator"),
    )  # fmt: skip

    unit_id: Mapped[UUID | None]
    action_id: Mapped[UUID | None]
    indicator: Mapped[str]
    measure: Mapped[str]
    period: Mapped[str]
    reason: Mapped[str]
    accepted_by: Mapped[str]
    accepted_as: Mapped[str]
    accepted_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str | None]
    withdrawn_reason: Mapped[str | None]

    @classmethod
    def readable_by(cls, reader: Reader) -> ColumnElement[bool]:
        """Return all of the huvudman's: whoever sees the values sees what they are read by."""
        return cls.organizer_id == reader.organizer_id
