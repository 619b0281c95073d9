"""Indicators, their values and their charts for programs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from operator import attrgetter
from typing import Any, ClassVar

import msgspec
from litestar import Controller, Response
from litestar.di import Provide
from litestar.params import FromPath, JSONBody

from ska.access import Right
from ska.charts import figure_json
from ska.organizers.dependencies import GivenCall, GivenPlace
from ska.overview.api.seen import SeenOut, pin
from ska.overview.dependencies import Chosen, GivenChoice, provide_api_choice
from ska.overview.forms import SeenForm
from ska.overview.queries.indicator import IndicatorView, indicator_view
from ska.overview.queries.results import result_list
from ska.overview.rules.cards import Card
from ska.overview.rules.splits import SplitShown
from ska.web.answers import told
from ska.web.dependencies import GivenActor, GivenSession
from ska.web.figures import TableOut
from ska.web.paging import GivenPages
from ska.web.routing import create, read


class IndicatorOut(msgspec.Struct):
    """An indicator in short; *verdict* is what may be said of the change since *before*.

    *shifts* are the levels that people have accepted in it.
    """

    example: ClassVar[dict[str, Any]] = {
        "code": "gr-alla-amnen-ak9",
        "name": "Godkänt i alla ämnen, årskurs 9",
        "value": "61,8 %",
        "period": "2026",
        "people": "42 av 68 elever",
        "before": "−6,3 procentenheter sedan 2025",
        "verdict": "kan vara slump",
        "shifts": [],
    }

    code: str
    name: str
    value: str
    period: str
    people: str
    before: str
    verdict: str
    shifts: list[str]


class ValueOut(msgspec.Struct):
    """One value of one line; *word* says why there is no value."""

    example: ClassVar[dict[str, Any]] = {
        "line": "Ekhult",
        "period": "2026",
        "value": 61.8,
        "n": 68,
        "word": "",
        "carried_from": "",
    }

    line: str
    period: str
    value: float | None
    n: int | None
    word: str
    carried_from: str


class SplitOut(msgspec.Struct):
    """What the latest change came of: other values in the groups, or other sizes of them.

    Without a table the sentence says why the change cannot be split.
    """

    example: ClassVar[dict[str, Any]] = {
        "groups": "Flickor och pojkar",
        "sentence": "2024/25–2025/26: Av skillnaden på −6,3 procentenheter kommer −5,6 av"
        " flickornas och pojkarnas värden och −0,7 av hur många de är.",
        "notes": ["Metod: Kitagawas uppdelning (1955)."],
    }

    groups: str
    sentence: str
    notes: list[str]
    table: TableOut | None


def _split(shown: SplitShown) -> SplitOut:
    table = shown.table
    told = TableOut(list(table.head), [list(row) for row in table.rows]) if table else None
    return SplitOut(shown.heading, shown.sentence, list(shown.notes), told)


class SeriesOut(msgspec.Struct):
    """An indicator's values as they may be shown, with what must be said beside them.

    *beside_whole* judges a unit's latest value beside its huvudman's; empty for a huvudman.
    """

    example: ClassVar[dict[str, Any]] = {
        "code": "gr-alla-amnen-ak9",
        "name": "Godkänt i alla ämnen, årskurs 9",
        "measure": "alla",
        "title": "Godkänt i alla ämnen i Ekhult",
        "sentence": "61,8 % nådde målet 2026, mot 68,1 % året före.",
        "few_pupils": "",
        "beside_whole": "Ekhult: 70,0 % (280 av 400 elever). Ekhults centralskola: 61,8 % (42 av 68"
        " elever). Skillnaden är 8,2 procentenheter, och ryms inom vanlig variation.",
        "unit": "%",
        "source": "Skolverket",
        "caution": "Små grupper svänger mellan år.",
    }

    code: str
    name: str
    measure: str
    title: str
    sentence: str
    few_pupils: str
    beside_whole: str
    unit: str
    source: str
    caution: str
    notes: list[str]
    as_known_on: date | None
    values: list[ValueOut]
    splits: list[SplitOut]


def short(card: Card) -> IndicatorOut:
    """Return an indicator in short, as programs see it."""
    return told(IndicatorOut, card, before=card.change, shifts=[one.said for one in card.shifts])


def _series(view: IndicatorView, known: date | None) -> SeriesOut:
    chart = view.seen.chart
    return SeriesOut(
        code=view.item.code,
        name=view.item.heading,
        measure=view.group,
        title=chart.title,
        sentence=chart.sentence,
        few_pupils=view.seen.few_pupils,
        beside_whole=view.beside.told.sentence if view.beside else "",
        unit=chart.unit,
        source=chart.source,
        caution=chart.caution,
        notes=list(chart.notes),
        as_known_on=known,
        values=[told(ValueOut, one) for one in chart.values],
        splits=[_split(one) for one in view.splits],
    )


class IndicatorApi(Controller):
    """The indicators of the system in force, for the huvudman or one of its units."""

    path = "/api/v1/organizers/{organizer:str}/indicators"
    dependencies = {"choice": Provide(provide_api_choice, sync_to_thread=False)}  # noqa: RUF012  # only read
    tags = ("Resultat",)

    @read(needs=Right.ENTER, summary="List the indicators with their latest value")
    def list_indicators(
        self,
        pages: GivenPages,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        choice: GivenChoice,
        kind: Chosen = None,
    ) -> Response[list[IndicatorOut]]:
        """Return each indicator in short; kind=condition the förutsättningar, kind=derived ours."""
        chosen = kind if kind in ("condition", "derived") else "indicator"
        found = result_list(session, actor, place.organizer, choice, kind=chosen)
        cards = [card for group in found.groups for card in group.cards]
        return pages.of(cards, short, key=attrgetter("code"))

    @read("/{indicator:str}/series", needs=Right.ENTER, summary="Read an indicator's values")
    def read_series(
        self,
        indicator: FromPath[str],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        choice: GivenChoice,
    ) -> SeriesOut:
        """Return the values over the years with sentence, source and caution."""
        view = indicator_view(session, actor, place.organizer, indicator, choice)
        return _series(view, choice.known)

    @read("/{indicator:str}/chart", needs=Right.ENTER, summary="Read an indicator's figure")
    def read_chart(
        self,
        indicator: FromPath[str],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        choice: GivenChoice,
    ) -> Response[Any]:
        """Return the figure as Plotly draws it: ``data`` and ``layout``."""
        view = indicator_view(session, actor, place.organizer, indicator, choice)
        return Response(figure_json(view.seen.chart.figure), media_type="application/json")

    @create("/{indicator:str}/observations", needs=Right.OBSERVE, summary="Pin the latest numbers")
    def note_what_is_seen(
        self,
        indicator: FromPath[str],
        data: JSONBody[SeenForm],
        call: GivenCall,
        choice: GivenChoice,
    ) -> SeenOut:
        """Add an underlag with the numbers as they are now; without an analysis begin one."""
        organizer, now = call.place.organizer, replace(choice, known=None)
        view = indicator_view(*call.who, organizer, indicator, now, with_happenings=False)
        return pin(call, view.to_pin(organizer.name), data)
