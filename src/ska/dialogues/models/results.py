"""Tables of the resultatdialog: what was met about, agreed, needed and kept."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ColumnElement, Index, false, or_
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from ska.core.prints import print_of
from ska.db.base import Base, Owned, Reader, refers


class ForThoseWhoWork(Owned):
    """What is for those who work with drafts, in the unit it is about or in the whole huvudman."""

    @classmethod
    def readable_by(cls, reader: Reader) -> ColumnElement[bool]:
        """Return what *reader* sees: nothing for those who only read what is fastställt."""
        return super().readable_by(reader) if reader.sees_drafts else false()


class ResultsDialogue(ForThoseWhoWork, Base):
    """En resultatdialog: a unit and the level above look at the year together."""

    __tablename__ = "results_dialogue"
    __table_args__ = (
        refers("unit_id", "school_unit"),
        CheckConstraint("(closed_at IS NULL) = (closed_by IS NULL)", name="closed_by_whom"),
        Index(
            "uq_results_dialogue_open",
            "organizer_id",
            "unit_id",
            unique=True,
            postgresql_where=sql("closed_at IS NULL"),
        ),
    )

    unit_id: Mapped[UUID]
    held_on: Mapped[date]
    took_part: Mapped[str] = mapped_column(server_default=sql("''"), default="")
    opened_by: Mapped[str]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str | None]

    @property
    def is_open(self) -> bool:
        """Tell whether it is still being prepared or held."""
        return self.closed_at is None

    @property
    def print(self) -> str:
        """Return the version of what is said of the meeting."""
        return print_of(self.held_on, self.took_part, self.closed_at)


class OfEitherDialogue(ForThoseWhoWork):
    """What belongs to a resultatdialog, for those who work, or to the state's, for all."""

    unit_id: Mapped[UUID | None]
    dialogue_id: Mapped[UUID | None]
    national_id: Mapped[UUID | None]

    @classmethod
    def readable_by(cls, reader: Reader) -> ColumnElement[bool]:
        """Return what *reader* sees: what is of the state's dialogue belongs to the huvudman."""
        of_state = (cls.organizer_id == reader.organizer_id) & cls.national_id.is_not(None)
        return or_(super().readable_by(reader), of_state)


ONE_OF_TWO = "(dialogue_id IS NULL) <> (national_id IS NULL)"


class Agreement(OfEitherDialogue, Base):
    """En överenskommelse: what was agreed, by which role and day, and the insats it became."""

    __tablename__ = "agreement"
    __table_args__ = (
        refers("unit_id", "school_unit"),
        refers("dialogue_id", "results_dialogue"),
        refers("national_id", "national_quality_dialogue"),
        refers("action_id", "action"),
        CheckConstraint(ONE_OF_TWO, name="of_one_dialogue"),
        Index("ix_agreement_dialogue_id", "organizer_id", "dialogue_id"),
    )

    action_id: Mapped[UUID]
    text: Mapped[str]
    owner_role: Mapped[str]
    due: Mapped[date]
    written_by: Mapped[str]


class Need(ForThoseWhoWork, Base):
    """Ett behov: what a unit needs of the level above, and what that level answered."""

    __tablename__ = "need"
    __table_args__ = (
        refers("unit_id", "school_unit"),
        refers("dialogue_id", "results_dialogue"),
        CheckConstraint(
            "(answered_at IS NULL) = (answer IS NULL)"
            " AND (answered_at IS NULL) = (answer_kind IS NULL)"
            " AND (answered_at IS NULL) = (answered_by IS NULL)",
            name="answered_whole",
        ),
        Index("ix_need_unit_id", "organizer_id", "unit_id"),
    )

    unit_id: Mapped[UUID]
    dialogue_id: Mapped[UUID]
    text: Mapped[str]
    answer_by: Mapped[date | None]
    written_by: Mapped[str]
    answer_kind: Mapped[str | None]
    answer: Mapped[str | None]
    answered_by: Mapped[str | None]
    answered_at: Mapped[datetime | None]


class DialoguePack(OfEitherDialogue, Base):
    """Ett dialogunderlag: what a dialogue's page said when it was kept. Rows are only added."""

    __tablename__ = "dialogue_pack"
    __table_args__ = (
        refers("unit_id", "school_unit"),
        refers("dialogue_id", "results_dialogue"),
        refers("national_id", "national_quality_dialogue"),
        CheckConstraint(ONE_OF_TWO, name="of_one_dialogue"),
        Index("uq_dialogue_pack_dialogue", "organizer_id", "dialogue_id", unique=True),
    )

    kept_at: Mapped[datetime]
    kept_by: Mapped[str]
    content: Mapped[dict[str, Any]] = mapped_column(JSONB)
