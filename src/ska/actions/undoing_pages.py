"""Pages where something planned is taken back."""

from __future__ import annotations

from uuid import UUID

from litestar import Controller
from litestar.params import FromPath, URLEncodedBody

from ska.access import Right
from ska.actions import queries, undoing
from ska.actions.controllers import action_page
from ska.actions.follow_up_pages import follow_up_page, is_begun, part_for
from ska.actions.forms import ReasonForm
from ska.core.text import _
from ska.errors import Conflict
from ska.organizers.dependencies import GivenPlace
from ska.web.dependencies import GivenActor, GivenNow, GivenSession
from ska.web.forms import bind
from ska.web.page import Done, Page
from ska.web.routing import write


class UndoingController(Controller):
    """A draft withdrawn and taken up again, a follow-up cancelled."""

    path = "/{organizer:str}"

    @write("/insatser/{action_id:uuid}/aterta", needs=Right.PLAN_ACTIONS)
    def withdraw_action(
        self,
        action_id: FromPath[UUID],
        data: URLEncodedBody[dict[str, str]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page | Done:
        """Withdraw a draft, or show what is wrong."""
        action = queries.action_by_id(session, actor, place.organizer.id, action_id)
        form = bind(ReasonForm, data)
        if form.value is not None:
            try:
                undoing.withdraw_action(session, actor, action=action, form=form.value)
                return Done(_("Utkastet är återtaget."), to=f"{place.path}/insatser/{action.id}")
            except Conflict as error:
                form.refuse(error, "reason")
        return action_page(session, actor, place, action, form)

    @write("/insatser/{action_id:uuid}/ateruppta", needs=Right.PLAN_ACTIONS)
    def resume_action(
        self,
        action_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Done:
        """Make a withdrawn insats a draft again."""
        action = queries.action_by_id(session, actor, place.organizer.id, action_id)
        undoing.resume_action(session, actor, action=action)
        return Done(_("Insatsen är ett utkast igen."), to=f"{place.path}/insatser/{action.id}")

    @write("/uppfoljningar/{follow_up_id:uuid}/stall-in", needs=Right.PLAN_ACTIONS)
    def cancel_follow_up(
        self,
        follow_up_id: FromPath[UUID],
        data: URLEncodedBody[dict[str, str]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
    ) -> Page | Done:
        """Cancel a follow-up, or say why the law keeps it."""
        both = queries.follow_up_by_id(session, actor, place.organizer.id, follow_up_id)
        form = bind(ReasonForm, part_for(ReasonForm, data))
        form.raw = data
        if is_begun(data):
            form.add_error("reason", _("Du har börjat svara. Spara svaret, eller töm det först."))
        if form.value is not None:
            try:
                undoing.cancel_follow_up(
                    session, actor, action=both[0], follow_up=both[1], form=form.value, now=now
                )
                to = f"{place.path}/insatser/{both[0].id}"
                return Done(_("Uppföljningen är inställd."), to=to)
            except Conflict as error:
                form.refuse(error, "reason")
        return follow_up_page(session, actor, place, both, form)
