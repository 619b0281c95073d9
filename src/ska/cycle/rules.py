"""What is true of steps whoever asks: their dates by rule, their state, who stands above."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from graphlib import TopologicalSorter
from uuid import UUID

from ska.core.holidays import (
    add_working_days,
    is_working_day,
    previous_working_day,
    this_or_next_working_day,
)
from ska.core.school_year import SchoolYear
from ska.core.text import _
from ska.cycle.definitions import (
    AfterStep,
    Board,
    ByDate,
    FirstWeekday,
    LastWeekday,
    Months,
    StepDefinition,
    Weeks,
)
from ska.notices.rules import SUMMER, Deadline, is_in_pause

NO_BOARD_DATE = "Nämndens mötesdatum saknas. Datumet är preliminärt tills det finns."
IN_PAUSE = "Datumet ligger i sommaruppehållet. Påminnelser väntar till efter det."
OUTSIDE_YEAR = "Datumet ligger utanför läsåret."
MOVED_LAST_YEAR = "Steget var flyttat förra läsåret, till {day}. Här gäller regeln igen."
NO_WEEK_53 = "Året har ingen vecka 53. Vecka 52 används."


@dataclass(frozen=True)
class StepDates:
    """When a step's work starts and is due, and what a person should look at before trusting it."""

    starts: date
    due: date
    review: tuple[str, ...] = ()


def dates_of(
    step: StepDefinition,
    school_year: SchoolYear,
    board_dates: Sequence[date] = (),
    due_dates: Mapping[str, date] | None = None,
) -> StepDates:
    """Return a step's dates in *school_year*; *due_dates* holds the steps that it follows.

    Raises KeyError when the step follows one whose due date is not given.
    """
    rule = step.when
    notes: list[str] = []
    starts: date | None = None
    if isinstance(rule, Weeks):
        starts, due = _weeks(rule, school_year, notes)
    elif isinstance(rule, Months):
        starts = _first_working_day(_month(rule.first, school_year))
        due = _last_working_day(_month(rule.last, school_year))
    elif isinstance(rule, Board):
        due = _board(rule, school_year, board_dates, notes)
    elif isinstance(rule, AfterStep):
        due = _after(rule, school_year, (due_dates or {})[rule.step])
    else:
        starts, due = _calendar_day(rule, school_year)
    starts = starts or this_or_next_working_day(due - timedelta(weeks=step.weeks_of_work))
    if is_in_pause(due, SUMMER):
        notes.append(IN_PAUSE)
    elif due not in school_year:
        notes.append(OUTSIDE_YEAR)
    return StepDates(min(starts, due), due, tuple(notes))


def dates_of_all(
    steps: Sequence[StepDefinition],
    school_year: SchoolYear,
    board_dates: Sequence[date] = (),
    fixed: Mapping[str, date] | None = None,
) -> dict[str, StepDates]:
    """Return the dates of all steps by key, each computed after the steps that it follows.

    *fixed* holds due dates set by hand, which the steps after them count from.
    """
    by_key = {step.key: step for step in steps}
    follows = {
        step.key: [step.when.step] if isinstance(step.when, AfterStep) else [] for step in steps
    }
    found: dict[str, StepDates] = {}
    for key in TopologicalSorter(follows).static_order():
        due_dates = {earlier: dates.due for earlier, dates in found.items()} | dict(fixed or {})
        found[key] = dates_of(by_key[key], school_year, board_dates, due_dates)
    return {step.key: found[step.key] for step in steps}


def _month(month: int, school_year: SchoolYear) -> date:
    return date(school_year.start + (month < 7), month, 1)


def _first_working_day(first: date, weekday: int | None = None) -> date:
    day = first
    while not is_working_day(day) or (weekday and day.isoweekday() != weekday):
        day += timedelta(days=1)
    return day


def _last_working_day(first: date, weekday: int | None = None) -> date:
    day = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    while not is_working_day(day) or (weekday and day.isoweekday() != weekday):
        day -= timedelta(days=1)
    return day


def _weeks(rule: Weeks, school_year: SchoolYear, notes: list[str]) -> tuple[date, date]:
    """Weeks 27 and later lie in the autumn, the others in the spring."""
    first = _monday(rule.first, school_year, notes)
    friday = _monday(rule.last, school_year, notes) + timedelta(days=4)
    due = friday if is_working_day(friday) else previous_working_day(friday)
    return this_or_next_working_day(first), due


def _monday(week: int, school_year: SchoolYear, notes: list[str]) -> date:
    year = school_year.start + (week < 27)
    last_week = date(year, 12, 28).isocalendar().week
    if week > last_week and NO_WEEK_53 not in notes:
        notes.append(NO_WEEK_53)
    return date.fromisocalendar(year, min(week, last_week), 1)


def _board(
    rule: Board, school_year: SchoolYear, board_dates: Sequence[date], notes: list[str]
) -> date:
    opens = _month(rule.first_month, school_year)
    closes = (_month(rule.last_month, school_year) + timedelta(days=31)).replace(day=1)
    meetings = sorted(day for day in board_dates if opens <= day < closes)
    if not meetings:
        notes.append(NO_BOARD_DATE)
        meetings = [_last_working_day(opens)]
    meeting = meetings[0] if rule.pick == "first" else meetings[-1]
    return add_working_days(meeting, rule.working_days)


def _after(rule: AfterStep, school_year: SchoolYear, earlier: date) -> date:
    due = add_working_days(earlier, rule.working_days)
    if rule.latest is None:
        return due
    return max(earlier, min(due, _on_or_before(rule.latest[0], rule.latest[1], school_year)))


def _calendar_day(
    rule: LastWeekday | FirstWeekday | ByDate, school_year: SchoolYear
) -> tuple[date | None, date]:
    if isinstance(rule, LastWeekday):
        return None, _last_working_day(_month(rule.month, school_year), rule.weekday)
    if isinstance(rule, FirstWeekday):
        return None, _first_working_day(_month(rule.month, school_year), rule.weekday)
    opens = _first_working_day(_month(rule.from_month, school_year)) if rule.from_month else None
    return opens, _on_or_before(rule.month, rule.day, school_year)


def _on_or_before(month: int, day: int, school_year: SchoolYear) -> date:
    first = _month(month, school_year)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    wanted = min(first + timedelta(days=day - 1), last)
    return wanted if is_working_day(wanted) else previous_working_day(wanted)


class StepState(StrEnum):
    """Where a step stands; the last two are computed from the day."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    SNOOZED = "snoozed"
    LATE = "late"

    @property
    def label(self) -> str:
        """Return the word that readers see."""
        return _STATE_WORDS[self]

    @property
    def tone(self) -> str:
        """Return the mood of the word in a status mark."""
        return _STATE_TONES[self]


_STATE_WORDS = {
    StepState.NOT_STARTED: _("Ej påbörjad"),
    StepState.IN_PROGRESS: _("Pågår"),
    StepState.DONE: _("Klar"),
    StepState.SNOOZED: _("Uppskjuten"),
    StepState.LATE: _("Försenad"),
}
_STATE_TONES = {
    StepState.NOT_STARTED: "neutral",
    StepState.IN_PROGRESS: "info",
    StepState.DONE: "ok",
    StepState.SNOOZED: "warn",
    StepState.LATE: "error",
}


def state_of(facts: Deadline, today: date) -> StepState:
    """Tell where a step stands on the day."""
    if facts.done_on is not None and facts.done_on <= today:
        return StepState.DONE
    if facts.is_snoozed(today):
        return StepState.SNOOZED
    if today > facts.due:
        return StepState.LATE
    return StepState.IN_PROGRESS if facts.started_on else StepState.NOT_STARTED


_NEXT_LEVEL = {
    "teacher": "principal",
    "lead_teacher": "principal",
    "student_health": "principal",
    "principal": "director_of_education",
    "quality_lead": "director_of_education",
    "network_chair": "quality_lead",
}


@dataclass(frozen=True)
class Holder:
    """Someone who holds a role on the day in question: in the huvudman, or in one unit of it."""

    person_id: UUID
    name: str
    email: str
    role: str
    unit_id: UUID | None


def holders_of(role: str, unit_id: UUID | None, holders: Iterable[Holder]) -> list[Holder]:
    """Return those who hold the role for the unit; else those who hold it for the whole."""
    held = [one for one in holders if one.role == role]
    own = [one for one in held if one.unit_id == unit_id]
    return own or [one for one in held if one.unit_id is None]


def receivers_of(role: str, unit_id: UUID | None, holders: Sequence[Holder]) -> list[Holder]:
    """Return who hears of the step: the role's holders, or when it is vacant the next level's.

    At the end of the chain stand kvalitetsutvecklare and administratör: a vacancy loses nothing.
    """
    chain: list[str] = []
    step: str | None = role
    while step is not None:
        chain.append(step)
        step = next_level(step)
    for one in (*chain, "quality_lead", "organizer_admin"):
        found = holders_of(one, unit_id, holders)
        if found:
            return found
    return []


def next_level(role: str) -> str | None:
    """Return the role that hears of a late step; nobody stands above skolchef and nämnd here."""
    return _NEXT_LEVEL.get(role)
