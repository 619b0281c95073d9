"""Tables of the analysis: observation → finding → cause → development area → expected effect."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
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
from sqlalchemy.orm import Mapped, mapped_column, relationship

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


class Observation(InAnalysis, Base):
    """An underlag: what was seen, heard or read, with its numbers pinned as they were."""

    __tablename__ = "observation"
    __table_args__ = (
        refers("analysis_id", "analysis", ondelete="CASCADE"),
        Index("ix_observation_analysis_id", "organizer_id", "analysis_id"),
    )

    kind: Mapped[str]
    text: Mapped[str]
    source: Mapped[str] = mapped_column(server_default=sql("''"), default="")
    population: Mapped[str] = mapped_column(server_default=sql("''"), default="")
    unit_of_measure: Mapped[str] = mapped_column(server_default=sql("''"), default="")
    observed_on: Mapped[date | None]
    is_kept: Mapped[bool] = mapped_column(server_default=sql("true"), default=True)
    origin: Mapped[str] = mapped_column(server_default=sql("'written'"), default="written")

    values: Mapped[list[ObservationValue]] = relationship(
        lazy="raise", order_by="ObservationValue.position", cascade="all, delete-orphan"
    )


class ObservationValue(InAnalysis, Base):
    """A number as it was when it was pinned; *value_id* leads to where it came from."""

    __tablename__ = "observation_value"
    __table_args__ = (
        refers("analysis_id", "analysis", ondelete="CASCADE"),
        refers("observation_id", "observation", ondelete="CASCADE"),
        CheckConstraint("n IS NULL OR n > 0", name="n_is_positive"),
        Index("ix_observation_value_observation_id", "organizer_id", "observation_id"),
    )

    observation_id: Mapped[UUID]
    position: Mapped[int]
    period: Mapped[str]
    value: Mapped[Decimal | None]
    n: Mapped[int | None]
    status: Mapped[str] = mapped_column(server_default=sql("'value'"), default="value")
    value_id: Mapped[int | None] = mapped_column(BigInteger)


class Finding(InAnalysis, Base):
    """A styrka or utmaning: what the observations show."""

    __tablename__ = "finding"
    __table_args__ = (
        refers("analysis_id", "analysis", ondelete="CASCADE"),
        Index("ix_finding_analysis_id", "organizer_id", "analysis_id"),
    )

    kind: Mapped[str]
    text: Mapped[str]

    observations: Mapped[list[FindingObservation]] = relationship(
        lazy="raise", cascade="all, delete-orphan"
    )
    tags: Mapped[list[FindingTag]] = relationship(lazy="raise", cascade="all, delete-orphan")


class FindingObservation(InAnalysis, Base):
    """An observation that a finding rests on."""

    __tablename__ = "finding_observation"
    __table_args__ = (
        refers("analysis_id", "analysis", ondelete="CASCADE"),
        refers("finding_id", "finding", ondelete="CASCADE"),
        refers("observation_id", "observation", ondelete="CASCADE"),
        UniqueConstraint("organizer_id", "finding_id", "observation_id"),
    )

    finding_id: Mapped[UUID]
    observation_id: Mapped[UUID]


class FindingTag(InAnalysis, Base):
    """What in the framework a finding is about: a delmål, an indicator, a local goal, …"""

    __tablename__ = "finding_tag"
    __table_args__ = (
        refers("analysis_id", "analysis", ondelete="CASCADE"),
        refers("finding_id", "finding", ondelete="CASCADE"),
        UniqueConstraint("organizer_id", "finding_id", "kind", "item"),
        Index("ix_finding_tag_item", "organizer_id", "kind", "item"),
    )

    finding_id: Mapped[UUID]
    kind: Mapped[str]
    item: Mapped[str]


class Cause(InAnalysis, Base):
    """An orsak: an explanation of a finding, or an open question with owner and date."""

    __tablename__ = "cause"
    __table_args__ = (
        refers("analysis_id", "analysis", ondelete="CASCADE"),
        refers("finding_id", "finding", ondelete="CASCADE"),
        CheckConstraint(
            "NOT is_open OR (owner_role IS NOT NULL AND answer_by IS NOT NULL)",
            name="open_question_has_owner",
        ),
        Index("ix_cause_analysis_id", "organizer_id", "analysis_id"),
    )

    finding_id: Mapped[UUID]
    text: Mapped[str]
    certainty: Mapped[str]
    is_external: Mapped[bool] = mapped_column(server_default=sql("false"), default=False)
    is_open: Mapped[bool] = mapped_column(server_default=sql("false"), default=False)
    owner_role: Mapped[str | None]
    answer_by: Mapped[date | None]

    evidence: Mapped[list[Evidence]] = relationship(lazy="raise", cascade="all, delete-orphan")


class Evidence(InAnalysis, Base):
    """What speaks for or against a cause."""

    __tablename__ = "evidence"
    __table_args__ = (
        refers("analysis_id", "analysis", ondelete="CASCADE"),
        refers("cause_id", "cause", ondelete="CASCADE"),
        refers("observation_id", "observation"),
        Index("ix_evidence_cause_id", "organizer_id", "cause_id"),
    )

    cause_id: Mapped[UUID]
    side: Mapped[str]
    text: Mapped[str]
    observation_id: Mapped[UUID | None]


class DevelopmentArea(InAnalysis, Base):
    """A prioriterat utvecklingsområde: what is chosen to be developed, because of causes."""

    __tablename__ = "development_area"
    __table_args__ = (
        refers("analysis_id", "analysis", ondelete="CASCADE"),
        Index("ix_development_area_analysis_id", "organizer_id", "analysis_id"),
    )

    title: Mapped[str]
    reason: Mapped[str] = mapped_column(server_default=sql("''"), default="")

    causes: Mapped[list[AreaCause]] = relationship(lazy="raise", cascade="all, delete-orphan")
    effects: Mapped[list[ExpectedEffect]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="ExpectedEffect.id"
    )


class AreaCause(InAnalysis, Base):
    """A cause that a development area answers."""

    __tablename__ = "area_cause"
    __table_args__ = (
        refers("analysis_id", "analysis", ondelete="CASCADE"),
        refers("area_id", "development_area", ondelete="CASCADE"),
        refers("cause_id", "cause", ondelete="CASCADE"),
        UniqueConstraint("organizer_id", "area_id", "cause_id"),
    )

    area_id: Mapped[UUID]
    cause_id: Mapped[UUID]


class ExpectedEffect(InAnalysis, Base):
    """A förväntad effekt: the change that should be seen, and by when."""

    __tablename__ = "expected_effect"
    __table_args__ = (
        refers("analysis_id", "analysis", ondelete="CASCADE"),
        refers("area_id", "development_area", ondelete="CASCADE"),
        Index("ix_expected_effect_area_id", "organizer_id", "area_id"),
    )

    area_id: Mapped[UUID]
    text: Mapped[str]
    expected_by: Mapped[date | None]


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
