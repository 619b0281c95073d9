"""SALSA: the page of the own schools beside the model, and the same for programs."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

import msgspec
from litestar import Controller
from litestar.params import QueryParameter

from ska.access import Right
from ska.comparisons.queries.salsa import MODELLED, salsa_view
from ska.organizers.dependencies import GivenCall, GivenPlace
from ska.web.dependencies import GivenActor, GivenSession
from ska.web.figures import ChartOut, chart_of
from ska.web.page import Page
from ska.web.routing import read

Written = Annotated[str | None, QueryParameter(max_length=200)]


class SalsaController(Controller):
    """Compare: the own schools beside what the model expects of them."""

    path = "/{organizer:str}/jamfor/salsa"

    @read(needs=Right.ENTER)
    def show_salsa(
        self,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        matt: Written = None,
        nar: Written = None,
    ) -> Page:
        """Show what was reached and what the model gives, school by school."""
        view = salsa_view(session, actor, place.organizer, matt or "", nar or "")
        return Page("comparisons/salsa.html", view=view, modelled=MODELLED)


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
    tags = ("Jämför",)

    @read(needs=Right.ENTER, summary="Compare with SALSA")
    def compare_with_model(
        self, call: GivenCall, measure: Written = None, period: Written = None
    ) -> SalsaOut:
        """Return what the own schools reached and what the model expects, as published."""
        view = salsa_view(*call.who, call.place.organizer, measure or "", period or "")
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
