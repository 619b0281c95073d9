"""Tisdagskvarten: one page for a quarter of an hour a week, on screen or on paper."""

from __future__ import annotations

from datetime import date

from litestar import Controller
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.organizers.dependencies import GivenPlace, Place
from ska.overview.queries.home import home_rows
from ska.overview.queries.start import GUIDE
from ska.overview.rules import home
from ska.overview.rules.today import Task, greeting, three_things
from ska.web.dependencies import GivenActor, GivenSession, GivenToday
from ska.web.page import Page
from ska.web.routing import read
from ska.xrays.queries import work_xray


class TodayController(Controller):
    """What is soon done today."""

    path = "/{organizer:str}/idag"

    @read(needs=Right.READ)
    def show_today(
        self, place: GivenPlace, session: GivenSession, actor: GivenActor, today: GivenToday
    ) -> Page:
        """Show three things that are each done in five minutes."""
        tasks = tasks_of(session, actor, place, today)
        return Page("overview/today.html", tasks=tasks, lead=greeting(tasks))


def tasks_of(session: Session, actor: Actor, place: Place, today: date) -> list[Task]:
    """Return what this person can do in a quarter of an hour, five questions at most."""
    rows = home_rows(session, actor, place.organizer.id, today, GUIDE)
    todo, _waiting = home.todo_list(rows, today, path=place.path, year_path=place.year_path)
    xray = work_xray(session, actor, place.organizer, today)
    return three_things(todo, xray.open, place.path)
