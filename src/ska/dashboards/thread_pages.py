"""The year's röda trådar as a flow, and the way from there into an analysis: pages and API."""

from __future__ import annotations

from typing import Any

from litestar import Controller, Response
from litestar.params import JSONBody, URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.core.text import _
from ska.dashboards.threads import threads_of
from ska.dialogues.models import BoardDecision
from ska.dialogues.queries.decisions import decided
from ska.organizers.dependencies import GivenCall, GivenPlace, Place
from ska.overview.api.seen import SeenOut, pin
from ska.overview.forms import SeenForm
from ska.overview.seen_pages import Sheet, note_seen, seen_page
from ska.web.dependencies import GivenActor, GivenSession
from ska.web.figures import ChartOut, GivenRequest, chart_of, files_of, taken
from ska.web.page import Done, Page
from ska.web.routing import create, read, write


class ThreadsController(Controller):
    """Röd tråd: how far each of the year's threads has come."""

    path = "/{organizer:str}/{year:str}/rod-trad"

    @read(needs=Right.ENTER)
    def show_threads(self, place: GivenPlace, session: GivenSession, actor: GivenActor) -> Page:
        """Show how far threads have come, and what the nämnd decided during the year."""
        threads = threads_of(session, actor, place.organizer.id, place.year)
        this_year = BoardDecision.decided_on.between(place.year.first_day, place.year.last_day)
        return Page(
            "dashboards/threads.html",
            chart=threads.chart,
            decided=decided(session, actor, place.organizer.id, this_year),
            may_note=actor.may(Right.OBSERVE, place.organizer.id),
        )

    @read(files_of(), needs=Right.ENTER)
    def download(
        self, request: GivenRequest, place: GivenPlace, session: GivenSession, actor: GivenActor
    ) -> Response[bytes]:
        """Give how far the threads have come as a file."""
        chart = threads_of(session, actor, place.organizer.id, place.year).chart
        name = f"rod-trad-{place.organizer.slug}-{place.year.slug}"
        return taken(chart, name, request, is_demo=place.organizer.is_demo)

    @read("/underlag", needs=Right.OBSERVE)
    def show_what_is_seen(
        self, place: GivenPlace, session: GivenSession, actor: GivenActor
    ) -> Page:
        """Show the form that pins how far the threads have come to what is seen in it."""
        return seen_page(session, actor, place, _sheet(session, actor, place))

    @write("/underlag", needs=Right.OBSERVE)
    def note_what_is_seen(
        self,
        data: URLEncodedBody[dict[str, Any]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page | Done:
        """Pin how far the threads have come in an analysis, a new one when none is chosen."""
        return note_seen(session, actor, place, _sheet(session, actor, place), data)


def _sheet(session: Session, actor: Actor, place: Place) -> Sheet:
    seen = threads_of(session, actor, place.organizer.id, place.year).to_pin(place.organizer)
    room = f"/{place.year.slug}/analyser"
    return Sheet(seen, f"{place.year_path}/rod-trad", "", _("Analyser"), room)


class ThreadsApi(Controller):
    """How far the year's threads have come."""

    path = "/api/v1/organizers/{organizer:str}/years/{year:str}/threads"
    tags = ("Översikt",)

    @read(needs=Right.ENTER, summary="Read how far the year's threads have come")
    def read_threads(self, call: GivenCall) -> ChartOut:
        """Return the flow from analysis to insats, follow-up and decision."""
        return chart_of(threads_of(*call.where, call.place.year).chart)

    @create("/observations", needs=Right.OBSERVE, summary="Pin how far the threads have come")
    def note_what_is_seen(self, data: JSONBody[SeenForm], call: GivenCall) -> SeenOut:
        """Add an underlag with the counts as they are now; without an analysis begin one."""
        seen = threads_of(*call.where, call.place.year).to_pin(call.place.organizer)
        return pin(call, seen, data)
