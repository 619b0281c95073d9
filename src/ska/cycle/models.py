"""Tables of the year: cycles, their steps, board dates, the log of reminders, calendar feeds."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    Index,
    Text,
    UniqueConstraint,
    and_,
    case,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ska.core.calendar_year import CalendarYear, Year
from ska.core.prints import print_of
from ska.core.school_year import SchoolYear
from ska.cycle.definitions import StepDefinition, WheelKind
from ska.cycle.rules import StepState, state_of
from ska.db.base import Base, Owned, refers
from ska.notices.definitions import ReminderDefinition
from ska.notices.rules import Deadline, Pause, pause_of

_NO_TEXTS = text("'{}'")


class AnnualCycle(Owned, Base):
    """An årshjul: one of a huvudman's, or of one unit when *unit_id* is set.

    *school_year* is the year it begins in; a budget's wheel follows the calendar year. *pauses*
    are stretches without reminders, first and last day: ``07-01/07-31``. A wheel that came from no
    template has an empty *template_key*. What stands in a wheel with a *school_type* concerns the
    units of that skolform alone.
    """

    __tablename__ = "annual_cycle"
    __table_args__ = (
        refers("unit_id", "school_unit"),
        refers("copied_from_id", "annual_cycle"),
        UniqueConstraint(
            "organizer_id",
            "unit_id",
            "school_year",
            "kind",
            "name",
            name="uq_annual_cycle_one_of_a_name",
            postgresql_nulls_not_distinct=True,
        ),
        CheckConstraint("(kind = 'unit') = (unit_id IS NOT NULL)", name="unit_has_its_kind"),
        CheckConstraint("school_type IS NULL OR kind = 'school_type'", name="type_has_its_kind"),
    )

    unit_id: Mapped[UUID | None]
    kind: Mapped[str]
    school_type: Mapped[str | None]
    school_year: Mapped[int]
    name: Mapped[str]
    pauses: Mapped[list[str]] = mapped_column(
        ARRAY(Text), server_default=text("'{07-01/07-31}'"), default=lambda: ["07-01/07-31"]
    )
    template_key: Mapped[str]
    template_version: Mapped[int]
    copied_from_id: Mapped[UUID | None]

    steps: Mapped[list[CycleStep]] = relationship(
        lazy="raise",
        back_populates="cycle",
        primaryjoin="CycleStep.cycle_id == AnnualCycle.id",
        foreign_keys="CycleStep.cycle_id",
    )

    @property
    def print(self) -> str:
        """Return the version of its name and pauses."""
        return print_of(self.name, *self.pauses)

    @property
    def year(self) -> Year:
        """Return the year of the wheel: the läsår, or a budget's calendar year."""
        is_budget = self.kind == WheelKind.BUDGET
        return CalendarYear(self.school_year) if is_budget else SchoolYear(self.school_year)

    @property
    def rests(self) -> tuple[Pause, ...]:
        """Return the pauses: stretches without reminders."""
        return tuple(pause_of(one) for one in self.pauses)

    def concerns(self, school_types: Collection[str]) -> bool:
        """Tell whether the huvudman's wheel concerns a unit of these skolformer."""
        return self.school_type is None or self.school_type in school_types

    @classmethod
    def is_read_in(cls, year: SchoolYear) -> ColumnElement[bool]:
        """Return the wheels that a läsår's pages show; two calendar years reach into it."""
        is_budget = cls.kind == WheelKind.BUDGET
        return (~is_budget & (cls.school_year == year.start)) | (
            is_budget & cls.school_year.in_((year.start, year.start + 1))
        )


class CycleStep(Owned, Base):
    """A steg i årshjulet: what is due when, and which role sees to it."""

    __tablename__ = "cycle_step"
    __table_args__ = (
        refers("cycle_id", "annual_cycle", ondelete="CASCADE"),
        refers("unit_id", "school_unit"),
        UniqueConstraint("organizer_id", "cycle_id", "key"),
        CheckConstraint("starts <= due", name="starts_before_due"),
        CheckConstraint(
            "(snoozed_until IS NULL) = (snoozed_because IS NULL)", name="snooze_has_reason"
        ),
        Index("ix_cycle_step_due", "organizer_id", "due"),
    )

    cycle_id: Mapped[UUID]
    unit_id: Mapped[UUID | None]
    key: Mapped[str]
    name: Mapped[str]
    guidance: Mapped[str]
    level: Mapped[str]
    phase: Mapped[str]
    responsible: Mapped[str]
    together_with: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=_NO_TEXTS)
    artefact: Mapped[str]
    law: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=_NO_TEXTS)
    definition: Mapped[dict[str, Any]] = mapped_column(JSONB)
    starts: Mapped[date]
    due: Mapped[date]
    counts_from: Mapped[date]
    moved_because: Mapped[str | None]
    review: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=_NO_TEXTS)
    started_on: Mapped[date | None]
    done_on: Mapped[date | None]
    done_by: Mapped[str | None]
    done_note: Mapped[str | None]
    snoozed_on: Mapped[date | None]
    snoozed_until: Mapped[date | None]
    snoozed_because: Mapped[str | None]
    struck_on: Mapped[date | None]
    sequence: Mapped[int] = mapped_column(server_default=text("0"), default=0)

    cycle: Mapped[AnnualCycle] = relationship(
        lazy="raise",
        back_populates="steps",
        primaryjoin="CycleStep.cycle_id == AnnualCycle.id",
        foreign_keys="CycleStep.cycle_id",
    )

    @property
    def page_year(self) -> SchoolYear:
        """Return the läsår in whose pages the step is read; its wheel must be loaded."""
        year = self.cycle.year
        return year if isinstance(year, SchoolYear) else SchoolYear.containing(self.due)

    def is_read_in(self, year: SchoolYear) -> bool:
        """Tell whether the läsår's pages have the step.

        Of a calendar year both do, so that a link that was sent leads to a step that was moved.
        """
        whole = self.cycle.year
        if isinstance(whole, SchoolYear):
            return year == whole
        return year.start in (whole.start - 1, whole.start)

    @property
    def rule(self) -> StepDefinition:
        """Return the step as it was written: its rule, its weeks and hours of work."""
        return StepDefinition.model_validate(self.definition)

    @property
    def deadline(self) -> Deadline:
        """Return what the step's state and reminders depend on."""
        return Deadline(
            self.due,
            self.counts_from,
            self.started_on,
            self.done_on,
            self.snoozed_on,
            self.snoozed_until,
        )

    @property
    def reminders(self) -> ReminderDefinition:
        """Return when the step's reminders go out."""
        return ReminderDefinition.model_validate(self.definition.get("reminders", {}))

    def concerned(self, units: Mapping[UUID, Collection[str]]) -> list[UUID]:
        """Return the units that the step is about, of *units* with their skolformer.

        Its own unit; for a step of the huvudman's every unit, or those of the wheel's skolform.
        """
        if self.unit_id is not None:
            return [self.unit_id]
        return [one for one, types in units.items() if self.cycle.concerns(types)]

    def state_on(self, today: date) -> StepState:
        """Tell where the step stands on the day."""
        return state_of(self.deadline, today)

    @classmethod
    def stands_on(cls, today: date) -> ColumnElement[str]:
        """Return where steps stand on the day, as `state_on` tells, for the database."""
        is_snoozed = and_(cls.snoozed_on <= today, cls.snoozed_until > today)
        return case(
            (cls.done_on <= today, StepState.DONE.value),
            (is_snoozed, StepState.SNOOZED.value),
            (cls.due < today, StepState.LATE.value),
            (cls.started_on.is_not(None), StepState.IN_PROGRESS.value),
            else_=StepState.NOT_STARTED.value,
        )


class MultiYearPlan(Owned, Base):
    """En flerårsplan: what the huvudman looks at in which of some läsår, from the first on.

    *subjects* is what is looked at each year, a list a year; each becomes a step of that year's
    wheel, due by the end of *month*.
    """

    __tablename__ = "multi_year_plan"
    __table_args__ = (UniqueConstraint("organizer_id", "name"),)

    name: Mapped[str]
    first_year: Mapped[int]
    subjects: Mapped[list[list[str]]] = mapped_column(JSONB)
    month: Mapped[int]
    responsible: Mapped[str]
    struck_on: Mapped[date | None]

    @property
    def years(self) -> list[tuple[SchoolYear, list[str]]]:
        """Return what is looked at, läsår by läsår."""
        return [(SchoolYear(self.first_year + n), some) for n, some in enumerate(self.subjects)]

    @property
    def span(self) -> str:
        """Return its years: ``2026/27–2029/30``."""
        return f"{self.years[0][0]}–{self.years[-1][0]}"

    @property
    def print(self) -> str:
        """Return the version of what it says."""
        return print_of(
            self.name, self.first_year, self.subjects, self.month, self.responsible, self.struck_on
        )


class HoursLimit(Owned, Base):
    """Tak för tid: how many hours a week the year may ask of a role, where the huvudman says so."""

    __tablename__ = "hours_limit"
    __table_args__ = (UniqueConstraint("organizer_id", "role"),)

    role: Mapped[str]
    hours: Mapped[float]


class BoardDate(Owned, Base):
    """A day the nämnd meets; steps with a rule around the board's meeting follow it."""

    __tablename__ = "board_date"
    __table_args__ = (UniqueConstraint("organizer_id", "day"),)

    day: Mapped[date]
    name: Mapped[str]


class Reminder(Owned, Base):
    """A påminnelse that went out: at most one for each step, due date and rule."""

    __tablename__ = "reminder"
    __table_args__ = (
        refers("step_id", "cycle_step", ondelete="CASCADE"),
        refers("unit_id", "school_unit"),
        UniqueConstraint("organizer_id", "step_id", "due", "rule"),
    )

    step_id: Mapped[UUID]
    unit_id: Mapped[UUID | None]
    due: Mapped[date]
    rule: Mapped[str]
    escalates: Mapped[bool]
    meant_for: Mapped[date]
    sent_on: Mapped[date]
    receivers: Mapped[list[str]] = mapped_column(ARRAY(Text))
    receiver_ids: Mapped[list[str]] = mapped_column(ARRAY(Text))
