"""Tisdagskvarten: one page for a quarter of an hour a week, on screen or on paper."""

from __future__ import annotations

from litestar import Controller

from ska.access import Right
from ska.organizers.dependencies import GivenPlace
from ska.overview.queries.today import tasks_of
from ska.overview.rules.today import greeting
from ska.web.dependencies import GivenActor, GivenSession, GivenToday
from ska.web.page import Page
from ska.web.routing import read


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
