"""What waits and what the X-ray found, each told once."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from ska.access import Actor
from ska.organizers.dependencies import Place
from ska.overview.queries.start import todo_of
from ska.overview.rules.today import Task, three_things
from ska.overview.rules.worth import Worth, worth_of_work
from ska.xrays.queries import work_xray


def tasks_of(session: Session, actor: Actor, place: Place, today: date) -> list[Task]:
    """Return at most three things for this person, in five statements at most."""
    todo = todo_of(session, actor, place, today)
    xray = work_xray(session, actor, place.organizer, today)
    return three_things(todo, xray.open, place.path)


def worth_today(
    session: Session, actor: Actor, place: Place, today: date
) -> tuple[list[Worth], int]:
    """Return what is worth seeing to beside "Att göra nu", and how much the rules find in all."""
    xray = work_xray(session, actor, place.organizer, today)
    told = {one.href for one in todo_of(session, actor, place, today)}
    rest = [one for one in xray.open if f"{place.path}{one.hit.at}" not in told]
    return worth_of_work(rest, place.path, xray.units), len(xray.open)
