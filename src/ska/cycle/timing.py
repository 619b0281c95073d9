"""What the year asks of each role, week by week, and which steps could move to even it out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from ska.core.holidays import is_working_day, previous_working_day, this_or_next_working_day

USUAL_LIMIT = 8.0
FURTHEST = 4  # weeks that a step is proposed to move, at most
OF_UNITS = frozenset({"principal", "lead_teacher", "teacher", "student_health"})
ONE_DAY, ONE_WEEK = timedelta(days=1), timedelta(weeks=1)


@dataclass(frozen=True, order=True)
class Bearer:
    """Who carries the hours: a role in one unit, or in the huvudman when *unit_id* is None."""

    role: str
    unit_id: UUID | None


@dataclass(frozen=True)
class Work:
    """A step as work for one bearer; *may_move* tells that nothing but its own rule holds it."""

    step_id: UUID
    name: str
    bearer: Bearer
    starts: date
    due: date
    hours: float
    may_move: bool

    def shifted(self, weeks: int) -> Work:
        """Return the same work some weeks later, or earlier when negative."""
        day = self.due + weeks * ONE_WEEK
        due = day if is_working_day(day) else previous_working_day(day)
        starts = min(this_or_next_working_day(self.starts + weeks * ONE_WEEK), due)
        return Work(self.step_id, self.name, self.bearer, starts, due, self.hours, self.may_move)

    def by_week(self) -> dict[date, float]:
        """Return its hours by the Monday of each week, evenly over its working days."""
        days = [
            day
            for number in range((self.due - self.starts).days + 1)
            if is_working_day(day := self.starts + number * ONE_DAY)
        ]
        found: dict[date, float] = defaultdict(float)
        for day in days or [self.due]:
            found[monday(day)] += self.hours / len(days or [self.due])
        return dict(found)


@dataclass(frozen=True)
class Week:
    """A week of one bearer: its hours, and the steps they come from, the largest first."""

    monday: date
    hours: float
    steps: tuple[str, ...]


@dataclass(frozen=True)
class Move:
    """A step that could move so that a week comes below the limit: what the week becomes."""

    work: Work
    due: date
    week: date
    hours: float


@dataclass(frozen=True)
class Budget:
    """What the rest of the year asks of one bearer."""

    bearer: Bearer
    hours: float
    weeks: tuple[Week, ...]
    over: tuple[Week, ...]
    moves: tuple[Move, ...]

    @property
    def top(self) -> Week:
        """Return the heaviest week."""
        return max(self.weeks, key=lambda week: (week.hours, week.monday))


def monday(day: date) -> date:
    """Return the Monday of the day's week."""
    return day - day.weekday() * ONE_DAY


def budgets_of(
    works: Iterable[Work], limit: float, today: date, own: Mapping[str, float] | None = None
) -> list[Budget]:
    """Return what is asked of each bearer from this week on, the heaviest week first.

    *own* are the limits of roles that have another than *limit*.
    """
    by_role = own or {}
    by_bearer: dict[Bearer, list[Work]] = defaultdict(list)
    for one in works:
        by_bearer[one.bearer].append(one)
    found = [
        _budget(bearer, mine, by_role.get(bearer.role, limit), today)
        for bearer, mine in by_bearer.items()
    ]
    return sorted(
        (one for one in found if one.weeks), key=lambda one: (-one.top.hours, one.bearer.role)
    )


def _budget(bearer: Bearer, works: Sequence[Work], limit: float, today: date) -> Budget:
    weeks = _weeks(works, monday(today))
    over = tuple(week for week in weeks if week.hours > limit)
    return Budget(
        bearer=bearer,
        hours=sum(week.hours for week in weeks),
        weeks=weeks,
        over=over,
        moves=tuple(
            move for week in over if (move := _lightest(works, week, limit, today)) is not None
        ),
    )


def _weeks(works: Sequence[Work], first: date) -> tuple[Week, ...]:
    parts: dict[date, list[tuple[float, str]]] = defaultdict(list)
    for one in works:
        for week, hours in one.by_week().items():
            if week >= first and hours > 0:
                parts[week].append((hours, one.name))
    return tuple(
        Week(week, sum(hours for hours, _name in here), _names(here))
        for week, here in sorted(parts.items())
    )


def _names(parts: Sequence[tuple[float, str]]) -> tuple[str, ...]:
    ordered = sorted(parts, key=lambda part: (-part[0], part[1]))
    return tuple(dict.fromkeys(name for _hours, name in ordered))


def _lightest(works: Sequence[Work], week: Week, limit: float, today: date) -> Move | None:
    """Return the shortest move that brings the week below the limit and no other above it."""
    hours = _totals(works)
    for weeks in (w for far in range(1, FURTHEST + 1) for w in (-far, far)):
        for one in works:
            if not one.may_move or one.by_week().get(week.monday, 0) <= 0:
                continue
            moved = one.shifted(weeks)
            if moved.starts < today or moved.due == one.due:
                continue
            after = _after(hours, one, moved)
            touched = {week.monday, *moved.by_week()}
            if all(after.get(at, 0) <= limit for at in touched):
                return Move(one, moved.due, week.monday, after.get(week.monday, 0))
    return None


def _totals(works: Iterable[Work]) -> dict[date, float]:
    found: dict[date, float] = defaultdict(float)
    for one in works:
        for week, hours in one.by_week().items():
            found[week] += hours
    return dict(found)


def _after(hours: Mapping[date, float], before: Work, moved: Work) -> dict[date, float]:
    found = dict(hours)
    for week, less in before.by_week().items():
        found[week] = found.get(week, 0) - less
    for week, more in moved.by_week().items():
        found[week] = found.get(week, 0) + more
    return found
