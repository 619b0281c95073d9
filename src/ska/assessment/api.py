"""Grades beside test grades, and sambedömningar, for programs."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

import msgspec
from litestar import Controller, Response
from litestar.di import Provide
from litestar.params import FromPath, JSONBody

from ska.access import Right
from ska.analyses.queries import analysis_by_id
from ska.assessment import services
from ska.assessment.dependencies import GivenAsked, provide_api_asked
from ska.assessment.forms import LinkForm, ModerationForm, StrikeForm
from ska.assessment.models import ModerationSession
from ska.assessment.queries.chosen import Asked
from ska.assessment.queries.relation import RelationView, relation_view
from ska.assessment.queries.sessions import session_by_id, sessions_of
from ska.charts import DeviationRow
from ska.organizers.dependencies import Call, GivenCall
from ska.overview.api.seen import SeenOut, pin
from ska.overview.forms import SeenForm
from ska.overview.queries.home import role_and_unit
from ska.web.answers import told
from ska.web.figures import ChartOut, chart_of
from ska.web.paging import GivenPages
from ska.web.routing import act, create, read, replace
from ska.web.versions import IfMatch, Stamped, tagged


class DeviationOut(msgspec.Struct):
    """A place's shares with lower, the same and higher grade than test grade; *net* is the last
    minus the first, and *verdict* whether one way clearly outweighs the other."""

    example: ClassVar[dict[str, Any]] = {
        "key": "own",
        "name": "Ekhults centralskola",
        "lower": 32.8,
        "same": 59.4,
        "higher": 7.8,
        "net": -25.0,
        "n": 64,
        "word": "",
        "verdict": "clear_difference",
        "said": "tydlig skillnad",
    }

    key: str
    name: str
    lower: float | None
    same: float | None
    higher: float | None
    net: float | None
    n: int | None
    word: str
    verdict: str | None
    said: str


class RelationOut(msgspec.Struct):
    """One subject's grades beside its test grades; what to ask, and nothing concluded."""

    example: ClassVar[dict[str, Any]] = {
        "relation": "np-betyg-ak9",
        "subject": "ma",
        "spring": 2026,
        "springs": [2026, 2025],
        "group": "liknande",
        "sentence": "Av 64 elever fick 21 (32,8 %) lägre betyg än provbetyget och 5 (7,8 %) högre.",
        "caution": "En avvikelse åt något håll är en fråga, inte ett svar.",
        "source": "egna värden.",
        "questions": ["Hur är eleverna fördelade på undervisningsgrupper?"],
    }

    relation: str
    subject: str
    spring: int | None
    springs: list[int]
    group: str
    sentence: str
    caution: str
    source: str
    questions: list[str]
    places: list[DeviationOut]
    charts: list[ChartOut]


class ModerationOut(Stamped):
    """A sambedömning, in numbers: never whose texts or who marked them."""

    example: ClassVar[dict[str, Any]] = {
        "subject": "svenska",
        "stage": "9",
        "texts": 28,
        "agreed_before": "86",
        "agreed_after": "96",
        "marking_hours": "14",
        "analysis_hours": "3",
        "learned": "Läsförståelse blev utvecklingsområde.",
        "struck_reason": None,
        "version": "0f3c9a417be2d856",
    }

    id: UUID
    unit_id: UUID | None
    analysis_id: UUID | None
    held_on: date
    subject: str
    stage: str
    texts: int
    agreed_before: str | None
    agreed_after: str | None
    marking_hours: str | None
    analysis_hours: str | None
    learned: str
    struck_reason: str | None


NUMBERS = ("agreed_before", "agreed_after", "marking_hours", "analysis_hours")


class RelationApi(Controller):
    """Grades beside test grades."""

    path = "/api/v1/organizers/{organizer:str}/grade-relation"
    tags = ("Resultat",)
    dependencies = {  # noqa: RUF012  # Litestar reads it from the class
        "asked": Provide(provide_api_asked, sync_to_thread=False)
    }

    @read(needs=Right.ENTER, summary="Compare grades with test grades")
    def read_relation(self, call: GivenCall, asked: GivenAsked) -> RelationOut:
        """Return one subject and spring: the own place, the country and the own group."""
        view = _view(call, asked)
        chart = view.places
        return RelationOut(
            view.relation.id,
            view.subject.id,
            view.spring,
            view.springs,
            view.group.key,
            chart.sentence if chart else "",
            chart.caution if chart else view.relation.caution,
            chart.source if chart else "",
            [one.text for one in view.relation.questions],
            [_deviation(row) for row in view.rows],
            [chart_of(one) for one in (chart, view.history, view.subjects) if one],
        )

    @create("/observations", needs=Right.OBSERVE, summary="Pin grades beside test grades")
    def note_what_is_seen(
        self, data: JSONBody[SeenForm], call: GivenCall, asked: GivenAsked
    ) -> SeenOut:
        """Add an underlag with the shares as they are now; without an analysis begin one."""
        return pin(call, _view(call, asked.of_today).to_pin(), data)


class ModerationApi(Controller):
    """Sambedömningar: noted, said anew, put into an analysis, struck and put back."""

    path = "/api/v1/organizers/{organizer:str}/moderation-sessions"
    tags = ("Sambedömning",)

    @read(needs=Right.READ, summary="List the sambedömningar")
    def list_sessions(self, pages: GivenPages, call: GivenCall) -> Response[list[ModerationOut]]:
        """Return those that stand, the latest first."""
        return pages.answer(sessions_of(*call.where, part=pages.part()), _out)

    @create(needs=Right.ANALYSE, summary="Note a sambedömning")
    def note_session(self, data: JSONBody[ModerationForm], call: GivenCall) -> ModerationOut:
        """Note a sambedömning that was held."""
        made = services.note_session(
            *call.who, organizer_id=call.organizer_id, form=data, today=call.today
        )
        return _out(made)

    @read("/{held:uuid}", needs=Right.READ, summary="Read a sambedömning")
    def read_session(self, held: FromPath[UUID], call: GivenCall) -> Response[ModerationOut]:
        """Return one, struck or not, with its print as ETag."""
        return tagged(_out(session_by_id(*call.where, held)))

    @replace("/{held:uuid}", needs=Right.ANALYSE, summary="Change a sambedömning")
    def change_session(
        self,
        held: FromPath[UUID],
        data: JSONBody[ModerationForm],
        call: GivenCall,
        if_match: IfMatch = None,
    ) -> Response[ModerationOut]:
        """Say it anew; 409 for a struck one."""
        one = _as_read(call, held, if_match)
        services.change_session(*call.who, held=one, form=data, today=call.today)
        return tagged(_out(one))

    @act("/{held:uuid}/analysis", needs=Right.ANALYSE, summary="Put it into an analysis")
    def tie_session(
        self,
        held: FromPath[UUID],
        data: JSONBody[LinkForm],
        call: GivenCall,
        if_match: IfMatch = None,
    ) -> Response[ModerationOut]:
        """Put it into an analysis as an underlag; 409 when it lies in one."""
        one = _as_read(call, held, if_match)
        analysis = analysis_by_id(*call.where, data.analysis_id)
        services.tie_session(*call.who, held=one, analysis=analysis)
        return tagged(_out(one))

    @act("/{held:uuid}/strike", needs=Right.ANALYSE, summary="Strike a sambedömning")
    def strike_session(
        self,
        held: FromPath[UUID],
        data: JSONBody[StrikeForm],
        call: GivenCall,
        if_match: IfMatch = None,
    ) -> Response[ModerationOut]:
        """Strike it with the reason; it can be put back."""
        one = _as_read(call, held, if_match)
        services.strike_session(*call.who, held=one, form=data, now=call.now)
        return tagged(_out(one))

    @act("/{held:uuid}/restore", needs=Right.ANALYSE, summary="Put a struck one back")
    def restore_session(
        self, held: FromPath[UUID], call: GivenCall, if_match: IfMatch = None
    ) -> Response[ModerationOut]:
        """Put a struck sambedömning back."""
        one = _as_read(call, held, if_match)
        services.restore_session(*call.who, held=one)
        return tagged(_out(one))


def _view(call: Call, asked: Asked) -> RelationView:
    organizer = call.place.organizer
    _roles, home = role_and_unit(call.actor, organizer.id)
    return relation_view(*call.who, organizer, asked, home=home)


def _as_read(call: Call, held: UUID, if_match: str | None) -> ModerationSession:
    return call.on(session_by_id(*call.where, held), _out, if_match=if_match)


def _out(one: ModerationSession) -> ModerationOut:
    numbers = {name: getattr(one, name) for name in NUMBERS}
    written = {name: None if at is None else f"{at:f}" for name, at in numbers.items()}
    return told(ModerationOut, one, **written)


def _deviation(row: DeviationRow) -> DeviationOut:
    return DeviationOut(
        row.key,
        row.name,
        row.lower.value,
        row.same.value,
        row.higher.value,
        row.net,
        row.lower.n,
        row.lower.written() if row.is_silent else "",
        None if row.shift is None else str(row.shift.verdict),
        "" if row.shift is None else row.shift.word,
    )
