"""The days the nämnd meets; what follows them moves with them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.audit import record
from ska.core.school_year import SchoolYear
from ska.core.text import _
from ska.cycle import queries
from ska.cycle.following import follow_rules
from ska.cycle.models import BoardDate
from ska.errors import Conflict


def add_board_date(
    session: Session, actor: Actor, *, organizer_id: UUID, day: date, name: str, today: date
) -> BoardDate:
    """Note a day the nämnd meets; steps that follow the board get new dates."""
    actor.must(Right.EDIT_CYCLE, organizer_id)
    known = queries.board_dates_of(session, actor, organizer_id, SchoolYear.containing(day))
    if any(one.day == day for one in known):
        raise Conflict(_("Det datumet finns redan."))
    meeting = BoardDate(organizer_id=organizer_id, day=day, name=name)
    session.add(meeting)
    session.flush()
    record(session, actor, act="board_date.add", thing=meeting, details={"day": day.isoformat()})
    follow_rules(session, actor, organizer_id, day, today)
    return meeting


def remove_board_date(session: Session, actor: Actor, *, meeting: BoardDate, today: date) -> None:
    """Take a meeting away; steps that followed it get new dates."""
    actor.must(Right.EDIT_CYCLE, meeting.organizer_id)
    organizer_id, day = meeting.organizer_id, meeting.day
    record(session, actor, act="board_date.remove", thing=meeting)
    session.delete(meeting)
    session.flush()
    follow_rules(session, actor, organizer_id, day, today)
