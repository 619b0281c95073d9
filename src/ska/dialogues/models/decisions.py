"""The table of nämndens beslut."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped

from ska.db.base import Base, Owned, refers

CONCERNS_ONE = "num_nonnulls(area_id, action_id, need_id, dialogue_id, national_id) = 1"


class BoardDecision(Owned, Base):
    """Ett nämndbeslut: what the nämnd decided on one of its days, and about what."""

    __tablename__ = "board_decision"
    __table_args__ = (
        refers("area_id", "development_area"),
        refers("action_id", "action"),
        refers("need_id", "need"),
        refers("dialogue_id", "results_dialogue"),
        refers("national_id", "national_quality_dialogue"),
        CheckConstraint(CONCERNS_ONE, name="concerns_one"),
        CheckConstraint("(struck_at IS NULL) = (struck_by IS NULL)", name="struck_by_whom"),
        Index("ix_board_decision_decided_on", "organizer_id", "decided_on"),
    )

    registry_number: Mapped[str]
    decided_on: Mapped[date]
    text: Mapped[str]
    area_id: Mapped[UUID | None]
    action_id: Mapped[UUID | None]
    need_id: Mapped[UUID | None]
    dialogue_id: Mapped[UUID | None]
    national_id: Mapped[UUID | None]
    concerns: Mapped[str]
    written_by: Mapped[str]
    struck_at: Mapped[datetime | None]
    struck_by: Mapped[str | None]
