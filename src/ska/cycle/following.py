"""From rules to dates in the database: when what a date hangs on moves, the date moves with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete, func
from sqlalchemy.orm import Session

from ska.access import Actor
from ska.core.calendar_year import Year
from ska.cycle import queries, wheel_queries
from ska.cycle.dates import DATE_NOTES, Anchors, StepDates, dates_of, dates_of_all
from ska.cycle.definitions import Release, StepDefinition, WheelKind
from ska.cycle.models import AnnualCycle, CycleStep
from ska.fetching.calendar import publications
from ska.fetching.queue import days_told
from ska.notices.models import Notice
from ska.notices.rules import NoticeKind


def anchors_of(session: Session, actor: Actor, organizer_id: UUID, year: Year) -> Anchors:
    """Return the days that others decide for the year: meetings, and publications."""
    meetings = queries.board_dates_of(session, actor, organizer_id, year)
    return replace(releases_of(year, days_told(session)), board=[one.day for one in meetings])


def releases_of(year: Year, told: Mapping[str, date]) -> Anchors:
    """Return the days of the year's publications; *told* are those that the sources name.

    A publication whose figures come on several days has come on the last of them.
    """
    releases, usual = {}, set()
    for one in publications():
        of = year.year_of(one.month)
        releases[one.key] = one.days_in(of, told)[-1]
        if not any(day.year == of and one.covers(code) for code, day in told.items()):
            usual.add(one.key)
    return Anchors((), releases, frozenset(usual))


def template_steps(key: str) -> tuple[StepDefinition, ...]:
    """Return the steps of the template that a wheel came from; none for one of its own."""
    return queries.template(key).steps if key else ()


def reckoned(
    wheel: AnnualCycle,
    own: Mapping[str, StepDefinition],
    above: Iterable[CycleStep],
    anchors: Anchors,
    fixed: Mapping[str, date],
) -> dict[str, StepDates]:
    """Return the dates of a wheel's steps by key.

    A step may follow one of its own wheel, of the huvudman's (*above*), or of the template.
    """
    every = {one.key: one for one in template_steps(wheel.template_key)}
    over = [one for one in above if one.cycle_id != wheel.id]
    every |= {one.key: one.rule for one in over} | dict(own)
    stands = {one.key: one.due for one in over if one.key not in own}
    return dates_of_all(list(every.values()), wheel.year, anchors, {**stands, **fixed})


def stands_fast(step: CycleStep, anchors: Anchors) -> bool:
    """Tell whether a step keeps its date whatever its rule gives.

    One that is done or moved by hand does, and one that waits for a publication whose source has
    not said its day: what the source said before its figures came out is not known afterwards.
    """
    return (
        step.done_on is not None or step.moved_because is not None or is_unsaid(step.rule, anchors)
    )


def is_unsaid(rule: StepDefinition, anchors: Anchors) -> bool:
    """Tell whether a step waits for a publication whose source has not said its day."""
    return isinstance(rule.when, Release) and rule.when.publication in anchors.usual


def has_moved(rule: StepDefinition, due: date, year: Year, anchors: Anchors) -> bool:
    """Tell whether the source of a step that waits for a publication says another day than due."""
    return not is_unsaid(rule, anchors) and dates_of(rule, year, anchors).due != due


def follow_rules(
    session: Session, actor: Actor, organizer_id: UUID, day: date, today: date
) -> None:
    """Give open steps the dates that their rules give now, in all wheels whose year holds *day*.

    A step that stands fast keeps its date, and the steps after it count from that date.
    """
    wheels = wheel_queries.wheels_on(session, actor, organizer_id, day)
    steps = wheel_queries.steps_of_cycles(session, actor, [one.id for one in wheels])
    anchors: dict[Year, Anchors] = {}
    # The huvudman's first: the units' steps may follow them.
    for wheel in sorted(wheels, key=lambda one: one.unit_id is not None):
        if wheel.year not in anchors:
            anchors[wheel.year] = anchors_of(session, actor, organizer_id, wheel.year)
        _follow(wheel, steps, replace(anchors[wheel.year], pauses=wheel.rests), today)
    session.flush()
    withdraw_notices(session, organizer_id, steps)


def _follow(wheel: AnnualCycle, steps: Sequence[CycleStep], anchors: Anchors, today: date) -> None:
    own = [one for one in steps if one.cycle_id == wheel.id]
    fixed = {one.key: one.due for one in own if stands_fast(one, anchors)}
    rules = {one.key: one.rule for one in own}
    dates = reckoned(wheel, rules, above_of(wheel, steps), anchors, fixed)
    for step in own:
        if step.key not in fixed:
            take_dates(step, dates[step.key], today)


def withdraw_notices(session: Session, organizer_id: UUID, steps: Sequence[CycleStep]) -> None:
    """Take away what nobody has read yet of steps that are struck or have another date now.

    The log of reminders keeps that it went out.
    """
    keys = {str(one.id): f"{one.id}:{one.due}" for one in steps}
    holds = [keys[str(one.id)] for one in steps if one.struck_on is None]
    told_of = func.split_part(Notice.dedupe_key, ":", 1)
    session.execute(
        delete(Notice).where(
            Notice.organizer_id == organizer_id,
            Notice.read_at.is_(None),
            Notice.kind.in_((NoticeKind.REMINDER, NoticeKind.ESCALATION)),
            told_of.in_(keys),
            (told_of + ":" + func.split_part(Notice.dedupe_key, ":", 2)).not_in(holds),
        )
    )


def above_of(wheel: AnnualCycle, steps: Iterable[CycleStep]) -> list[CycleStep]:
    """Return the huvudman's own steps of the same läsår, which a unit's step may follow."""
    return [
        one
        for one in steps
        if wheel.unit_id is not None
        and one.cycle.kind == WheelKind.ORGANIZER
        and one.cycle.school_year == wheel.school_year
    ]


def take_dates(step: CycleStep, dates: StepDates, today: date) -> None:
    """Give a step the dates that its rule gives; when they are others, reminders count anew.

    What a person has looked at stays looked at until the date changes.
    """
    others = [note for note in step.review if note not in DATE_NOTES]
    if (step.starts, step.due) == (dates.starts, dates.due):
        held = [note for note in step.review if note in DATE_NOTES and note in dates.review]
        step.review = [*others, *held]
        return
    if step.due != dates.due:
        step.counts_from = today
    step.starts, step.due, step.review = dates.starts, dates.due, [*others, *dates.review]
    step.sequence += 1


def with_moved_releases(session: Session, now: datetime) -> set[UUID]:
    """Return the huvudmän in scope with a step whose source names another day than it has.

    Steps that hang on the same publication in the same year are looked at as one.
    """
    told = days_told(session)
    anchors: dict[Year, Anchors] = {}
    moved: set[UUID] = set()
    for row in session.execute(wheel_queries.waits_of_all(now.date())):
        year = AnnualCycle(kind=row.kind, school_year=row.school_year).year
        if year not in anchors:
            anchors[year] = releases_of(year, told)
        rule = StepDefinition.model_validate(row.definition)
        if has_moved(rule, row.due, year, anchors[year]):
            moved.update(row.organizers)
    return moved


def follow_releases(session: Session, actor: Actor, organizer_id: UUID, today: date) -> None:
    """Let the steps that wait for a publication follow the day that its source names now.

    Asked at every tick: where no day has moved nothing more is read.
    """
    waiting = wheel_queries.steps_that_wait(session, actor, organizer_id, today)
    for year in dict.fromkeys(one.cycle.year for one in waiting):
        anchors = anchors_of(session, actor, organizer_id, year)
        if any(
            has_moved(one.rule, one.due, year, anchors) for one in waiting if one.cycle.year == year
        ):
            follow_rules(session, actor, organizer_id, year.first_day, today)
