"""What people decide on the pages of results: a part that is put away."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ska.db.base import Base, Owned


class PutAway(Owned, Base):
    """A part of the start page that a person has put away, "Kom igång" for instance."""

    __tablename__ = "put_away"
    __table_args__ = (UniqueConstraint("organizer_id", "person_id", "part"),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    part: Mapped[str]
    put_away_at: Mapped[datetime]
