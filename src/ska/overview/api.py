"""Indicators, their values and their charts for programs."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from litestar import Controller, Response
from litestar.params import FromPath, QueryParameter

from ska.access import Right
from ska.charts import figure_json
from ska.organizers.dependencies import GivenPlace
from ska.overview.queries.results import IndicatorView, indicator_view, result_list
from ska.overview.rules.cards import Card
from ska.web.dependencies import GivenActor, GivenSession
from ska.web.routing import read

Chosen = Annotated[str | None, QueryParameter(max_length=120)]


class IndicatorOut(msgspec.Struct):
    """An indicator in short; *verdict* is what may be said of the change since *before*."""

    code: str
    name: str
    value: str
    period: str
    people: str
    before: str
    verdict: str


class ValueOut(msgspec.Struct):
    """One value of one line; *word* says why there is no value."""

    line: str
    period: str
    value: float | None
    n: int | None
    word: str
    carried_from: str


class SeriesOut(msgspec.Struct):
    """An indicator's values as they may be shown, with what must be said beside them."""

    code: str
    name: str
    measure: str
    title: str
    sentence: str
    few_pupils: str
    unit: str
    source: str
    caution: str
    notes: list[str]
    values: list[ValueOut]


def _short(card: Card) -> IndicatorOut:
    return IndicatorOut(
        card.code, card.name, card.value, card.period, card.people, card.change, card.verdict
    )


def _series(view: IndicatorView) -> SeriesOut:
    chart = view.seen.chart
    names = ValueOut.__struct_fields__
    values = [ValueOut(**{name: getattr(one, name) for name in names}) for one in chart.values]
    return SeriesOut(
        code=view.item.code,
        name=view.item.heading,
        measure=view.group,
        title=chart.title,
        sentence=chart.sentence,
        few_pupils=view.seen.few_pupils,
        unit=chart.unit,
        source=chart.source,
        caution=chart.caution,
        notes=list(chart.notes),
        values=values,
    )


class IndicatorApi(Controller):
    """The indicators of the system in force, for the huvudman or one of its units."""

    path = "/api/v1/organizers/{organizer:str}/indicators"
    tags = ["Resultat"]  # noqa: RUF012

    @read(needs=Right.ENTER, summary="List the indicators with their latest value")
    def list_indicators(
        self,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        unit: Chosen = None,
        kind: Chosen = None,
    ) -> list[IndicatorOut]:
        """Return each indicator (or, with kind=condition, each förutsättning) in short."""
        chosen = "condition" if kind == "condition" else "indicator"
        found = result_list(session, actor, place.organizer, unit=unit, kind=chosen)
        return [_short(card) for group in found.groups for card in group.cards]

    @read("/{indicator:str}/series", needs=Right.ENTER, summary="Read an indicator's values")
    def read_series(
        self,
        indicator: FromPath[str],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        unit: Chosen = None,
        measure: Chosen = None,
    ) -> SeriesOut:
        """Return the values over the years with sentence, source and caution."""
        return _series(
            indicator_view(session, actor, place.organizer, indicator, unit=unit, group=measure)
        )

    @read("/{indicator:str}/chart", needs=Right.ENTER, summary="Read an indicator's figure")
    def read_chart(
        self,
        indicator: FromPath[str],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        unit: Chosen = None,
        measure: Chosen = None,
    ) -> Response[Any]:
        """Return the figure as Plotly draws it: ``data`` and ``layout``."""
        view = indicator_view(session, actor, place.organizer, indicator, unit=unit, group=measure)
        return Response(figure_json(view.seen.chart.figure), media_type="application/json")
