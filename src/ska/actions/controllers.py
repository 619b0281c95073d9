"""Pages of the whole chain: the analysis with its insatser, the insats, its follow-ups."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller
from litestar.params import FromPath, URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.actions import queries, rules, services
from ska.actions.chain import ground_of, why
from ska.actions.forms import ActionChangeForm, DecisionForm, FollowUpForm, PlanFollowUpForm
from ska.actions.meeting import differing_action
from ska.actions.models import Action, FollowUp
from ska.core.text import _
from ska.db.session import lock
from ska.errors import Conflict, Invalid
from ska.organizers.dependencies import GivenPlace, Place
from ska.web.dependencies import GivenActor, GivenNow, GivenSession, GivenToday
from ska.web.forms import Form, bind
from ska.web.page import Done, Page
from ska.web.routing import read, write


class ActionController(Controller):
    """Insatser and their follow-ups."""

    path = "/{organizer:str}"

    @read("/insatser", needs=Right.ENTER)
    def list_actions(
        self, place: GivenPlace, session: GivenSession, actor: GivenActor, today: GivenToday
    ) -> Page:
        """Show the huvudman's insatser, those to follow up first."""
        rows = queries.actions_of(session, actor, place.organizer.id)
        states = {
            row.id: rules.words_of_state(row.state, row.starts, row.next_follow_up, today)
            for row in rows
        }
        return Page(
            "actions/list.html",
            actions=rows,
            states=states,
            may_read=actor.may(Right.READ, place.organizer.id),
            **rules.NAMES,
        )

    @read("/insatser/{action_id:uuid}", needs=Right.ENTER)
    def show_action(
        self,
        action_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page:
        """Show an insats, why it is done and what came of it."""
        action = queries.action_by_id(session, actor, place.organizer.id, action_id)
        return action_page(session, actor, place, action, Form())

    @read("/insatser/{action_id:uuid}/andra", needs=Right.PLAN_ACTIONS)
    def edit_action(
        self,
        action_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page:
        """Show what an insats says, ready to change."""
        action = queries.action_by_id(session, actor, place.organizer.id, action_id)
        return _edit_page(action, Form(raw=_as_written(action)))

    @write("/insatser/{action_id:uuid}/andra", needs=Right.PLAN_ACTIONS)
    def change_action(
        self,
        action_id: FromPath[UUID],
        data: URLEncodedBody[dict[str, str]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page | Done:
        """Change an insats; what was typed is kept when it cannot be saved."""
        action = queries.action_by_id(session, actor, place.organizer.id, action_id)
        seen = data.pop("seen", "")
        form = bind(ActionChangeForm, {"is_investigation": "", **data}, today=today)
        if form.value is None:
            return _edit_page(action, form, seen=seen)
        if str(lock(session, action).version) != seen:
            return _edit_page(
                action, form, status_code=412, met=differing_action(action, form.value)
            )
        try:
            services.change_action(session, actor, action=action, form=form.value)
        except (Invalid, Conflict) as error:
            form.errors = getattr(error, "fields", None) or {"": error.detail}
            return _edit_page(action, form, seen=seen)
        return Done(_("Insatsen är ändrad."), to=f"{place.path}/insatser/{action.id}")

    @write("/insatser/{action_id:uuid}/galler", needs=Right.PLAN_ACTIONS)
    def bring_into_force(
        self,
        action_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page | Done:
        """Bring a draft into force, or say what the law asks for first."""
        action = queries.action_by_id(session, actor, place.organizer.id, action_id)
        try:
            services.bring_into_force(session, actor, action=action)
        except Invalid as error:
            form: Form[PlanFollowUpForm] = Form(errors={"planned_on": error.detail})
            return action_page(session, actor, place, action, form)
        return Done(_("Insatsen gäller nu."), to=f"{place.path}/insatser/{action.id}")

    @write("/insatser/{action_id:uuid}/uppfoljningar", needs=Right.PLAN_ACTIONS)
    def plan_follow_up(
        self,
        action_id: FromPath[UUID],
        data: URLEncodedBody[dict[str, str]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page | Done:
        """Plan a follow-up, or show what is wrong with the date."""
        action = queries.action_by_id(session, actor, place.organizer.id, action_id)
        form = bind(PlanFollowUpForm, data, today=today)
        if form.value is None:
            return action_page(session, actor, place, action, form)
        try:
            services.plan_follow_up(session, actor, action=action, form=form.value)
        except Conflict as error:
            form.errors = {"planned_on": error.detail}
            return action_page(session, actor, place, action, form)
        return Done(_("Uppföljningen är planerad."), to=f"{place.path}/insatser/{action.id}")

    @read("/uppfoljningar/{follow_up_id:uuid}", needs=Right.ENTER)
    def show_follow_up(
        self,
        follow_up_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page:
        """Show a follow-up: its form, or what was answered and decided."""
        action, follow_up = queries.follow_up_by_id(
            session, actor, place.organizer.id, follow_up_id
        )
        return follow_up_page(session, actor, place, (action, follow_up), Form())

    @write("/uppfoljningar/{follow_up_id:uuid}", needs=Right.PLAN_ACTIONS)
    def answer_follow_up(
        self,
        follow_up_id: FromPath[UUID],
        data: URLEncodedBody[dict[str, str]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
    ) -> Page | Done:
        """Answer a follow-up, or show what is wrong with the form."""
        action, follow_up = queries.follow_up_by_id(
            session, actor, place.organizer.id, follow_up_id
        )
        form = bind(FollowUpForm, data)
        if form.value is None:
            return follow_up_page(session, actor, place, (action, follow_up), form)
        try:
            services.answer_follow_up(
                session, actor, action=action, follow_up=follow_up, form=form.value, now=now
            )
        except Conflict as error:
            form.errors = {"": error.detail}
            return follow_up_page(session, actor, place, (action, follow_up), form)
        return Done(
            _("Uppföljningen är sparad. Besluta nu hur ni går vidare."),
            to=f"{place.path}/uppfoljningar/{follow_up.id}",
        )

    @write("/uppfoljningar/{follow_up_id:uuid}/dag", needs=Right.PLAN_ACTIONS)
    def move_follow_up(
        self,
        follow_up_id: FromPath[UUID],
        data: URLEncodedBody[dict[str, str]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page | Done:
        """Move a follow-up to another day, or show what is wrong with the date."""
        both = queries.follow_up_by_id(session, actor, place.organizer.id, follow_up_id)
        form = bind(PlanFollowUpForm, data, today=today)
        if form.value is not None:
            try:
                services.move_follow_up(
                    session, actor, action=both[0], follow_up=both[1], form=form.value
                )
            except Conflict as error:
                form.errors = {"planned_on": error.detail}
            else:
                return Done(
                    _("Uppföljningen är flyttad."), to=f"{place.path}/uppfoljningar/{follow_up_id}"
                )
        return follow_up_page(session, actor, place, both, form)

    @write("/uppfoljningar/{follow_up_id:uuid}/beslut", needs=Right.PLAN_ACTIONS)
    def decide(
        self,
        follow_up_id: FromPath[UUID],
        data: URLEncodedBody[dict[str, str]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page | Done:
        """Decide after a follow-up, or show what is wrong with the form."""
        action, follow_up = queries.follow_up_by_id(
            session, actor, place.organizer.id, follow_up_id
        )
        form = bind(DecisionForm, data)
        if form.value is None:
            return follow_up_page(session, actor, place, (action, follow_up), form)
        try:
            services.decide(
                session, actor, action=action, follow_up=follow_up, form=form.value, today=today
            )
        except Conflict as error:
            session.expire(follow_up, ["decision"])
            form.errors = {"": error.detail}
            fresh = queries.follow_up_by_id(session, actor, place.organizer.id, follow_up_id)
            return follow_up_page(session, actor, place, fresh, form)
        return Done(
            _("Beslutet är sparat. Det öppnar nästa års analys."),
            to=f"{place.path}/insatser/{action.id}",
        )


def _as_written(action: Action) -> dict[str, str]:
    """Return what an insats says as the fields of its page hold it."""
    names = ("title", "description", "level", "governance_level", "horizon", "owner_role")
    ticked = "1" if action.is_investigation else ""
    days = {name: str(getattr(action, name) or "") for name in ("starts", "ends")}
    return {**{name: getattr(action, name) for name in names}, **days, "is_investigation": ticked}


def _edit_page(action: Action, form: Form[ActionChangeForm], **more: Any) -> Page:
    context = {"seen": action.version, **rules.NAMES, **more}
    return Page("actions/change.html", form=form, action=action, **context)


def action_page(
    session: Session, actor: Actor, place: Place, action: Action, form: Form[Any]
) -> Page:
    """Return the page of an insats; *form* is the act that was tried and what is wrong with it."""
    may = actor.may_for(Right.PLAN_ACTIONS, place.organizer.id, action.unit_id)
    return Page(
        "actions/show.html",
        form=form,
        action=action,
        thread=why(session, actor, place, action),
        may_plan=may and action.state not in rules.OVER,
        may_resume=may and action.state == rules.ActionState.WITHDRAWN,
        **rules.NAMES,
    )


def follow_up_page(
    session: Session,
    actor: Actor,
    place: Place,
    both: tuple[Action, FollowUp],
    form: object,
) -> Page:
    """Return the page of a follow-up; *form* is the act that was tried and what is wrong."""
    action, follow_up = both
    ground = ground_of(session, actor, action)
    may = actor.may_for(Right.PLAN_ACTIONS, place.organizer.id, action.unit_id)
    return Page(
        "actions/follow_up.html",
        form=form,
        action=action,
        follow_up=follow_up,
        effects=ground.effects_for(action) if ground else [],
        thread=ground.thread(actor, place, follow_up.id) if ground else None,
        earlier=[
            one
            for one in action.follow_ups
            if one.answered_at is not None and one.planned_on < follow_up.planned_on
        ],
        may_answer=may
        and action.state == rules.ActionState.IN_FORCE
        and follow_up.cancelled_at is None,
        may_cancel=may and follow_up.waits,
        **rules.NAMES,
    )
