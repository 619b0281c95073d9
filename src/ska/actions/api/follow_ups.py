"""Follow-ups and what is decided after them, for programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

import msgspec
from litestar import Controller, Response
from litestar.params import FromPath, JSONBody

from ska.access import Right
from ska.actions import forms, queries, services, undoing
from ska.actions.models import Action, Decision, FollowUp
from ska.organizers.dependencies import Call, GivenCall
from ska.web.answers import told
from ska.web.routing import act, change, create
from ska.web.versions import IfMatch, Stamped, tagged


class DecisionOut(msgspec.Struct):
    """What was decided after a follow-up."""

    example: ClassVar[dict[str, Any]] = {
        "kind": "continue",
        "reason": "Kartläggningen fungerar och behövs varje termin.",
        "decided_by": "Kim Ekman",
    }

    id: UUID
    kind: str
    reason: str
    decided_on: date
    decided_by: str


class FollowUpOut(Stamped):
    """A follow-up, planned or answered."""

    example: ClassVar[dict[str, Any]] = {
        "what_happened": "",
        "effect_ground": "",
        "learned": "",
        "version": "0f3c9a417be2d856",
    }

    id: UUID
    planned_on: date
    done_answer: str | None
    what_happened: str
    effect_answer: str | None
    effect_ground: str
    learned: str
    answered_at: datetime | None
    answered_by: str | None
    cancelled_at: datetime | None
    cancel_reason: str | None
    decision: DecisionOut | None


def follow_up_out(one: FollowUp) -> FollowUpOut:
    """Return a follow-up as programs see it."""
    return told(FollowUpOut, one, decision=_decision(one.decision))


def _decision(one: Decision | None) -> DecisionOut | None:
    return told(DecisionOut, one) if one else None


def _as_read(call: Call, follow_up_id: UUID, if_match: str | None) -> tuple[Action, FollowUp]:
    action, follow_up = queries.follow_up_by_id(*call.where, follow_up_id)
    return action, call.on(follow_up, follow_up_out, if_match=if_match)


class FollowUpApi(Controller):
    """A follow-up: moved, answered, cancelled, and the decision after it."""

    path = "/api/v1/organizers/{organizer:str}/follow-ups/{follow_up_id:uuid}"
    tags = ("Insatser",)

    @change(needs=Right.PLAN_ACTIONS, summary="Move a follow-up")
    def move_follow_up(
        self,
        follow_up_id: FromPath[UUID],
        data: JSONBody[forms.PlanFollowUpForm],
        call: GivenCall,
        if_match: IfMatch = None,
    ) -> Response[FollowUpOut]:
        """Move a follow-up that is not answered to another day."""
        action, one = _as_read(call, follow_up_id, if_match)
        services.move_follow_up(*call.who, action=action, follow_up=one, form=data)
        return tagged(follow_up_out(one))

    @act("/answer", needs=Right.PLAN_ACTIONS, summary="Answer a follow-up")
    def answer_follow_up(
        self,
        follow_up_id: FromPath[UUID],
        data: JSONBody[forms.FollowUpForm],
        call: GivenCall,
        if_match: IfMatch = None,
    ) -> Response[FollowUpOut]:
        """Answer whether it was carried out and whether it had effect."""
        action, one = _as_read(call, follow_up_id, if_match)
        services.answer_follow_up(*call.who, action=action, follow_up=one, form=data, now=call.now)
        return tagged(follow_up_out(one))

    @act("/cancel", needs=Right.PLAN_ACTIONS, summary="Cancel a follow-up")
    def cancel_follow_up(
        self,
        follow_up_id: FromPath[UUID],
        data: JSONBody[forms.ReasonForm],
        call: GivenCall,
        if_match: IfMatch = None,
    ) -> Response[FollowUpOut]:
        """Cancel a follow-up; 409 names the paragraph when an insats in force has no other."""
        action, one = _as_read(call, follow_up_id, if_match)
        undoing.cancel_follow_up(*call.who, action=action, follow_up=one, form=data, now=call.now)
        return tagged(follow_up_out(one))

    @create("/decision", needs=Right.PLAN_ACTIONS, summary="Decide after a follow-up")
    def decide(
        self,
        follow_up_id: FromPath[UUID],
        data: JSONBody[forms.DecisionForm],
        call: GivenCall,
        if_match: IfMatch = None,
    ) -> DecisionOut:
        """Continue, adjust, stop or embed."""
        action, one = _as_read(call, follow_up_id, if_match)
        decision = services.decide(
            *call.who, action=action, follow_up=one, form=data, today=call.today
        )
        return told(DecisionOut, decision)
