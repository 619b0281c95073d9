"""Why it is so and what is chosen because of it: causes, areas and their expected effects."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ska.analyses.models.analysis import InAnalysis
from ska.db.base import Base, refers


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
