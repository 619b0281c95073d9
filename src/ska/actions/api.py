"""Insatser for programs: the same services and rules as the pages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, ClassVar
from uuid import UUID

import msgspec
from litestar import Controller, Response
from litestar.params import FromPath, JSONBody, QueryParameter

from ska.access import Right
from ska.actions import forms, queries, rules, services
from ska.actions.chain import ground_in, why
from ska.actions.models import Action, Decision, Deficiency, FollowUp
from ska.actions.thread import Thread
from ska.analyses import queries as analyses
from ska.analyses.api import AnalysisOut, analysis_out
from ska.analyses.models import DevelopmentArea
from ska.core.prints import print_of
from ska.core.text import _
from ska.db.session import lock
from ska.errors import Changed, Invalid
from ska.organizers.dependencies import GivenPlace
from ska.web.dependencies import GivenActor, GivenNow, GivenSession, GivenToday
from ska.web.paging import GivenPages
from ska.web.routing import change, create, read, replace
from ska.web.versions import IfMatch, Stamped, etag, must_be, must_match, print_in


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
    follow_ups: list[FollowUpOut]


class ActionIn(forms.ActionForm):
    """An insats with the area it answers."""

    area_id: UUID | None = None


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


class DeficiencyOut(msgspec.Struct):
    """A brist."""

    example: ClassVar[dict[str, Any]] = {
        "text": "Skolläkare saknas",
        "source": "Tillsyn",
        "version": "0f3c9a417be2d856",
    }

    id: UUID
    text: str
    source: str
    found_on: date
    mended_on: date | None
    version: str


class StepOut(msgspec.Struct):
    """One kind of thing on the röd tråd."""

    example: ClassVar[dict[str, Any]] = {
        "kind": "cause",
        "nodes": [
            {"label": "Nya elever kartläggs sent", "href": None, "status": "", "current": True}
        ],
    }

    kind: str
    nodes: list[dict[str, str | bool | None]]
    gap: str | None


class ThreadOut(msgspec.Struct):
    """The röd tråd, from underlag to decision."""

    steps: list[StepOut]


def _decision(one: Decision | None) -> DecisionOut | None:
    if one is None:
        return None
    return DecisionOut(one.id, one.kind, one.reason, one.decided_on, one.decided_by)


def follow_up_out(one: FollowUp) -> FollowUpOut:
    """Return a follow-up as programs see it."""
    names = set(FollowUpOut.__struct_fields__) - {"decision", "version"}
    return FollowUpOut(
        **{name: getattr(one, name) for name in names}, decision=_decision(one.decision)
    )


def action_out(action: Action) -> ActionOut:
    """Return an insats as programs see it."""
    names = [name for name in ActionOut.__struct_fields__ if name != "follow_ups"]
    return ActionOut(
        **{name: getattr(action, name) for name in names},
        follow_ups=[follow_up_out(one) for one in action.follow_ups],
    )


def _whole(action: Action, status: int = 200) -> Response[ActionOut]:
    return Response(action_out(action), status_code=status, headers=etag(action.version))


def _row(row: Any, today: date) -> RowOut:
    names = [name for name in RowOut.__struct_fields__ if name != "words"]
    words = rules.words_of_state(row.state, row.starts, row.next_follow_up, today)
    return RowOut(**{name: getattr(row, name) for name in names}, words=words)


def _thread(thread: Thread) -> ThreadOut:
    steps = [
        StepOut(
            step.kind,
            [
                {"label": n.label, "href": n.href, "status": n.status, "current": n.current}
                for n in step.nodes
            ],
            step.gap.text if step.gap else None,
        )
        for step in thread.steps
    ]
    return ThreadOut(steps)


class ActionApi(Controller):
    """Insatser, follow-ups, decisions, brister and the röd tråd."""

    path = "/api/v1/organizers/{organizer:str}"
    tags = ["Insatser"]  # noqa: RUF012

    @read("/actions", needs=Right.ENTER, summary="List the insatser")
    def list_actions(
        self,
        pages: GivenPages,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
        in_state: Annotated[str | None, QueryParameter(name="state", max_length=20)] = None,
    ) -> Response[list[RowOut]]:
        """Return the insatser, those to follow up first; *state* draft, in_force or closed."""
        rows = queries.actions_of(session, actor, place.organizer.id)
        wanted = [row for row in rows if in_state in (None, row.state)]
        page, headers = pages.of(wanted)
        return Response([_row(row, today) for row in page], headers=headers)

    @create("/actions", needs=Right.PLAN_ACTIONS, summary="Plan an insats")
    def plan_action(
        self,
        data: JSONBody[ActionIn],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Response[ActionOut]:
        """Plan an insats for an area or an åtgärd for a brist."""
        area = analysis = None
        if data.area_id is not None:
            area = analyses.part_by_id(
                session, actor, DevelopmentArea, place.organizer.id, data.area_id
            )
            analysis = analyses.analysis_by_id(session, actor, place.organizer.id, area.analysis_id)
        form = forms.ActionForm.model_construct(**data.model_dump(exclude={"area_id"}))
        action = services.plan_action(
            session,
            actor,
            organizer_id=place.organizer.id,
            area=area,
            analysis=analysis,
            form=form,
        )
        return _whole(queries.action_by_id(session, actor, place.organizer.id, action.id), 201)

    @read("/actions/{action_id:uuid}", needs=Right.ENTER, summary="Read an insats")
    def read_action(
        self,
        action_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Response[ActionOut]:
        """Return an insats with its follow-ups; the version is the ETag."""
        action = queries.action_by_id(session, actor, place.organizer.id, action_id)
        return _whole(action)

    @change("/actions/{action_id:uuid}", needs=Right.PLAN_ACTIONS, summary="Change an insats")
    def change_action(
        self,
        action_id: FromPath[UUID],
        data: JSONBody[forms.ActionChangeForm],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        if_match: IfMatch = None,
    ) -> Response[ActionOut]:
        """Change the fields that are sent, on the version in If-Match."""
        action = queries.action_by_id(session, actor, place.organizer.id, action_id)
        must_match(if_match, analyses.locked_version(session, action))
        services.change_action(session, actor, action=action, form=data)
        return _whole(action)

    @create(
        "/actions/{action_id:uuid}/in-force",
        needs=Right.PLAN_ACTIONS,
        summary="Bring an insats into force",
        status_code=200,
    )
    def bring_into_force(
        self,
        action_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        if_match: IfMatch = None,
    ) -> Response[ActionOut]:
        """Bring a draft into force; 422 names the paragraph when ground or follow-up is missing."""
        action = queries.action_by_id(session, actor, place.organizer.id, action_id)
        must_match(if_match, analyses.locked_version(session, action))
        services.bring_into_force(session, actor, action=action)
        return _whole(action)

    @create(
        "/actions/{action_id:uuid}/follow-ups",
        needs=Right.PLAN_ACTIONS,
        summary="Plan a follow-up",
    )
    def plan_follow_up(
        self,
        action_id: FromPath[UUID],
        data: JSONBody[forms.PlanFollowUpForm],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Response[ActionOut]:
        """Plan another day to look at how it goes."""
        action = queries.action_by_id(session, actor, place.organizer.id, action_id)
        services.plan_follow_up(session, actor, action=action, form=data)
        session.expire(action)
        return _whole(queries.action_by_id(session, actor, place.organizer.id, action_id), 201)

    @change("/follow-ups/{follow_up_id:uuid}", needs=Right.PLAN_ACTIONS, summary="Move a follow-up")
    def move_follow_up(
        self,
        follow_up_id: FromPath[UUID],
        data: JSONBody[forms.PlanFollowUpForm],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        if_match: IfMatch = None,
    ) -> FollowUpOut:
        """Move a follow-up that is not answered to another day."""
        action, follow_up = queries.follow_up_by_id(
            session, actor, place.organizer.id, follow_up_id
        )
        must_be(if_match, follow_up_out(lock(session, follow_up)))
        services.move_follow_up(session, actor, action=action, follow_up=follow_up, form=data)
        return follow_up_out(follow_up)

    @create(
        "/follow-ups/{follow_up_id:uuid}/answer",
        needs=Right.PLAN_ACTIONS,
        summary="Answer a follow-up",
        status_code=200,
    )
    def answer_follow_up(
        self,
        follow_up_id: FromPath[UUID],
        data: JSONBody[forms.FollowUpForm],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
        if_match: IfMatch = None,
    ) -> FollowUpOut:
        """Answer whether it was carried out and whether it had effect."""
        action, follow_up = queries.follow_up_by_id(
            session, actor, place.organizer.id, follow_up_id
        )
        must_be(if_match, follow_up_out(lock(session, follow_up)))
        services.answer_follow_up(
            session, actor, action=action, follow_up=follow_up, form=data, now=now
        )
        return follow_up_out(follow_up)

    @create(
        "/follow-ups/{follow_up_id:uuid}/decision",
        needs=Right.PLAN_ACTIONS,
        summary="Decide after a follow-up",
    )
    def decide(
        self,
        follow_up_id: FromPath[UUID],
        data: JSONBody[forms.DecisionForm],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
        if_match: IfMatch = None,
    ) -> DecisionOut | None:
        """Continue, adjust, stop or embed."""
        action, follow_up = queries.follow_up_by_id(
            session, actor, place.organizer.id, follow_up_id
        )
        must_be(if_match, follow_up_out(lock(session, follow_up)))
        decision = services.decide(
            session, actor, action=action, follow_up=follow_up, form=data, today=today
        )
        return _decision(decision)

    @read("/deficiencies", needs=Right.READ, summary="List the brister")
    def list_deficiencies(
        self,
        pages: GivenPages,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Response[list[DeficiencyOut]]:
        """Return the brister, those not mended first."""
        found = queries.deficiencies_of(session, actor, place.organizer.id)
        page, headers = pages.of(found)
        return Response([_deficiency(one) for one in page], headers=headers)

    @create("/deficiencies", needs=Right.PLAN_ACTIONS, summary="Note a brist")
    def note_deficiency(
        self,
        data: JSONBody[forms.DeficiencyForm],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> DeficiencyOut:
        """Note a brist that must be mended (skollagen 4:7)."""
        return _deficiency(
            services.note_deficiency(
                session, actor, organizer_id=place.organizer.id, form=data, today=today
            )
        )

    @read("/deficiencies/{deficiency_id:uuid}", needs=Right.READ, summary="Read a brist")
    def read_deficiency(
        self,
        deficiency_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Response[DeficiencyOut]:
        """Return a brist, with its print as ETag."""
        return _one(queries.deficiency_by_id(session, actor, place.organizer.id, deficiency_id))

    @replace(
        "/deficiencies/{deficiency_id:uuid}", needs=Right.PLAN_ACTIONS, summary="Change a brist"
    )
    def change_deficiency(
        self,
        deficiency_id: FromPath[UUID],
        data: JSONBody[forms.DeficiencyForm],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        if_match: IfMatch = None,
    ) -> Response[DeficiencyOut]:
        """Say the brist anew, on the print in If-Match; where it was found stays as it was."""
        one = queries.deficiency_by_id(session, actor, place.organizer.id, deficiency_id)
        seen = print_in(if_match)
        services.change_deficiency(session, actor, deficiency=one, form=data, seen=seen)
        return _one(one)

    @create(
        "/deficiencies/{deficiency_id:uuid}/mended",
        needs=Right.PLAN_ACTIONS,
        summary="Say that a brist is avhjälpt",
        status_code=200,
    )
    def mend_deficiency(
        self,
        deficiency_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
        if_match: IfMatch = None,
    ) -> DeficiencyOut:
        """Say that a brist is avhjälpt; 409 while no åtgärd is carried out and followed up."""
        one = queries.deficiency_by_id(session, actor, place.organizer.id, deficiency_id)
        _must_say(if_match, lock(session, one))
        services.mend_deficiency(session, actor, deficiency=one, today=today)
        return _deficiency(one)

    @create(
        "/deficiencies/{deficiency_id:uuid}/reopen",
        needs=Right.PLAN_ACTIONS,
        summary="Open a brist again",
        status_code=200,
    )
    def reopen_deficiency(
        self,
        deficiency_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        if_match: IfMatch = None,
    ) -> DeficiencyOut:
        """Open a brist again that turned out not to be mended."""
        one = queries.deficiency_by_id(session, actor, place.organizer.id, deficiency_id)
        _must_say(if_match, lock(session, one))
        services.reopen_deficiency(session, actor, deficiency=one)
        return _deficiency(one)

    @create(
        "/analyses/{analysis_id:uuid}/establish",
        needs=Right.ESTABLISH,
        summary="Fastställ an analysis",
        status_code=200,
    )
    def establish(
        self,
        analysis_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
        if_match: IfMatch = None,
    ) -> Response[AnalysisOut]:
        """Freeze an analysis with name, role and time; 409 says what is missing."""
        analysis = analyses.analysis_by_id(session, actor, place.organizer.id, analysis_id)
        must_match(if_match, analyses.locked_version(session, analysis))
        services.establish_analysis(session, actor, analysis=analysis, now=now)
        return Response(analysis_out(analysis), headers=etag(analysis.version))

    @read("/thread", needs=Right.ENTER, summary="Follow the röd tråd both ways from anything on it")
    def read_thread(
        self,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        action: Annotated[UUID | None, QueryParameter()] = None,
        analysis: Annotated[UUID | None, QueryParameter()] = None,
        of: Annotated[UUID | None, QueryParameter()] = None,
    ) -> ThreadOut:
        """Return the thread with its gaps: of an insats, or an analysis, or *of* a thing in it."""
        if action is not None:
            one = queries.action_by_id(session, actor, place.organizer.id, action)
            thread = why(session, actor, place, one, of)
            return _thread(thread) if thread else ThreadOut([])
        if analysis is None:
            raise Invalid(_("Ange analysis eller action."))
        found = analyses.analysis_by_id(session, actor, place.organizer.id, analysis)
        return _thread(ground_in(session, actor, found).thread(actor, place, of))


def _deficiency(one: Deficiency) -> DeficiencyOut:
    seen = print_of(one.text, one.source)
    return DeficiencyOut(one.id, one.text, one.source, one.found_on, one.mended_on, seen)


def _one(one: Deficiency) -> Response[DeficiencyOut]:
    out = _deficiency(one)
    return Response(out, headers=etag(out.version))


def _must_say(if_match: str | None, one: Deficiency) -> None:
    if print_in(if_match) != _deficiency(one).version:
        raise Changed(_("Någon annan har ändrat bristen sedan du läste den."))
