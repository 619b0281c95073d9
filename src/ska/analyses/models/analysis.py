"""The analysis itself, who took part, and what was struck from it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    Index,
    UniqueConstraint,
    and_,
    false,
    or_,
    select,
)
from sqlalchemy import (
    text as sql,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from ska.analyses.rules import Level, State
from ska.core.school_year import SchoolYear
from ska.db.base import Base, Owned, Reader, refers


class Analysis(Owned, Base):
    """A nulägesanalys of a school year, the unit's or the huvudman's."""

    __tablename__ = "analysis"
    __table_args__ = (
        refers("unit_id", "school_unit"),
        CheckConstraint("(level = 'unit') = (unit_id IS NOT NULL)", name="unit_level_has_unit"),
        CheckConstraint(
            "(state = 'established') = (established_at IS NOT NULL)", name="established_when"
        ),
        Index("ix_analysis_year", "organizer_id", "year"),
    )

    unit_id: Mapped[UUID | None]
    level: Mapped[str]
    year: Mapped[int]
    title: Mapped[str]
    state: Mapped[str] = mapped_column(server_default=sql("'draft'"), default=State.DRAFT)
    version: Mapped[int] = mapped_column(server_default=sql("1"), default=1)
    written_by: Mapped[str] = mapped_column(server_default=sql("''"), default="")
    established_at: Mapped[datetime | None]
    established_by: Mapped[str | None]
    established_role: Mapped[str | None]

    @property
    def school_year(self) -> SchoolYear:
        """Return the läsår that the analysis is about."""
        return SchoolYear(self.year)

    @property
    def is_established(self) -> bool:
        """Tell whether the analysis is fastställd and can no longer change."""
        return self.state == State.ESTABLISHED

    @property
    def of_level(self) -> Level:
        """Return whose analysis it is."""
        return Level(self.level)

    @classmethod
    def readable_by(cls, reader: Reader) -> ColumnElement[bool]:
        """Return what *reader* sees: drafts only in the own part, what is fastställt in all of it.

        A unit's people see their unit's analyses, the huvudman's fastställda, and those of the
        huvudman that are about their unit.
        """
        parts = [cls.organizer_id == reader.organizer_id]
        if reader.unit_id is not None:
            about = select(AnalysisUnit.analysis_id).where(
                AnalysisUnit.organizer_id == reader.organizer_id,
                AnalysisUnit.unit_id == reader.unit_id,
            )
            parts.append(
                or_(
                    cls.unit_id == reader.unit_id,
                    cls.id.in_(about),
                    and_(cls.unit_id.is_(None), cls.established_at.is_not(None)),
                )
            )
        if not reader.sees_drafts:
            parts.append(cls.established_at.is_not(None))
        return and_(*parts)


class AnalysisUnit(Owned, Base):
    """A unit that a huvudman's analysis is about."""

    __tablename__ = "analysis_unit"
    __table_args__ = (
        refers("analysis_id", "analysis", ondelete="CASCADE"),
        refers("unit_id", "school_unit"),
        UniqueConstraint("organizer_id", "analysis_id", "unit_id"),
    )

    analysis_id: Mapped[UUID]
    unit_id: Mapped[UUID]


class InAnalysis(Owned):
    """A part of an analysis: seen by those who see the analysis."""

    analysis_id: Mapped[UUID] = mapped_column(sort_order=-8)

    @classmethod
    def readable_by(cls, reader: Reader) -> ColumnElement[bool]:
        """Return the parts of the analyses that *reader* sees."""
        seen = select(Analysis.id).where(Analysis.readable_by(reader))
        return and_(cls.organizer_id == reader.organizer_id, cls.analysis_id.in_(seen))


class Participation(InAnalysis, Base):
    """Who took part, and who was offered to (skollagen 4:4): two different things."""

    __tablename__ = "participation_record"
    __table_args__ = (refers("analysis_id", "analysis", ondelete="CASCADE"),)

    group: Mapped[str]
    offered: Mapped[bool]
    took_part: Mapped[bool]
    how: Mapped[str]
    happened_on: Mapped[date | None]


class StruckPart(InAnalysis, Base):
    """A part that was struck: what it said, why it was struck, and by whom; it can be put back."""

    __tablename__ = "struck_part"
    __table_args__ = (
        refers("analysis_id", "analysis", ondelete="CASCADE"),
        Index("ix_struck_part_analysis_id", "organizer_id", "analysis_id"),
    )

    kind: Mapped[str]
    part_id: Mapped[UUID]
    label: Mapped[str]
    content: Mapped[dict[str, Any]] = mapped_column(JSONB)
    inside: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    reason: Mapped[str]
    struck_by: Mapped[str]

    @classmethod
    def readable_by(cls, reader: Reader) -> ColumnElement[bool]:
        """Return what *reader* sees: what was struck is for those who work with drafts."""
        return super().readable_by(reader) if reader.sees_drafts else false()
