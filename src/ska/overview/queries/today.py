"""What a person can do in a quarter of an hour: what waits, and what the X-ray found."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from ska.access import Actor
from ska.organizers.dependencies import Place
from ska.overview.queries.home import home_rows
from ska.overview.queries.start import GUIDE
from ska.overview.rules import home
from ska.overview.rules.today import Task, three_things
from ska.xrays.queries import work_xray


def tasks_of(session: Session, actor: Actor, place: Place, today: date) -> list[Task]:
    """Return at most three things for this person, in five statements at most."""
    rows = home_rows(session, actor, place.organizer.id, today, GUIDE)
    todo, _waiting = home.todo_list(rows, today, path=place.path, year_path=place.year_path)
    xray = work_xray(session, actor, place.organizer, today)
    return three_things(todo, xray.open, place.path)
