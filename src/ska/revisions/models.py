"""The table of revisions that have been told."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from ska.db.base import Base, Owned


class RevisionLetter(Owned, Base):
    """A revideringsbrev: one change of values (an import, or its undoing) that people were told of.

    *changed_at* names the change: loads wait for one another, so no two share a moment.
    """

    __tablename__ = "revision_letter"
    __table_args__ = (UniqueConstraint("organizer_id", "changed_at"),)

    changed_at: Mapped[datetime]
    import_id: Mapped[UUID | None]
    values: Mapped[int]
    analyses: Mapped[int]
    receivers: Mapped[list[str]] = mapped_column(JSONB)
