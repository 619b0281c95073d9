"""SALSA: the page of the own schools beside the model, and the same for programs."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, ClassVar

import msgspec
from litestar import Controller, Response
from litestar.di import NamedDependency, Provide
from litestar.params import JSONBody, QueryParameter, SkipValidation, URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.comparisons.queries.salsa import MODELLED, AskedSalsa, SalsaView, salsa_view
from ska.core.text import _
from ska.errors import Missing
from ska.organizers.dependencies import GivenCall, GivenPlace, Place
from ska.overview.api.seen import SeenOut, pin
from ska.overview.forms import SeenForm
from ska.overview.queries.home import role_and_unit
from ska.overview.rules.steps import step_of
from ska.overview.seen_pages import Sheet, note_seen, seen_page
from ska.values.known import read_day
from ska.web.dependencies import (
    GivenActor,
    GivenSession,
    GivenToday,
)
from ska.web.figures import ChartOut, GivenRequest, chart_of, files_of, taken
from ska.web.page import Done, Page
from ska.web.routing import create, read, write

MOST_STEPS = 8
"""Of more schools than this only the first are told of, a to ö."""
Written = Annotated[str | None, QueryParameter(max_length=200)]


def provide_salsa(
    today: GivenToday,
    matt: Written = None,
    nar: Written = None,
    kant: Written = None,
) -> AskedSalsa:
    """Give what is asked for on a page."""
    return AskedSalsa(matt or "", nar or "", read_day(kant, today, field="kant"))


def provide_api_salsa(
    today: GivenToday,
    measure: Written = None,
    period: Written = None,
    as_known_on: Written = None,
) -> AskedSalsa:
    """Give what a program asks for."""
    known = read_day(as_known_on, today, field="as_known_on")
    return AskedSalsa(measure or "", period or "", known)


GivenAsked = NamedDependency[SkipValidation[AskedSalsa]]


class SalsaController(Controller):
    """Compare: the own schools beside what the model expects of them."""

    path = "/{organizer:str}/jamfor/salsa"
    dependencies = {"asked": Provide(provide_salsa, sync_to_thread=False)}  # noqa: RUF012  # only read

    @read(needs=Right.ENTER)
    def show_salsa(
        self,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        asked: GivenAsked,
        elever: Written = None,
    ) -> Page:
        """Show what was reached and what the model gives, school by school."""
        view = salsa_view(session, actor, place.organizer, asked)
        may_note = asked.known is None and actor.may(Right.OBSERVE, place.organizer.id)
        return Page(
            "comparisons/salsa.html",
            view=view,
            modelled=MODELLED,
            may_note=may_note,
            step=step_of(view.shares[:MOST_STEPS], elever),
        )

    @read(files_of(), needs=Right.ENTER)
    def download(
        self,
        request: GivenRequest,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        asked: GivenAsked,
    ) -> Response[bytes]:
        """Give what is shown as a file; what may not be shown is not in it."""
        chart = salsa_view(session, actor, place.organizer, asked).chart
        if chart is None:
            raise Missing
        name = f"salsa-{place.organizer.slug}"
        return taken(chart, name, request, is_demo=place.organizer.is_demo)

    @read("/underlag", needs=Right.OBSERVE)
    def show_what_is_seen(
        self, place: GivenPlace, session: GivenSession, actor: GivenActor, asked: GivenAsked
    ) -> Page:
        """Show the form that pins the schools' values to what is seen in them."""
        return seen_page(session, actor, place, _sheet(session, actor, place, asked))

    @write("/underlag", needs=Right.OBSERVE)
    def note_what_is_seen(
        self,
        data: URLEncodedBody[dict[str, Any]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        asked: GivenAsked,
    ) -> Page | Done:
        """Pin the values in an analysis, a new one when none is chosen."""
        return note_seen(session, actor, place, _sheet(session, actor, place, asked), data)


def _seen(session: Session, actor: Actor, place: Place, asked: AskedSalsa) -> SalsaView:
    """Return today's numbers: what is pinned is what is known now."""
    return salsa_view(session, actor, place.organizer, replace(asked, known=None))


def _sheet(session: Session, actor: Actor, place: Place, asked: AskedSalsa) -> Sheet:
    view = _seen(session, actor, place, asked)
    _roles, home = role_and_unit(actor, place.organizer.id)
    seen = view.to_pin(place.organizer, home)
    return Sheet(seen, f"{place.path}/jamfor/salsa", view.query, _("Jämför"), "/jamfor")


class ModelledOut(msgspec.Struct):
    """A school beside the model; the deviation is the published one and has no interval."""

    example: ClassVar[dict[str, Any]] = {
        "line": "Ekskolan, faktiskt",
        "value": 213.0,
        "word": "",
    }

    line: str
    value: float | None
    word: str


class SalsaOut(msgspec.Struct):
    """The own schools with year 9 at one period, actual and expected, a to ö."""

    example: ClassVar[dict[str, Any]] = {
        "measure": "meritvarde",
        "period": "2024/25",
        "periods": ["2024/25", "2023/24"],
        "sentence": "Ekskolan: 213, modellen räknar fram 233 (20 under modellen).",
        "caution": "Skolverket anger ingen osäkerhet för modellens värden.",
        "source": "Skolverket, SALSA. Modellen räknas om varje år.",
    }

    measure: str
    period: str
    periods: list[str]
    sentence: str
    caution: str
    source: str
    values: list[ModelledOut]
    chart: ChartOut | None


class SalsaApi(Controller):
    """Compare schools with the model of their pupils' background."""

    path = "/api/v1/organizers/{organizer:str}/comparison/salsa"
    dependencies = {"asked": Provide(provide_api_salsa, sync_to_thread=False)}  # noqa: RUF012  # only read
    tags = ("Jämför",)

    @read(needs=Right.ENTER, summary="Compare with SALSA")
    def compare_with_model(self, call: GivenCall, asked: GivenAsked) -> SalsaOut:
        """Return what the own schools reached and what the model expects, as published."""
        view = salsa_view(*call.who, call.place.organizer, asked)
        chart = view.chart
        return SalsaOut(
            view.modelled.key,
            view.period,
            view.periods,
            chart.sentence if chart else "",
            chart.caution if chart else "",
            chart.source if chart else "",
            [ModelledOut(one.line, one.value, one.word) for one in chart.values] if chart else [],
            chart_of(chart) if chart else None,
        )

    @create("/observations", needs=Right.OBSERVE, summary="Pin what SALSA shows")
    def note_what_is_seen(
        self, data: JSONBody[SeenForm], call: GivenCall, asked: GivenAsked
    ) -> SeenOut:
        """Add an underlag with the values as they are now; without an analysis begin one."""
        view = _seen(call.session, call.actor, call.place, asked)
        _roles, home = role_and_unit(call.actor, call.organizer_id)
        return pin(call, view.to_pin(call.place.organizer, home), data)
