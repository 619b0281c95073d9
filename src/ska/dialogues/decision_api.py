"""Nämndens beslut, for programs."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from litestar import Controller, Response
from litestar.params import FromPath, JSONBody

from ska.access import Right
from ska.dialogues.forms import BoardDecisionForm
from ska.dialogues.models import BoardDecision
from ska.dialogues.queries.decisions import decision_by_id, decision_view, decisions_of
from ska.dialogues.services import decisions as services
from ska.organizers.dependencies import Call, GivenCall
from ska.web.answers import told
from ska.web.paging import GivenPages
from ska.web.routing import act, create, read
from ska.web.versions import IfMatch, Stamped, tagged


class BoardDecisionOut(Stamped):
    """What the nämnd decided, which day, and about what; *struck_by* when it was a mistake."""

    example: ClassVar[dict[str, Any]] = {
        "registry_number": "BUN 2026/0147",
        "text": "Nämnden prioriterar läsningen och avsätter medel för en speciallärare.",
        "concerns": "Område: Läsa varje dag (Kunskapsresultat)",
        "written_by": "Kim Ekman",
        "struck_by": None,
        "version": "0f3c9a417be2d856",
    }

    id: UUID
    registry_number: str
    decided_on: date
    text: str
    concerns: str
    area_id: UUID | None
    action_id: UUID | None
    need_id: UUID | None
    dialogue_id: UUID | None
    national_id: UUID | None
    written_by: str
    struck_by: str | None


class BoardDecisionApi(Controller):
    """Nämndens beslut: written down, struck and put back."""

    path = "/api/v1/organizers/{organizer:str}/board-decisions"
    tags = ("Dialoger",)

    @read(needs=Right.ENTER, summary="List the nämnd's decisions")
    def list_decisions(
        self, pages: GivenPages, call: GivenCall
    ) -> Response[list[BoardDecisionOut]]:
        """Return the decisions, struck ones too, the latest first."""
        return pages.answer(decisions_of(*call.where, part=pages.part()), _out)

    @create(needs=Right.PLAN_ACTIONS, summary="Write a decision down")
    def write_decision(
        self, data: JSONBody[BoardDecisionForm], call: GivenCall
    ) -> Response[BoardDecisionOut]:
        """Write a decision of one of the nämnd's days, about something by its id (*concerns*)."""
        made = services.write_decision(
            *call.who,
            organizer_id=call.organizer_id,
            form=data,
            view=decision_view(*call.where),
        )
        return tagged(_out(made), 201)

    @read("/{decision:uuid}", needs=Right.ENTER, summary="Read a decision")
    def read_decision(
        self, decision: FromPath[UUID], call: GivenCall
    ) -> Response[BoardDecisionOut]:
        """Return a decision, struck or not, with its print as ETag."""
        return tagged(_out(decision_by_id(*call.where, decision)))

    @act("/{decision:uuid}/strike", needs=Right.PLAN_ACTIONS, summary="Strike a decision")
    def strike_decision(
        self, decision: FromPath[UUID], call: GivenCall, if_match: IfMatch = None
    ) -> Response[BoardDecisionOut]:
        """Strike a decision that was written by mistake; it can be put back."""
        one = _as_read(call, decision, if_match)
        services.strike_decision(*call.who, decision=one, now=call.now)
        return tagged(_out(one))

    @act("/{decision:uuid}/restore", needs=Right.PLAN_ACTIONS, summary="Put a decision back")
    def restore_decision(
        self, decision: FromPath[UUID], call: GivenCall, if_match: IfMatch = None
    ) -> Response[BoardDecisionOut]:
        """Put a struck decision back."""
        one = _as_read(call, decision, if_match)
        services.restore_decision(*call.who, decision=one)
        return tagged(_out(one))


def _as_read(call: Call, decision: UUID, if_match: str | None) -> BoardDecision:
    return call.on(decision_by_id(*call.where, decision), _out, if_match=if_match)


def _out(one: BoardDecision) -> BoardDecisionOut:
    return told(BoardDecisionOut, one)
