"""The days the nämnd meets, and the dates that follow from them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.audit import record
from ska.core.school_year import SchoolYear
from ska.core.text import _
from ska.cycle import queries
from ska.cycle.definitions import StepDefinition
from ska.cycle.models import BoardDate
from ska.cycle.rules import dates_of_all
from ska.errors import Conflict


def board_days(
    session: Session, actor: Actor, organizer_id: UUID, year: SchoolYear
) -> Sequence[date]:
    """Return the days the nämnd meets in the year."""
    return [one.day for one in queries.board_dates_of(session, actor, organizer_id, year)]


def add_board_date(
    session: Session, actor: Actor, *, organizer_id: UUID, day: date, name: str, today: date
) -> BoardDate:
    """Note a day the nämnd meets; steps that follow the board get new dates."""
    actor.must(Right.EDIT_CYCLE, organizer_id)
    year = SchoolYear.containing(day)
    if day in board_days(session, actor, organizer_id, year):
        raise Conflict(_("Det datumet finns redan."))
    meeting = BoardDate(organizer_id=organizer_id, day=day, name=name)
    session.add(meeting)
    session.flush()
    record(session, actor, act="board_date.add", thing=meeting, details={"day": day.isoformat()})
    follow_rules(session, actor, organizer_id, year, today)
    return meeting


def remove_board_date(session: Session, actor: Actor, *, meeting: BoardDate, today: date) -> None:
    """Take a meeting away; steps that followed it get new dates."""
    actor.must(Right.EDIT_CYCLE, meeting.organizer_id)
    organizer_id, year = meeting.organizer_id, SchoolYear.containing(meeting.day)
    record(session, actor, act="board_date.remove", thing=meeting)
    session.delete(meeting)
    session.flush()
    follow_rules(session, actor, organizer_id, year, today)


def follow_rules(
    session: Session, actor: Actor, organizer_id: UUID, year: SchoolYear, today: date
) -> None:
    """Give open steps that nobody moved by hand the dates that their rules give now.

    A step moved by hand keeps its date, and the steps after it count from that date.
    """
    steps = queries.steps_of_year(session, actor, organizer_id, year)
    template = {step.key: step for step in queries.template().steps}
    every = {**template, **{s.key: StepDefinition.model_validate(s.definition) for s in steps}}
    fixed = {s.key: s.due for s in steps if s.moved_because and s.unit_id is None}
    board = board_days(session, actor, organizer_id, year)
    dates = dates_of_all(list(every.values()), year, board, fixed)
    for step in steps:
        wanted = dates.get(step.key)
        if wanted is None or step.done_on or step.moved_because or wanted.due == step.due:
            continue
        step.starts, step.due, step.counts_from = wanted.starts, wanted.due, today
        step.review = list(wanted.review)
        step.sequence += 1
    session.flush()
