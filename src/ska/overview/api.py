"""Indicators, their values and their charts for programs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from operator import attrgetter
from typing import Any, ClassVar
from uuid import UUID

import msgspec
from litestar import Controller, Response
from litestar.di import Provide
from litestar.params import FromPath, JSONBody

from ska.access import Right
from ska.charts import figure_json
from ska.organizers.dependencies import GivenPlace
from ska.overview import services
from ska.overview.dependencies import Chosen, GivenChoice, provide_api_choice
from ska.overview.forms import SeenForm
from ska.overview.queries.results import IndicatorView, indicator_view, result_list
from ska.overview.queries.start import start_view
from ska.overview.queries.trust import TrustView, trust_view
from ska.overview.rules.cards import Card
from ska.web.dependencies import GivenActor, GivenSession, GivenToday
from ska.web.paging import GivenPages
from ska.web.routing import create, read


class IndicatorOut(msgspec.Struct):
    """An indicator in short; *verdict* is what may be said of the change since *before*."""

    example: ClassVar[dict[str, Any]] = {
        "code": "gr-alla-amnen-ak9",
        "name": "Godkänt i alla ämnen, årskurs 9",
        "value": "61,8 %",
        "period": "2026",
        "people": "42 av 68 elever",
        "before": "−6,3 procentenheter sedan 2025",
        "verdict": "kan vara slump",
    }

    code: str
    name: str
    value: str
    period: str
    people: str
    before: str
    verdict: str


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


class SeriesOut(msgspec.Struct):
    """An indicator's values as they may be shown, with what must be said beside them."""

    example: ClassVar[dict[str, Any]] = {
        "code": "gr-alla-amnen-ak9",
        "name": "Godkänt i alla ämnen, årskurs 9",
        "measure": "alla",
        "title": "Godkänt i alla ämnen i Ekhult",
        "sentence": "61,8 % nådde målet 2026, mot 68,1 % året före.",
        "few_pupils": "",
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
    unit: str
    source: str
    caution: str
    notes: list[str]
    as_known_on: date | None
    values: list[ValueOut]


def _short(card: Card) -> IndicatorOut:
    return IndicatorOut(
        card.code, card.name, card.value, card.period, card.people, card.change, card.verdict
    )


def _series(view: IndicatorView, known: date | None) -> SeriesOut:
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
        as_known_on=known,
        values=values,
    )


class TodoOut(msgspec.Struct):
    """Something that waits for the person who asks; *href* is its page."""

    example: ClassVar[dict[str, Any]] = {
        "verb": "Följ upp",
        "text": "Kartlägg nya elever inom två veckor",
        "due": "15 september",
        "status": "snart",
        "href": "/ekhult/insatser",
    }

    verb: str
    text: str
    due: str
    status: str
    is_late: bool
    href: str


class OverviewOut(msgspec.Struct):
    """The start page: what waits, where the year is, three results."""

    example: ClassVar[dict[str, Any]] = {
        "greeting": "Hej Kim",
        "waiting": 1,
        "next_step": "Enhetsanalys klar",
        "next_due": "2 oktober",
    }

    greeting: str
    todo: list[TodoOut]
    waiting: int
    next_step: str
    next_due: str
    indicators: list[IndicatorOut]


class SeenOut(msgspec.Struct):
    """The underlag that holds the numbers, and the analysis it lies in."""

    example: ClassVar[dict[str, Any]] = {
        "school_year": "2026/27",
    }

    analysis_id: UUID
    observation_id: UUID
    school_year: str


class TrustOut(msgspec.Struct):
    """What may be trusted: *steadiness* is the share (0–1) of differences that is not chance."""

    example: ClassVar[dict[str, Any]] = {
        "code": "gr-alla-amnen-ak9",
        "name": "Godkänt i alla ämnen, årskurs 9",
        "says": "Hur stor andel som fått lägst E i alla ämnen.",
        "cannot_say": "Varför det är så.",
        "period": "2026",
        "units": 12,
        "units_with_value": 9,
        "steadiness": 0.62,
        "steadiness_sentence": "Ungefär sex av tio skillnader är mer än slump.",
        "next_release": "september 2027",
    }

    code: str
    name: str
    says: str
    cannot_say: str
    misreadings: list[str]
    breaks: list[dict[str, str]]
    period: str
    units: int
    units_with_value: int
    without: dict[str, int]
    steadiness: float | None
    steadiness_sentence: str
    next_release: str


def _trust(view: TrustView) -> TrustOut:
    standing = view.standing
    return TrustOut(
        code=view.item.code,
        name=view.item.heading,
        says=view.says,
        cannot_say=view.cannot_say,
        misreadings=list(view.misreadings),
        breaks=[{"period": period, "reason": reason} for period, reason in view.breaks],
        period=standing.period if standing else "",
        units=standing.units if standing else 0,
        units_with_value=standing.with_value if standing else 0,
        without=dict(standing.without) if standing else {},
        steadiness=view.steadiness.share,
        steadiness_sentence=view.steadiness.sentence,
        next_release=view.next_release,
    )


class OverviewApi(Controller):
    """What a person meets first."""

    path = "/api/v1/organizers/{organizer:str}/overview"
    tags = ["Översikt"]  # noqa: RUF012

    @read(needs=Right.ENTER, summary="Read the start page")
    def read_overview(
        self, place: GivenPlace, session: GivenSession, actor: GivenActor, today: GivenToday
    ) -> OverviewOut:
        """Return what waits for the person who asks, the next step and three indicators."""
        view = start_view(session, actor, place, today)
        names = TodoOut.__struct_fields__
        return OverviewOut(
            greeting=view.greeting,
            todo=[TodoOut(**{name: getattr(one, name) for name in names}) for one in view.todo],
            waiting=view.waiting,
            next_step=view.year.next_title,
            next_due=view.year.next_due,
            indicators=[_short(card) for card in view.cards],
        )


class IndicatorApi(Controller):
    """The indicators of the system in force, for the huvudman or one of its units."""

    path = "/api/v1/organizers/{organizer:str}/indicators"
    dependencies = {"choice": Provide(provide_api_choice, sync_to_thread=False)}  # noqa: RUF012
    tags = ["Resultat"]  # noqa: RUF012

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
        page, headers = pages.of(cards, key=attrgetter("code"))
        return Response([_short(card) for card in page], headers=headers)

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

    @read("/{indicator:str}/trust", needs=Right.ENTER, summary="Read what an indicator can say")
    def read_trust(
        self, indicator: FromPath[str], place: GivenPlace, session: GivenSession, actor: GivenActor
    ) -> TrustOut:
        """Return what the measure says and cannot say, its breaks, and how steady it is."""
        return _trust(trust_view(session, actor, place.organizer, indicator))

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
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
        choice: GivenChoice,
    ) -> SeenOut:
        """Add an underlag with the numbers as they are now; without an analysis begin one."""
        view = indicator_view(
            session, actor, place.organizer, indicator, replace(choice, known=None),
            with_happenings=False,
        )  # fmt: skip
        analysis, observation = services.note_what_is_seen(
            session,
            actor,
            organizer_id=place.organizer.id,
            year=place.year,
            view=view,
            form=data,
            today=today,
        )
        return SeenOut(analysis.id, observation.id, str(analysis.school_year))
