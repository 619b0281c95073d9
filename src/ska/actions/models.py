"""Tables of what is done and what came of it: insatser, brister, follow-ups, decisions, effects."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ColumnElement, Index, and_, select
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ska.actions.rules import NOT_YET, ActionState
from ska.analyses.rules import Level
from ska.db.base import Base, Owned, Reader, refers


class Deficiency(Owned, Base):
    """A brist that must be mended (skollagen 4:7)."""

    __tablename__ = "deficiency"
    __table_args__ = (refers("unit_id", "school_unit"),)

    unit_id: Mapped[UUID | None]
    text: Mapped[str]
    source: Mapped[str] = mapped_column(server_default=sql("''"), default="")
    found_on: Mapped[date]
    mended_on: Mapped[date | None]


class Action(Owned, Base):
    """An insats (development) or åtgärd (remedy): what is done, by whom, until when."""

    __tablename__ = "action"
    __table_args__ = (
        refers("unit_id", "school_unit"),
        refers("area_id", "development_area"),
        refers("deficiency_id", "deficiency"),
        CheckConstraint("ends IS NULL OR starts <= ends", name="starts_before_it_ends"),
        CheckConstraint(
            "state IN ('draft', 'withdrawn') OR area_id IS NOT NULL OR deficiency_id IS NOT NULL",
            name="in_force_has_ground",
        ),
        CheckConstraint(
            "(state = 'withdrawn') = (withdrawn_reason IS NOT NULL)", name="withdrawn_why"
        ),
        Index("ix_action_area_id", "organizer_id", "area_id"),
        Index("ix_action_state", "organizer_id", "state"),
    )

    unit_id: Mapped[UUID | None]
    area_id: Mapped[UUID | None]
    deficiency_id: Mapped[UUID | None]
    kind: Mapped[str]
    title: Mapped[str]
    description: Mapped[str] = mapped_column(server_default=sql("''"), default="")
    level: Mapped[str]
    governance_level: Mapped[str]
    horizon: Mapped[str]
    owner_role: Mapped[str]
    is_investigation: Mapped[bool] = mapped_column(server_default=sql("false"), default=False)
    starts: Mapped[date]
    ends: Mapped[date | None]
    state: Mapped[str] = mapped_column(server_default=sql("'draft'"), default=ActionState.DRAFT)
    version: Mapped[int] = mapped_column(server_default=sql("1"), default=1)
    withdrawn_reason: Mapped[str | None]
    withdrawn_by: Mapped[str | None]
    credit: Mapped[str | None]  # whose arbetssätt it is, when it was borrowed
    loan_id: Mapped[UUID | None]  # the loan, which lies with who lent it in a network

    follow_ups: Mapped[list[FollowUp]] = relationship(
        lazy="raise", order_by="FollowUp.planned_on", cascade="all, delete-orphan"
    )

    @property
    def of_level(self) -> Level:
        """Return whose insats it is: a unit's, or the huvudman's."""
        return Level.UNIT if self.unit_id else Level.ORGANIZER

    @classmethod
    def readable_by(cls, reader: Reader) -> ColumnElement[bool]:
        """Return the insatser that *reader* sees; drafts only for those who see drafts."""
        seen = super().readable_by(reader)
        return seen if reader.sees_drafts else and_(seen, cls.state.not_in(NOT_YET))


class FollowUp(Owned, Base):
    """An uppföljning: was it done, and did it have effect; two answers, each with its ground."""

    __tablename__ = "follow_up"
    __table_args__ = (
        refers("unit_id", "school_unit"),
        refers("action_id", "action", ondelete="CASCADE"),
        CheckConstraint(
            "(answered_at IS NULL) = (done_answer IS NULL)"
            " AND (done_answer IS NULL) = (effect_answer IS NULL)",
            name="answered_whole",
        ),
        CheckConstraint(
            "cancelled_at IS NULL OR (answered_at IS NULL AND cancel_reason IS NOT NULL)",
            name="cancelled_why",
        ),
        Index("ix_follow_up_action_id", "organizer_id", "action_id"),
        Index("ix_follow_up_planned_on", "organizer_id", "planned_on"),
    )

    unit_id: Mapped[UUID | None]
    action_id: Mapped[UUID]
    planned_on: Mapped[date]
    done_answer: Mapped[str | None]
    what_happened: Mapped[str] = mapped_column(server_default=sql("''"), default="")
    effect_answer: Mapped[str | None]
    effect_ground: Mapped[str] = mapped_column(server_default=sql("''"), default="")
    learned: Mapped[str] = mapped_column(server_default=sql("''"), default="")
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str | None]
    cancelled_at: Mapped[datetime | None]
    cancelled_by: Mapped[str | None]
    cancel_reason: Mapped[str | None]

    decision: Mapped[Decision | None] = relationship(lazy="raise", uselist=False)

    @property
    def waits(self) -> bool:
        """Tell whether the follow-up is still to be made."""
        return self.answered_at is None and self.cancelled_at is None

    @classmethod
    def waiting(cls) -> ColumnElement[bool]:
        """Return the follow-ups that are still to be made."""
        return and_(cls.answered_at.is_(None), cls.cancelled_at.is_(None))


class Decision(Owned, Base):
    """A beslut after a follow-up: continue, adjust, stop or embed; opens the next analysis."""

    __tablename__ = "decision"
    __table_args__ = (
        refers("unit_id", "school_unit"),
        refers("follow_up_id", "follow_up", ondelete="CASCADE"),
        Index("uq_decision_follow_up", "organizer_id", "follow_up_id", unique=True),
    )

    unit_id: Mapped[UUID | None]
    follow_up_id: Mapped[UUID]
    kind: Mapped[str]
    reason: Mapped[str]
    decided_on: Mapped[date]
    decided_by: Mapped[str]


class Expectation(Owned, Base):
    """En väntad effekt: which number an insats should change, which way, how much and when.

    Written before the outcome is known and never changed: the database lets the app only withdraw
    it. *is_own* to *definition_version* name the series, the huvudman's own or a published one.
    *expected_in* is the first period that counts as outcome, *reason* why it cannot be judged.
    """

    __tablename__ = "expectation"
    __table_args__ = (
        refers("action_id", "action"),
        refers("effect_id", "expected_effect"),
        refers("unit_id", "school_unit"),
        CheckConstraint("size > 0", name="size_is_positive"),
        CheckConstraint("direction IN ('higher', 'lower')", name="direction"),
        CheckConstraint("gender IN ('T', 'K', 'M')", name="gender"),
        CheckConstraint("(fingerprint = '') = (reason <> '')", name="frozen_or_why_not"),
        CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_reason IS NULL)", name="withdrawn_why"
        ),
        Index("ix_expectation_action_id", "organizer_id", "action_id"),
    )

    action_id: Mapped[UUID]
    effect_id: Mapped[UUID | None]
    unit_id: Mapped[UUID | None]
    indicator: Mapped[str]
    title: Mapped[str]
    gender: Mapped[str]
    direction: Mapped[str]
    size: Mapped[Decimal]
    unit_of_measure: Mapped[str]
    expected_in: Mapped[str]
    is_own: Mapped[bool]
    source: Mapped[str]
    measure: Mapped[str]
    scope: Mapped[str]
    area_type: Mapped[str]
    area_code: Mapped[str]
    area: Mapped[str]
    period_type: Mapped[str]
    definition_version: Mapped[int]
    detectable: Mapped[float | None]
    fingerprint: Mapped[str] = mapped_column(server_default=sql("''"), default="")
    reason: Mapped[str] = mapped_column(server_default=sql("''"), default="")
    written_at: Mapped[datetime]
    written_by: Mapped[str]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str | None]
    withdrawn_reason: Mapped[str | None]

    @classmethod
    def readable_by(cls, reader: Reader) -> ColumnElement[bool]:
        """Return what is expected of the insatser that *reader* sees; the unit is only measured."""
        seen = select(Action.id).where(Action.readable_by(reader))
        return and_(cls.organizer_id == reader.organizer_id, cls.action_id.in_(seen))


class OfExpectation(Owned):
    """Something of an expectation: seen by those who see it."""

    expectation_id: Mapped[UUID] = mapped_column(sort_order=-8)

    @classmethod
    def readable_by(cls, reader: Reader) -> ColumnElement[bool]:
        """Return what belongs to the expectations that *reader* sees."""
        seen = select(Expectation.id).where(Expectation.readable_by(reader))
        return and_(cls.organizer_id == reader.organizer_id, cls.expectation_id.in_(seen))


class FrozenGround(OfExpectation, Base):
    """Ett fryst underlag: the units like this one, and the published values they were chosen by.

    *content* is what the fingerprint of the expectation was taken of; of own values only which
    units and periods, never the values. Rows are only ever added.
    """

    __tablename__ = "frozen_ground"
    __table_args__ = (
        refers("expectation_id", "expectation"),
        Index("uq_frozen_ground_expectation", "organizer_id", "expectation_id", unique=True),
    )

    content: Mapped[dict[str, Any]] = mapped_column(JSONB)


class EffectReading(OfExpectation, Base):
    """En effektavläsning: what the numbers said on the day a follow-up was answered.

    Kept beside the answer, whatever the numbers say later. Rows are only ever added.
    """

    __tablename__ = "effect_reading"
    __table_args__ = (
        refers("expectation_id", "expectation"),
        refers("follow_up_id", "follow_up"),
        Index(
            "uq_effect_reading_once", "organizer_id", "expectation_id", "follow_up_id", unique=True
        ),
        Index("ix_effect_reading_follow_up_id", "organizer_id", "follow_up_id"),
    )

    follow_up_id: Mapped[UUID]
    verdict: Mapped[str]
    word: Mapped[str]
    sentence: Mapped[str]
    estimate: Mapped[float | None]
    p: Mapped[float | None]
    placebos: Mapped[int]
    as_large: Mapped[int]
    periods: Mapped[str]
    read_at: Mapped[datetime]


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
