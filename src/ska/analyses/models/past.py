"""Earlier years' reports as they were written: history, never counted as today's analysis."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ColumnElement, Index, and_, select
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from ska.core.school_year import SchoolYear
from ska.db.base import Base, Owned, Reader, refers


class PastAnalysis(Owned, Base):
    """A tidigare analys: a report of an earlier läsår, read in whole and kept as it was written.

    It answers to none of today's demands and the database lets the app only strike it.
    """

    __tablename__ = "past_analysis"
    __table_args__ = (
        refers("unit_id", "school_unit"),
        CheckConstraint("(struck_at IS NULL) = (struck_by IS NULL)", name="struck_by_someone"),
        CheckConstraint("paragraphs > 0", name="holds_something"),
        Index("ix_past_analysis_year", "organizer_id", "year"),
    )

    unit_id: Mapped[UUID | None]
    year: Mapped[int]
    title: Mapped[str]
    source: Mapped[str]
    paragraphs: Mapped[int]
    kept_by: Mapped[str]
    struck_at: Mapped[datetime | None]
    struck_by: Mapped[str | None]

    @property
    def school_year(self) -> SchoolYear:
        """Return the läsår that the report is about."""
        return SchoolYear(self.year)

    @property
    def level(self) -> str:
        """Return whose report it is: a unit's or the huvudman's."""
        return "unit" if self.unit_id else "organizer"

    @classmethod
    def readable_by(cls, reader: Reader) -> ColumnElement[bool]:
        """Return what *reader* sees; what is struck only those who work with drafts."""
        mine = super().readable_by(reader)
        return mine if reader.sees_drafts else and_(mine, cls.struck_at.is_(None))


class PastParagraph(Owned, Base):
    """Ett stycke i en tidigare analys: each of the report's paragraphs lies in exactly one."""

    __tablename__ = "past_paragraph"
    __table_args__ = (
        refers("past_id", "past_analysis"),
        Index("uq_past_paragraph_place", "organizer_id", "past_id", "place", unique=True),
    )

    past_id: Mapped[UUID] = mapped_column(sort_order=-8)
    place: Mapped[int]
    part: Mapped[str]
    kind: Mapped[str]
    level: Mapped[int]
    text: Mapped[str]
    stands_for: Mapped[int]
    is_promise: Mapped[bool] = mapped_column(server_default=sql("false"), default=False)

    @property
    def cells(self) -> list[str]:
        """Return the cells of a table's row."""
        return self.text.split("\t")

    @property
    def in_a_line(self) -> str:
        """Return the paragraph as one line, the cells of a row with dots between."""
        return " · ".join(" / ".join(cell.splitlines()) for cell in self.cells)

    @classmethod
    def readable_by(cls, reader: Reader) -> ColumnElement[bool]:
        """Return the paragraphs of the reports that *reader* sees."""
        seen = select(PastAnalysis.id).where(PastAnalysis.readable_by(reader))
        return and_(cls.organizer_id == reader.organizer_id, cls.past_id.in_(seen))
