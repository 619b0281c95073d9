"""Pages of insatser: the list, one insats, and what people do with it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller
from litestar.params import FromPath, URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.actions import queries, rules, services
from ska.actions.borrowing.loans import tellings_of
from ska.actions.borrowing.models import PracticeTelling
from ska.actions.chain import why
from ska.actions.effects.queries import (
    expected_and_read,
    reading_questions,
    said_of,
)
from ska.actions.forms import ActionChangeForm, PlanFollowUpForm
from ska.actions.meeting import differing_action
from ska.actions.models import Action
from ska.core.text import _
from ska.db.gather import gather
from ska.db.session import lock
from ska.errors import Conflict, Invalid
from ska.organizers.dependencies import GivenPlace, Place
from ska.web.dependencies import GivenActor, GivenSession, GivenToday
from ska.web.forms import Form, bind
from ska.web.page import Done, Page
from ska.web.routing import read, write


class ActionController(Controller):
    """Insatser, with the days on which they are followed up."""

    path = "/{organizer:str}"

    @read("/insatser", needs=Right.ENTER)
    def list_actions(
        self, place: GivenPlace, session: GivenSession, actor: GivenActor, today: GivenToday
    ) -> Page:
        """Show the huvudman's insatser, those to follow up first."""
        rows = queries.actions_of(session, actor, place.organizer.id)
        return Page(
            "actions/list.html",
            actions=rows,
            columns=rules.board(rows, today),
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
    told = tellings_of(actor, action)
    found = gather(session, [*reading_questions(actor, action), told])
    return Page(
        "actions/show.html",
        form=form,
        action=action,
        thread=why(session, actor, place, action),
        expected=expected_and_read(found),
        said_of=said_of,
        has_told=bool(found.of(PracticeTelling)),
        may_plan=may and action.state not in rules.OVER,
        may_borrow=actor.may(Right.PLAN_ACTIONS, place.organizer.id),
        may_lend=actor.may_for(Right.SHARE, place.organizer.id, None),
        may_resume=may and action.state == rules.ActionState.WITHDRAWN,
        **rules.NAMES,
    )
