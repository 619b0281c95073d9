"""The dates of steps by their rules: from what others decide, and from each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from graphlib import TopologicalSorter

from ska.core.calendar_year import Year
from ska.core.holidays import (
    add_working_days,
    is_working_day,
    previous_working_day,
    this_or_next_working_day,
)
from ska.core.text import _
from ska.cycle.definitions import (
    AfterStep,
    Board,
    ByDate,
    FirstWeekday,
    LastWeekday,
    Months,
    Release,
    StepDefinition,
    Weeks,
    follows_of,
)
from ska.notices.rules import SUMMER, Pause, is_in_pause

NO_BOARD_DATE = _("Nämndens mötesdatum saknas. Datumet är preliminärt tills det finns.")
IN_PAUSE = _("Datumet ligger i ett uppehåll. Påminnelser väntar till efter det.")
OUTSIDE_YEAR = _("Datumet ligger utanför hjulets år.")
NO_WEEK_53 = _("Året har ingen vecka 53. Vecka 52 används.")
USUAL_RELEASE = _("Källan har inte angett dagen än. Datumet är det vanliga.")
NO_RELEASE = _("Publiceringen finns inte längre i kalendern. Välj en annan regel.")
NOTHING_BEFORE = _("Steget som det här räknas från finns inte kvar. Välj en annan regel.")
FOLLOWS_STRUCK = _("Steget som det här räknas från är struket. Regeln räknar ändå från dess dag.")
DATE_NOTES = frozenset(
    {NO_BOARD_DATE, IN_PAUSE, OUTSIDE_YEAR, NO_WEEK_53, USUAL_RELEASE, NO_RELEASE, NOTHING_BEFORE}
)
MOVED_LAST_YEAR = _("Steget var flyttat förra året, till {day}. Här gäller regeln igen.")
NEVER_DONE = _("Steget blev inte klart förra året.")


@dataclass(frozen=True)
class Anchors:
    """Days that others decide, and the pauses: what the dates of a wheel hang on.

    *releases* holds the day of each publication in the wheel's year; *usual* those of them whose
    source has not said its day yet.
    """

    board: Sequence[date] = ()
    releases: Mapping[str, date] = field(default_factory=dict)
    usual: frozenset[str] = frozenset()
    pauses: tuple[Pause, ...] = SUMMER


NO_ANCHORS = Anchors()


@dataclass(frozen=True)
class StepDates:
    """When a step's work starts and is due, and what a person should look at before trusting it."""

    starts: date
    due: date
    review: tuple[str, ...] = ()


def dates_of(
    step: StepDefinition,
    year: Year,
    anchors: Anchors = NO_ANCHORS,
    due_dates: Mapping[str, date] | None = None,
) -> StepDates:
    """Return a step's dates in *year*; *due_dates* holds the steps that it may follow."""
    notes: list[str] = []
    starts, due = _rule_days(step, year, anchors, due_dates or {}, notes)
    starts = starts or this_or_next_working_day(due - timedelta(weeks=step.weeks_of_work))
    if is_in_pause(due, anchors.pauses):
        notes.append(IN_PAUSE)
    elif due not in year:
        notes.append(OUTSIDE_YEAR)
    return StepDates(min(starts, due), due, tuple(notes))


def _rule_days(
    step: StepDefinition,
    year: Year,
    anchors: Anchors,
    due_dates: Mapping[str, date],
    notes: list[str],
) -> tuple[date | None, date]:
    """Return the day the work starts, when the rule says it, and the day it is due."""
    rule = step.when
    if isinstance(rule, Weeks):
        return _weeks(rule, year, notes)
    if isinstance(rule, Months):
        first, last = _month(rule.first, year), _month(rule.last, year)
        return _first_working_day(first), _last_working_day(last)
    if isinstance(rule, Board):
        return None, _board(rule, year, anchors.board, notes)
    if isinstance(rule, Release):
        return None, _release(rule, year, anchors, notes)
    if isinstance(rule, AfterStep):
        return None, _after(rule, year, due_dates.get(rule.step), notes)
    return _calendar_day(rule, year)


def dates_of_all(
    steps: Sequence[StepDefinition],
    year: Year,
    anchors: Anchors = NO_ANCHORS,
    fixed: Mapping[str, date] | None = None,
) -> dict[str, StepDates]:
    """Return the dates of all steps by key, each computed after the steps that it follows.

    *fixed* holds due dates that stand whatever the rule says: the steps after them count from them.
    """
    by_key = {step.key: step for step in steps}
    dues = dict(fixed or {})
    found: dict[str, StepDates] = {}
    for key in TopologicalSorter(follows_of(steps)).static_order():
        if key in by_key:
            found[key] = dates_of(by_key[key], year, anchors, dues)
            dues.setdefault(key, found[key].due)
    return {step.key: found[step.key] for step in steps}


def _month(month: int, year: Year) -> date:
    return date(year.year_of(month), month, 1)


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


def _weeks(rule: Weeks, year: Year, notes: list[str]) -> tuple[date, date]:
    first = _monday(rule.first, year, notes)
    friday = _monday(rule.last, year, notes) + timedelta(days=4)
    due = friday if is_working_day(friday) else previous_working_day(friday)
    return this_or_next_working_day(first), due


def _monday(week: int, year: Year, notes: list[str]) -> date:
    of_week = year.year_of_week(week)
    last_week = date(of_week, 12, 28).isocalendar().week
    if week > last_week and NO_WEEK_53 not in notes:
        notes.append(NO_WEEK_53)
    return date.fromisocalendar(of_week, min(week, last_week), 1)


def _board(rule: Board, year: Year, board_dates: Sequence[date], notes: list[str]) -> date:
    opens = _month(rule.first_month, year)
    closes = (_month(rule.last_month, year) + timedelta(days=31)).replace(day=1)
    meetings = sorted(day for day in board_dates if opens <= day < closes)
    if not meetings:
        notes.append(NO_BOARD_DATE)
        meetings = [_last_working_day(opens)]
    meeting = meetings[0] if rule.pick == "first" else meetings[-1]
    return add_working_days(meeting, rule.working_days)


def _release(rule: Release, year: Year, anchors: Anchors, notes: list[str]) -> date:
    day = anchors.releases.get(rule.publication)
    if day is None:
        notes.append(NO_RELEASE)
        return _last_working_day(year.last_day.replace(day=1))
    if rule.publication in anchors.usual:
        notes.append(USUAL_RELEASE)
    return add_working_days(this_or_next_working_day(day), rule.working_days)


def _after(rule: AfterStep, year: Year, earlier: date | None, notes: list[str]) -> date:
    if earlier is None:
        notes.append(NOTHING_BEFORE)
        return _last_working_day(year.last_day.replace(day=1))
    due = add_working_days(earlier, rule.working_days)
    if rule.latest is None:
        return due
    return max(earlier, min(due, _on_or_before(rule.latest[0], rule.latest[1], year)))


def _calendar_day(
    rule: LastWeekday | FirstWeekday | ByDate, year: Year
) -> tuple[date | None, date]:
    if isinstance(rule, LastWeekday):
        return None, _last_working_day(_month(rule.month, year), rule.weekday)
    if isinstance(rule, FirstWeekday):
        return None, _first_working_day(_month(rule.month, year), rule.weekday)
    opens = _first_working_day(_month(rule.from_month, year)) if rule.from_month else None
    return opens, _on_or_before(rule.month, rule.day, year)


def _on_or_before(month: int, day: int, year: Year) -> date:
    first = _month(month, year)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    wanted = min(first + timedelta(days=day - 1), last)
    return wanted if is_working_day(wanted) else previous_working_day(wanted)
