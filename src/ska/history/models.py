"""A report that waits for a person to look at it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Index, false
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from ska.db.base import Base, Owned, Reader, refers


class HistoryDraft(Owned, Base):
    """En rapport som väntar: read but not kept; only its reader finds it, and not for long.

    *content* holds the blocks, how many paragraphs the report has, what was not read of it, and
    what its reader has chosen so far.
    """

    __tablename__ = "history_draft"
    __table_args__ = (
        refers("unit_id", "school_unit"),
        Index("ix_history_draft_person_id", "organizer_id", "person_id"),
    )

    person_id: Mapped[UUID]
    unit_id: Mapped[UUID | None]
    year: Mapped[int]
    title: Mapped[str]
    source: Mapped[str]
    content: Mapped[dict[str, Any]] = mapped_column(JSONB)

    @classmethod
    def readable_by(cls, reader: Reader) -> ColumnElement[bool]:
        """Return the huvudman's, to those who work with drafts; queries narrow it to a person."""
        mine = cls.organizer_id == reader.organizer_id
        return mine if reader.sees_drafts else false()
