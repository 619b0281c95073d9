"""What the X-rays find, for the start page: it asks for each when it is shown (record 93)."""

from __future__ import annotations

from litestar import Controller

from ska.access import Right
from ska.organizers.dependencies import GivenPlace
from ska.overview.queries.today import worth_today
from ska.overview.rules.worth import worth_of_values
from ska.values.xrays.queries import xray_of
from ska.web.dependencies import GivenActor, GivenSession, GivenToday
from ska.web.page import Page
from ska.web.routing import read

READ_AT_ONCE = 30  # findings of the numbers among which the five rules are looked for


class WorthController(Controller):
    """Att se över: a part of the start page, and a page of its own where scripts are off."""

    path = "/{organizer:str}/oversikt/att-se-over"

    @read("/arbetet", needs=Right.READ)
    def show_work(
        self, place: GivenPlace, session: GivenSession, actor: GivenActor, today: GivenToday
    ) -> Page:
        """Show the five gravest rules that find something that "Att göra nu" does not tell."""
        found, count = worth_today(session, actor, place, today)
        return Page(
            "overview/worth_work.html",
            found=found,
            count=count,
            is_whole=actor.units(Right.READ, place.organizer.id) is None,
        )

    @read("/siffrorna", needs=Right.IMPORT_VALUES)
    def show_values(
        self, place: GivenPlace, session: GivenSession, actor: GivenActor, today: GivenToday
    ) -> Page:
        """Show the five gravest checks that find something in the numbers."""
        xray = xray_of(session, actor, place.organizer, today, most=READ_AT_ONCE)
        return Page(
            "overview/worth_values.html",
            found=worth_of_values(xray.open, place.path),
            count=xray.count,
        )
