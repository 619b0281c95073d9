"""The ledger for programs: the same services and rules as the pages."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, ClassVar
from uuid import UUID

import msgspec
from litestar import Controller, Response
from litestar.params import FromPath, JSONBody, QueryParameter

from ska.access import Right
from ska.actions import queries as actions
from ska.actions.effects import services
from ska.actions.effects.foresight import Foresight, foresee
from ska.actions.effects.forms import ExpectationForm
from ska.actions.effects.ledger import LedgerRow, ledger
from ska.actions.effects.prospects import Chosen, Prospect, choosing
from ska.actions.effects.queries import Entry, entry_by_id, expectation_by_id
from ska.actions.effects.rules import Gender
from ska.actions.forms import ReasonForm
from ska.actions.models import EffectReading, Expectation
from ska.core.text import _
from ska.errors import Invalid
from ska.organizers.dependencies import GivenCall
from ska.web.answers import told
from ska.web.paging import GivenPages
from ska.web.routing import act, create, read
from ska.web.versions import IfMatch, Stamped, tagged


class LedgerOut(msgspec.Struct):
    """An expectation in the ledger: *word* was last read of it, *answer* is what people said."""

    example: ClassVar[dict[str, Any]] = {
        "indicator": "gr-alla-amnen-ak9",
        "title": "Lägst betyget E i samtliga ämnen, årskurs 9",
        "area": "Ekhult",
        "gender": "T",
        "direction": "higher",
        "size": 12.0,
        "unit_of_measure": "%",
        "expected_in": "2027/28",
        "standing": "waiting",
        "word": "",
    }

    id: UUID
    action_id: UUID
    indicator: str
    title: str
    area: str
    gender: str
    direction: str
    size: float
    unit_of_measure: str
    expected_in: str
    standing: str
    verdict: str | None
    word: str
    answer: str | None
    read_at: datetime | None
    withdrawn_reason: str | None


class ReadingOut(msgspec.Struct):
    """What the numbers said on the day a follow-up was answered."""

    example: ClassVar[dict[str, Any]] = {
        "verdict": "cannot_tell",
        "word": "kan inte avgöras",
        "sentence": "Det går inte att avgöra om insatsen gjorde skillnad.",
        "periods": "2027/28",
    }

    follow_up_id: UUID
    verdict: str
    word: str
    sentence: str
    estimate: float | None
    p: float | None
    placebos: int
    as_large: int
    periods: str
    read_at: datetime


class MatchOut(msgspec.Struct):
    """A unit like this one, with the earlier values that it was chosen by."""

    example: ClassVar[dict[str, Any]] = {
        "code": "1234",
        "name": "Exempelby",
        "distance": 0.12,
        "values": [74.1, 75.0, 73.2, 76.4],
    }

    code: str
    name: str
    distance: float
    values: list[float]


class ExpectationOut(Stamped):
    """An expectation: what was frozen, and what the numbers say of it today.

    *shifts* are the levels that people have accepted in its line; nothing is judged by them.
    """

    example: ClassVar[dict[str, Any]] = {
        "indicator": "gr-alla-amnen-ak9",
        "sentence": "Lägst betyget E ska öka med minst 12 procentenheter, från 2027/28.",
        "fingerprint": "7f4a98366711da",
        "reason": "",
        "holds": True,
        "verdict": "cannot_tell",
        "told": "Det går inte att avgöra om insatsen gjorde skillnad.",
        "periods": ["2027/28"],
        "earlier": ["2023/24", "2024/25", "2025/26", "2026/27"],
        "shifts": [],
        "written_by": "Kim Ekman",
        "version": "0f3c9a417be2d856",
    }

    id: UUID
    action_id: UUID
    effect_id: UUID | None
    indicator: str
    sentence: str
    detectable: float | None
    fingerprint: str
    reason: str
    holds: bool
    verdict: str
    told: str
    periods: list[str]
    earlier: list[str]
    shifts: list[str]
    matches: list[MatchOut]
    readings: list[ReadingOut]
    written_at: datetime
    written_by: str
    withdrawn_at: datetime | None
    withdrawn_reason: str | None


class ForesightOut(msgspec.Struct):
    """What change could be seen at all, before anything is expected."""

    example: ClassVar[dict[str, Any]] = {
        "indicator": "gr-alla-amnen-ak9",
        "smallest": 25.0,
        "unit_of_measure": "%",
        "reason": "",
        "sentences": ["Med 24 elever om året syns först en ändring på ungefär 25 procentenheter."],
        "periods": ["2026/27", "2027/28"],
        "matches": ["Exempelby"],
    }

    indicator: str
    smallest: float | None
    by_count: float | None
    by_years: float | None
    beside: float | None
    unit_of_measure: str
    reason: str
    sentences: list[str]
    periods: list[str]
    matches: list[str]


class EffectApi(Controller):
    """What insatser were expected to change, and what the numbers say of it."""

    path = "/api/v1/organizers/{organizer:str}/expectations"
    tags = ("Insatser",)

    @read(needs=Right.ENTER, summary="List what is expected of the insatser")
    def list_expectations(self, pages: GivenPages, call: GivenCall) -> Response[list[LedgerOut]]:
        """Return the ledger, the newest first."""
        return pages.answer(ledger(*call.where, part=pages.part()), _row)

    @read("/{expectation_id:uuid}", needs=Right.ENTER, summary="Read an expectation")
    def read_expectation(
        self, expectation_id: FromPath[UUID], call: GivenCall
    ) -> Response[ExpectationOut]:
        """Return what was frozen and what the numbers say; *holds* is false when they differ."""
        return tagged(_out(entry_by_id(*call.where, expectation_id)[0]))

    @act("/{expectation_id:uuid}/withdraw", needs=Right.PLAN_ACTIONS, summary="Withdraw it")
    def withdraw_expectation(
        self,
        expectation_id: FromPath[UUID],
        data: JSONBody[ReasonForm],
        call: GivenCall,
        if_match: IfMatch = None,
    ) -> Response[ExpectationOut]:
        """Withdraw an expectation with its reason; 409 once it has been read."""
        call.on(entry_by_id(*call.where, expectation_id)[0], _out, if_match=if_match)
        one, action = expectation_by_id(*call.where, expectation_id)
        services.withdraw_expectation(*call.who, action=action, one=one, form=data, now=call.now)
        return tagged(_out(entry_by_id(*call.where, expectation_id)[0]))


class ForesightApi(Controller):
    """Before an insats starts: what could be seen, and what is expected."""

    path = "/api/v1/organizers/{organizer:str}/actions/{action_id:uuid}"
    tags = ("Insatser",)

    @read("/foresight", needs=Right.PLAN_ACTIONS, summary="Ask what change could be seen")
    def foresee(
        self,
        action_id: FromPath[UUID],
        call: GivenCall,
        indicator: Annotated[str | None, QueryParameter(max_length=120)] = None,
        gender: Annotated[Gender, QueryParameter()] = Gender.ALL,
        unit: Annotated[UUID | None, QueryParameter()] = None,
    ) -> ForesightOut:
        """Return the smallest change that this place could see; *reason* says why there is none."""
        action = actions.action_by_id(*call.where, action_id)
        chosen = Chosen(indicator or "", gender, unit)
        made = choosing(*call.who, call.place.organizer, action, chosen)
        return _foresight(indicator or "", made.prospect)

    @create("/expectations", needs=Right.PLAN_ACTIONS, summary="Expect a change of a number")
    def write_expectation(
        self, action_id: FromPath[UUID], data: JSONBody[ExpectationForm], call: GivenCall
    ) -> Response[ExpectationOut]:
        """Write what is expected and freeze what it is judged by; 422 when it cannot be seen."""
        action = actions.action_by_id(*call.where, action_id)
        chosen = Chosen(data.indicator, data.gender, data.unit_id)
        made = choosing(*call.who, call.place.organizer, action, chosen)
        if made.prospect is None:
            raise _silent()
        one = services.write_expectation(
            *call.who, action=action, prospect=made.prospect, around=made.around,
            form=data, now=call.now,
        )  # fmt: skip
        return tagged(_out(entry_by_id(*call.where, one.id)[0]), 201)


def _foresight(indicator: str, seen: Prospect | None) -> ForesightOut:
    found = Foresight("", reason=_("det finns inga värden här"))
    if seen is not None:
        found = foresee(seen.line, seen.ground, seen.direction)
    return told(
        ForesightOut,
        found,
        indicator=indicator,
        unit_of_measure=found.unit,
        sentences=found.sentences(),
        periods=seen.periods if seen else [],
        matches=[name for name, _values, _far in seen.ground.matches] if seen else [],
    )


def _silent() -> Invalid:
    sentence = _("Välj en indikator som har värden här.")
    return Invalid(sentence, {"indicator": sentence})


def _row(row: LedgerRow) -> LedgerOut:
    return told(LedgerOut, row, size=float(row.size), standing=str(row.standing))


def _out(entry: Entry) -> ExpectationOut:
    one: Expectation = entry.expectation
    ground, effect = entry.ground, entry.told.effect
    far = dict(zip(ground.plan.matches, ground.matches, strict=True)) if ground else {}
    return told(
        ExpectationOut,
        one,
        sentence=entry.sentence,
        holds=entry.told.holds,
        verdict=str(effect.verdict),
        told=effect.sentence,
        periods=list(entry.told.periods),
        earlier=list(ground.earlier.periods) if ground else [],
        shifts=[shift.said for shift in entry.shifts],
        matches=[MatchOut(code, name, at, values) for code, (name, values, at) in far.items()],
        readings=[_reading(row) for row in entry.readings],
    )


def _reading(row: EffectReading) -> ReadingOut:
    return told(ReadingOut, row)


API = [EffectApi, ForesightApi]
