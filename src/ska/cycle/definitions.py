"""The annual cycle as data: date rules, steps and templates (`seeds/cycles/`)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from graphlib import CycleError, TopologicalSorter
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from ska.notices.definitions import ReminderDefinition

MonthNumber = Annotated[int, Field(ge=1, le=12)]
WeekNumber = Annotated[int, Field(ge=1, le=53)]
Key = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]


class WheelKind(StrEnum):
    """Whose year a wheel is; that of a budget is the calendar's."""

    ORGANIZER = "organizer"
    UNIT = "unit"
    SCHOOL_TYPE = "school_type"
    PROGRAMME = "programme"
    BUDGET = "budget"


class Level(StrEnum):
    """Whose step it is in the styrkedja; `unit` steps live in the wheel of a school unit."""

    UNIT = "unit"
    ORGANIZER = "organizer"
    BOARD = "board"
    NETWORK = "network"


class Phase(StrEnum):
    """Skolverket's four questions, and the yearly duties that run beside them."""

    WHERE_ARE_WE = "where_are_we"
    WHERE_TO = "where_to"
    HOW = "how"
    HOW_DID_IT_GO = "how_did_it_go"
    PARALLEL = "parallel"


class Artefact(StrEnum):
    """What a finished step leaves behind; it decides which page a reminder opens."""

    ANALYSIS = "analysis"
    ACTION_PLAN = "action_plan"
    FOLLOW_UPS = "follow_ups"
    VALUES = "values"
    PARTICIPATION = "participation"
    REPORT = "report"
    DECISION = "decision"
    DIALOGUE = "dialogue"
    NOTES = "notes"
    PLAN = "plan"


class Frozen(BaseModel):
    """A part of a definition file: unknown keys are refused, nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Weeks(Frozen):
    """ISO weeks *first* to *last* of the school year; due on the last week's last working day."""

    kind: Literal["weeks"]
    first: WeekNumber
    last: WeekNumber


class Months(Frozen):
    """Whole months; due on the last working day of the last one."""

    kind: Literal["months"]
    first: MonthNumber
    last: MonthNumber


class LastWeekday(Frozen):
    """The month's last working day, or its last such weekday (1 is Monday) when one is named."""

    kind: Literal["last_weekday"]
    month: MonthNumber
    weekday: Annotated[int, Field(ge=1, le=5)] | None = None


class FirstWeekday(Frozen):
    """The month's first working day, or its first such weekday (1 is Monday) when one is named."""

    kind: Literal["first_weekday"]
    month: MonthNumber
    weekday: Annotated[int, Field(ge=1, le=5)] | None = None


class ByDate(Frozen):
    """At the latest on a day of the month; a free day means the working day before."""

    kind: Literal["by_date"]
    month: MonthNumber
    day: Annotated[int, Field(ge=1, le=31)]
    from_month: MonthNumber | None = None


class Board(Frozen):
    """A number of working days before (negative) or after the board's meeting in some months."""

    kind: Literal["board"]
    first_month: MonthNumber
    last_month: MonthNumber
    pick: Literal["first", "last"] = "first"
    working_days: Annotated[int, Field(ge=-60, le=60)] = 0


class AfterStep(Frozen):
    """Working days after another step is due, though never later than *latest* (month, day)."""

    kind: Literal["after_step"]
    step: Key
    working_days: Annotated[int, Field(ge=-60, le=120)]
    latest: tuple[MonthNumber, Annotated[int, Field(ge=1, le=31)]] | None = None


class Release(Frozen):
    """Working days after (or, negative, before) the day a source publishes its figures.

    *publication* is a key of the publication calendar.
    """

    kind: Literal["release"]
    publication: Key
    working_days: Annotated[int, Field(ge=-60, le=120)] = 0


DateRule = Annotated[
    Weeks | Months | LastWeekday | FirstWeekday | ByDate | Board | AfterStep | Release,
    Field(discriminator="kind"),
]


class StepDefinition(Frozen):
    """A steg i årshjulet as the template gives it; a huvudman edits its own copy.

    *phase* is one of Skolverket's questions (`Phase`) or a phase by its own name: a wheel has as
    many as its steps name. *hours* is what the step asks of the one who is responsible,
    *hours_together* of each other role, over all of its weeks.
    """

    key: Key
    name: Annotated[str, Field(min_length=3, max_length=120)]
    guidance: Annotated[str, Field(max_length=600)] = ""
    levels: Annotated[tuple[Level, ...], Field(min_length=1)]
    phase: Annotated[str, Field(min_length=2, max_length=60)]
    responsible: str
    together_with: tuple[str, ...] = ()
    artefact: Artefact
    law: tuple[str, ...] = ()
    when: DateRule
    weeks_of_work: Annotated[int, Field(ge=0, le=26)] = 4
    hours: Annotated[float, Field(ge=0, le=400)] = 0
    hours_together: Annotated[float, Field(ge=0, le=400)] = 0
    reminders: ReminderDefinition = ReminderDefinition()


def follows_of(steps: Iterable[StepDefinition]) -> dict[str, list[str]]:
    """Return which step each step waits for, by key."""
    return {
        step.key: [step.when.step] if isinstance(step.when, AfterStep) else [] for step in steps
    }


def ring_in(steps: Iterable[StepDefinition]) -> list[str]:
    """Return the keys of steps that wait for each other in a ring; empty when none do."""
    try:
        TopologicalSorter(follows_of(steps)).prepare()
    except CycleError as error:
        return [str(key) for key in error.args[1]]
    return []


class TemplateSource(Frozen):
    """Where a template comes from and how sure we are of it."""

    title: str
    retrieved: str
    certainty: Literal["seen", "synthesis", "local"]
    note: str = ""
    address: Annotated[str, Field(pattern="^https?://")] | None = None


class TemplateDefinition(Frozen):
    """An annual cycle that huvudmän and units start from."""

    key: Key
    name: str
    version: Annotated[int, Field(ge=1)]
    description: str
    source: TemplateSource
    follows: Literal["school_year", "calendar_year"] = "school_year"
    steps: Annotated[tuple[StepDefinition, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _whole(self) -> TemplateDefinition:
        keys = [step.key for step in self.steps]
        if len(set(keys)) != len(keys):
            raise ValueError("two steps share a key")
        for step, before in follows_of(self.steps).items():
            if not set(before) <= set(keys):
                raise ValueError(f"{step} follows a step that is not there: {before[0]}")
        if ring := ring_in(self.steps):
            raise ValueError(f"steps follow each other in a ring: {ring}")
        return self

    def steps_for(self, *, unit: bool) -> tuple[StepDefinition, ...]:
        """Return the steps of a unit's wheel, or of the huvudman's with board and network."""
        if unit:
            return tuple(step for step in self.steps if Level.UNIT in step.levels)
        return tuple(step for step in self.steps if set(step.levels) - {Level.UNIT})
