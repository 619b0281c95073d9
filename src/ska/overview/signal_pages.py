"""Every indicator at every unit by signal, and the way into an analysis: pages and API."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

import msgspec
from litestar import Controller, Response
from litestar.di import Provide
from litestar.params import JSONBody, URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.charts import heat_picture
from ska.core.text import _
from ska.organizers.dependencies import GivenCall, GivenPlace, Place
from ska.overview.api.seen import SeenOut, pin
from ska.overview.dependencies import (
    Chosen,
    GivenChoice,
    provide_api_choice,
    provide_choice,
)
from ska.overview.forms import SeenForm
from ska.overview.queries.home import role_and_unit
from ska.overview.queries.signals import KINDS, signal_view
from ska.overview.rules.signals import shares_told, shown_in
from ska.overview.rules.steps import step_of
from ska.overview.seen_pages import Sheet, note_seen, seen_page
from ska.web.dependencies import GivenActor, GivenSession
from ska.web.figures import GivenRequest, TableOut, table_of, taken
from ska.web.page import Done, Page
from ska.web.routing import create, read, write


class SignalController(Controller):
    """Signaler: what is clear and what is within noise, at every unit."""

    path = "/{organizer:str}/resultat"
    dependencies = {"choice": Provide(provide_choice, sync_to_thread=False)}  # noqa: RUF012  # only read

    @read("/signaler", needs=Right.ENTER)
    def show_signals(
        self,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        choice: GivenChoice,
        visa: Chosen = None,
        elever: Chosen = None,
    ) -> Page:
        """Show every indicator at every unit by signal, today's or as known on a day."""
        view = signal_view(session, actor, place.organizer, _kind(visa), known=choice.known)
        may_note = choice.known is None and actor.may(Right.OBSERVE, place.organizer.id)
        return Page(
            "overview/signals.html",
            view=view,
            known=choice.known,
            may_note=may_note,
            step=step_of(shares_told(view.rows), elever),
        )

    @read(["/signaler.csv", "/signaler.xlsx", "/signaler.svg"], needs=Right.ENTER)
    def download(
        self,
        request: GivenRequest,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        choice: GivenChoice,
        visa: Chosen = None,
    ) -> Response[bytes]:
        """Give the signals as a file; what may not be shown is not in it."""
        view = signal_view(session, actor, place.organizer, _kind(visa), known=choice.known)
        chart = replace(view.chart, svg=heat_picture(view.rows, shown_in(view.rows)))
        name = f"{place.organizer.slug}-signaler"
        return taken(chart, name, request, is_demo=place.organizer.is_demo)

    @read("/signaler/underlag", needs=Right.OBSERVE)
    def show_what_is_seen(
        self, place: GivenPlace, session: GivenSession, actor: GivenActor, visa: Chosen = None
    ) -> Page:
        """Show the form that pins what clearly differs to what is seen in it."""
        return seen_page(session, actor, place, _sheet(session, actor, place, visa))

    @write("/signaler/underlag", needs=Right.OBSERVE)
    def note_what_is_seen(
        self,
        data: URLEncodedBody[dict[str, Any]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        visa: Chosen = None,
    ) -> Page | Done:
        """Pin what clearly differs in an analysis, a new one when none is chosen."""
        return note_seen(session, actor, place, _sheet(session, actor, place, visa), data)


def _kind(word: str | None) -> str:
    return KINDS.get(word or "", "indicator")


def _sheet(session: Session, actor: Actor, place: Place, word: str | None) -> Sheet:
    _roles, home = role_and_unit(actor, place.organizer.id)
    view = signal_view(session, actor, place.organizer, _kind(word))
    return Sheet(
        view.to_pin(place.organizer, home),
        f"{place.path}/resultat/signaler",
        f"?visa={word or ''}",
        _("Resultat"),
    )


class SignalsOut(msgspec.Struct):
    """Indicators by units, each cell the value and what may be said of it beside the whole."""

    example: ClassVar[dict[str, Any]] = {
        "sentence": "Tydligt lägre än Ekhult: Åskolan i Trygghet (6,1). 11 ryms inom vanlig"
        " variation.",
        "caution": "En signal är en fråga, inte ett betyg.",
        "source": "egna värden, inläst 12 november 2026.",
    }

    sentence: str
    caution: str
    source: str
    table: TableOut


class SignalApi(Controller):
    """Every indicator at every unit by signal."""

    path = "/api/v1/organizers/{organizer:str}/signals"
    dependencies = {"choice": Provide(provide_api_choice, sync_to_thread=False)}  # noqa: RUF012  # only read
    tags = ("Resultat",)

    @read(needs=Right.ENTER, summary="Read the signals")
    def read_signals(self, call: GivenCall, choice: GivenChoice, kind: Chosen = None) -> SignalsOut:
        """Return what differs clearly from the whole; kind=condition the förutsättningar."""
        chosen = "condition" if kind == "condition" else "indicator"
        chart = signal_view(*call.who, call.place.organizer, chosen, known=choice.known).chart
        return SignalsOut(chart.sentence, chart.caution, chart.source, table_of(chart))

    @create("/observations", needs=Right.OBSERVE, summary="Pin what clearly differs")
    def note_what_is_seen(
        self, data: JSONBody[SeenForm], call: GivenCall, kind: Chosen = None
    ) -> SeenOut:
        """Add an underlag with the clear signals as they are now; without an analysis begin one."""
        chosen = "condition" if kind == "condition" else "indicator"
        _roles, home = role_and_unit(call.actor, call.organizer_id)
        view = signal_view(*call.who, call.place.organizer, chosen)
        return pin(call, view.to_pin(call.place.organizer, home), data)
