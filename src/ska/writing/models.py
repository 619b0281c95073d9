"""Tables of texts. A text belongs to a thing by (kind, id), so that every room can have texts."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ColumnElement, Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from ska.db.base import Base, Owned, Reader, refers


class WrittenText(Owned, Base):
    """A text (avsnitt) as it stands now: one key of one thing, with the number of its version."""

    __tablename__ = "written_text"
    __table_args__ = (
        UniqueConstraint("organizer_id", "subject_kind", "subject_id", "key"),
        CheckConstraint("version >= 0", name="version_counts_up"),
        refers("unit_id", "school_unit"),
    )

    subject_kind: Mapped[str]
    subject_id: Mapped[UUID]
    unit_id: Mapped[UUID | None]
    key: Mapped[str]
    text: Mapped[str] = mapped_column(server_default=sql("''"), default="")
    version: Mapped[int] = mapped_column(server_default=sql("0"), default=0)
    writer_id: Mapped[UUID | None]
    writer_name: Mapped[str] = mapped_column(server_default=sql("''"), default="")
    writer_roles: Mapped[str] = mapped_column(server_default=sql("''"), default="")
    written_at: Mapped[datetime | None]
    kept_at: Mapped[datetime | None]
    frozen_at: Mapped[datetime | None]

    @classmethod
    def readable_by(cls, reader: Reader) -> ColumnElement[bool]:
        """Return what *reader* may see: drafts only for roles that work with them."""
        mine = super().readable_by(reader)
        return mine if reader.sees_drafts else mine & cls.frozen_at.is_not(None)


class TextVersion(Owned, Base):
    """A version that is kept (append-only): before an overwrite, when frozen, or set aside."""

    __tablename__ = "text_version"
    __table_args__ = (
        refers("text_id", "written_text"),
        refers("unit_id", "school_unit"),
        CheckConstraint(
            "reason IN ('replaced', 'established', 'set_aside')", name="reason_is_known"
        ),
        Index("ix_text_version_text", "organizer_id", "text_id", "number"),
    )

    text_id: Mapped[UUID]
    unit_id: Mapped[UUID | None]
    number: Mapped[int]
    text: Mapped[str]
    reason: Mapped[str]
    writer_id: Mapped[UUID | None]
    writer_name: Mapped[str]
    writer_roles: Mapped[str]
    written_at: Mapped[datetime]

    @classmethod
    def readable_by(cls, reader: Reader) -> ColumnElement[bool]:
        """Return what *reader* may see: established versions, and all for those who work."""
        mine = super().readable_by(reader)
        return mine if reader.sees_drafts else mine & (cls.reason == "established")
