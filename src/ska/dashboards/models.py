"""A tavla as one person has arranged it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from ska.db.base import Base, Owned


class Dashboard(Owned, Base):
    """A tavla rearranged: the tiles that a person wants on one of the shipped, in her order."""

    __tablename__ = "dashboard"
    __table_args__ = (UniqueConstraint("organizer_id", "person_id", "board"),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    board: Mapped[str]
    tiles: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
