"""Insatser for programs."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, ClassVar
from uuid import UUID

import msgspec
from litestar import Controller, Response
from litestar.params import FromPath, JSONBody, QueryParameter

from ska.access import Right
from ska.actions import forms, queries, rules, services, undoing
from ska.actions.api.follow_ups import FollowUpOut, follow_up_out
from ska.actions.borrowing.queries import source_by_id
from ska.actions.models import Action
from ska.analyses import queries as analyses
from ska.analyses.models import DevelopmentArea
from ska.organizers.dependencies import Call, GivenCall
from ska.web.answers import told
from ska.web.paging import GivenPages
from ska.web.routing import act, change, create, read
from ska.web.versions import IfMatch, tagged


class ActionOut(msgspec.Struct):
    """An insats or åtgärd with its follow-ups."""

    example: ClassVar[dict[str, Any]] = {
        "kind": "development",
        "title": "Kartlägg nya elever inom två veckor",
        "description": "",
        "state": "draft",
        "level": "preventive",
        "governance_level": "principals",
        "horizon": "short",
        "owner_role": "rektor",
        "version": 1,
    }

    id: UUID
    kind: str
    title: str
    description: str
    state: str
    level: str
    governance_level: str
    horizon: str
    owner_role: str
    is_investigation: bool
    starts: date
    ends: date | None
    unit_id: UUID | None
    area_id: UUID | None
    deficiency_id: UUID | None
    withdrawn_reason: str | None
    credit: str | None
    version: int
    follow_ups: list[FollowUpOut]


class ActionIn(forms.ActionForm):
    """An insats with the area it answers, and what it is borrowed from."""

    area_id: UUID | None = None
    borrowed_from: UUID | None = None


class RowOut(msgspec.Struct):
    """An insats in a list."""

    example: ClassVar[dict[str, Any]] = {
        "kind": "development",
        "title": "Kartlägg nya elever inom två veckor",
        "state": "in_force",
        "words": "pågår",
        "owner_role": "rektor",
    }

    id: UUID
    kind: str
    title: str
    state: str
    words: str
    owner_role: str
    starts: date
    ends: date | None
    unit: str | None
    area: str | None
    next_follow_up: date | None


def _action(action: Action) -> ActionOut:
    return told(ActionOut, action, follow_ups=[follow_up_out(one) for one in action.follow_ups])


def _as_read(call: Call, action_id: UUID, if_match: str | None) -> Action:
    return call.on(queries.action_by_id(*call.where, action_id), _action, if_match=if_match)


class ActionApi(Controller):
    """Insatser: planned, changed, brought into force, withdrawn and taken up again."""

    path = "/api/v1/organizers/{organizer:str}/actions"
    tags = ("Insatser",)

    @read(needs=Right.ENTER, summary="List the insatser")
    def list_actions(
        self,
        pages: GivenPages,
        call: GivenCall,
        in_state: Annotated[str | None, QueryParameter(name="state", max_length=20)] = None,
    ) -> Response[list[RowOut]]:
        """Return the insatser, those to follow up first; *state* draft, in_force or closed."""
        rows = queries.actions_of(*call.where, state=in_state, part=pages.part())
        return pages.answer(rows, lambda row: _row(row, call.today))

    @create(needs=Right.PLAN_ACTIONS, summary="Plan an insats")
    def plan_action(self, data: JSONBody[ActionIn], call: GivenCall) -> Response[ActionOut]:
        """Plan an insats for an area or an åtgärd for a brist.

        *borrowed_from* is an arbetssätt lent in a network, or an insats of the own huvudman.
        """
        area = analysis = None
        if data.area_id is not None:
            area = analyses.part_by_id(*call.who, DevelopmentArea, call.organizer_id, data.area_id)
            analysis = analyses.analysis_by_id(*call.where, area.analysis_id)
        source = None
        if data.borrowed_from is not None:
            source = source_by_id(*call.where, data.borrowed_from, call.today)
        written = data.model_dump(exclude={"area_id", "borrowed_from"})
        action = services.plan_action(
            *call.who, organizer_id=call.organizer_id, area=area, analysis=analysis,
            form=forms.ActionForm.model_construct(**written), source=source,
        )  # fmt: skip
        return tagged(_action(queries.action_by_id(*call.where, action.id)), 201)

    @read("/{action_id:uuid}", needs=Right.ENTER, summary="Read an insats")
    def read_action(self, action_id: FromPath[UUID], call: GivenCall) -> Response[ActionOut]:
        """Return an insats with its follow-ups; the version is the ETag."""
        return tagged(_action(queries.action_by_id(*call.where, action_id)))

    @change("/{action_id:uuid}", needs=Right.PLAN_ACTIONS, summary="Change an insats")
    def change_action(
        self,
        action_id: FromPath[UUID],
        data: JSONBody[forms.ActionChangeForm],
        call: GivenCall,
        if_match: IfMatch = None,
    ) -> Response[ActionOut]:
        """Change the fields that are sent, on the version in If-Match."""
        action = _as_read(call, action_id, if_match)
        services.change_action(*call.who, action=action, form=data)
        return tagged(_action(action))

    @act(
        "/{action_id:uuid}/in-force",
        needs=Right.PLAN_ACTIONS,
        summary="Bring an insats into force",
    )
    def bring_into_force(
        self, action_id: FromPath[UUID], call: GivenCall, if_match: IfMatch = None
    ) -> Response[ActionOut]:
        """Bring a draft into force; 422 names the paragraph when ground or follow-up is missing."""
        action = _as_read(call, action_id, if_match)
        services.bring_into_force(*call.who, action=action)
        return tagged(_action(action))

    @act("/{action_id:uuid}/withdraw", needs=Right.PLAN_ACTIONS, summary="Withdraw a draft")
    def withdraw_action(
        self,
        action_id: FromPath[UUID],
        data: JSONBody[forms.ReasonForm],
        call: GivenCall,
        if_match: IfMatch = None,
    ) -> Response[ActionOut]:
        """Withdraw a draft with its reason; 409 for one in force, which a decision ends."""
        action = _as_read(call, action_id, if_match)
        undoing.withdraw_action(*call.who, action=action, form=data)
        return tagged(_action(action))

    @act("/{action_id:uuid}/resume", needs=Right.PLAN_ACTIONS, summary="Take up a withdrawn insats")
    def resume_action(
        self, action_id: FromPath[UUID], call: GivenCall, if_match: IfMatch = None
    ) -> Response[ActionOut]:
        """Make a withdrawn insats a draft again."""
        action = _as_read(call, action_id, if_match)
        undoing.resume_action(*call.who, action=action)
        return tagged(_action(action))

    @create("/{action_id:uuid}/follow-ups", needs=Right.PLAN_ACTIONS, summary="Plan a follow-up")
    def plan_follow_up(
        self, action_id: FromPath[UUID], data: JSONBody[forms.PlanFollowUpForm], call: GivenCall
    ) -> Response[ActionOut]:
        """Plan another day to look at how it goes."""
        action = queries.action_by_id(*call.where, action_id)
        services.plan_follow_up(*call.who, action=action, form=data)
        call.session.expire(action)
        return tagged(_action(queries.action_by_id(*call.where, action_id)), 201)


def _row(row: Any, today: date) -> RowOut:
    words = rules.words_of_state(row.state, row.starts, row.next_follow_up, today)
    return told(RowOut, row, words=words)
