"""Tables of the state's kvalitetsdialog: the dialogue itself, and how each voice sees the work."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ColumnElement, Index, UniqueConstraint, and_, or_
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from ska.core.prints import print_of
from ska.db.base import Base, Owned, Reader, refers


class NationalQualityDialogue(Owned, Base):
    """En kvalitetsdialog med Skolverket och SPSM; never the same thing as a resultatdialog."""

    __tablename__ = "national_quality_dialogue"
    __table_args__ = (
        CheckConstraint("(closed_at IS NULL) = (closed_by IS NULL)", name="closed_by_whom"),
        Index(
            "uq_national_quality_dialogue_open",
            "organizer_id",
            unique=True,
            postgresql_where=sql("closed_at IS NULL"),
        ),
    )

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


class SelfAssessment(Owned, Base):
    """En självskattning: how one voice sees one success factor, with its ground.

    *voice* is board, director or principals; a rektor's own answer carries its unit.
    """

    __tablename__ = "self_assessment"
    __table_args__ = (
        refers("national_id", "national_quality_dialogue"),
        refers("unit_id", "school_unit"),
        UniqueConstraint(
            "organizer_id",
            "national_id",
            "voice",
            "unit_id",
            "factor",
            name="uq_self_assessment_once",
            postgresql_nulls_not_distinct=True,
        ),
        CheckConstraint("unit_id IS NULL OR voice = 'principals'", name="own_is_a_rektors"),
    )

    national_id: Mapped[UUID]
    voice: Mapped[str]
    unit_id: Mapped[UUID | None]
    factor: Mapped[str]
    rating: Mapped[str]
    ground: Mapped[str]
    written_by: Mapped[str]

    @classmethod
    def readable_by(cls, reader: Reader) -> ColumnElement[bool]:
        """Return what *reader* sees: a rektor's own answer is for its own unit alone."""
        return and_(
            cls.organizer_id == reader.organizer_id,
            or_(cls.unit_id.is_(None), cls.unit_id == reader.unit_id),
        )

    @property
    def print(self) -> str:
        """Return the version of what it says."""
        return print_of(self.rating, self.ground)
