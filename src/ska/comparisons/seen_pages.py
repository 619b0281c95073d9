"""The page that pins a comparison's numbers to what is seen in them, for people and programs."""

from __future__ import annotations

from typing import Any

from litestar import Controller
from litestar.params import JSONBody, URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.comparisons.dependencies import API_COMPARED, COMPARED, GivenCompared
from ska.comparisons.queries.shown import Compared, ComparisonView
from ska.comparisons.queries.view import read_comparison
from ska.comparisons.seeing import query_of, to_pin
from ska.core.text import _
from ska.errors import Invalid, Missing
from ska.organizers.dependencies import GivenCall, GivenPlace, Place
from ska.overview.api.seen import SeenOut, pin
from ska.overview.forms import SeenForm
from ska.overview.queries.home import role_and_unit
from ska.overview.seen_pages import Sheet, note_seen, seen_page
from ska.web.dependencies import GivenActor, GivenSession
from ska.web.page import Done, Page
from ska.web.routing import create, read, write


class SeeingController(Controller):
    """Vad ser vi? From a comparison straight into an analysis."""

    path = "/{organizer:str}/jamfor/underlag"
    dependencies = COMPARED

    @read(needs=Right.OBSERVE)
    def show_what_is_seen(
        self, place: GivenPlace, session: GivenSession, actor: GivenActor, compared: GivenCompared
    ) -> Page:
        """Show the form, with the comparison's own sentence as a proposal."""
        return seen_page(session, actor, place, _sheet(session, actor, place, compared))

    @write(needs=Right.OBSERVE)
    def note_what_is_seen(
        self,
        data: URLEncodedBody[dict[str, Any]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        compared: GivenCompared,
    ) -> Page | Done:
        """Pin the numbers in an analysis, a new one when none is chosen."""
        return note_seen(session, actor, place, _sheet(session, actor, place, compared), data)


class SeeingApi(Controller):
    """Pin what a comparison shows."""

    path = "/api/v1/organizers/{organizer:str}/comparison/observations"
    tags = ("Jämför",)
    dependencies = API_COMPARED

    @create(needs=Right.OBSERVE, summary="Pin a comparison's numbers")
    def note_what_is_seen(
        self, data: JSONBody[SeenForm], call: GivenCall, compared: GivenCompared
    ) -> SeenOut:
        """Add an underlag with the numbers as they are now; in a network only the own one."""
        if not compared.what:
            told = _("Skriv vilken indikator som ska jämföras.")
            raise Invalid(told, {"indicator": told})
        view = _view(call.session, call.actor, call.place, compared)
        return pin(call, to_pin(view, call.place.organizer, compared), data)


def _view(session: Session, actor: Actor, place: Place, compared: Compared) -> ComparisonView:
    _roles, home = role_and_unit(actor, place.organizer.id)
    view = read_comparison(session, actor, place.organizer, compared, today=place.today, home=home)
    if view.chart is None:
        raise Missing
    return view


def _sheet(session: Session, actor: Actor, place: Place, compared: Compared) -> Sheet:
    view = _view(session, actor, place, compared)
    return Sheet(
        to_pin(view, place.organizer, compared),
        f"{place.path}/jamfor",
        query_of(view, compared),
        _("Jämför"),
        "/jamfor",
    )
