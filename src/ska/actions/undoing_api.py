"""Taking back what was planned, for programs."""

from __future__ import annotations

from uuid import UUID

from litestar import Controller
from litestar.params import FromPath, JSONBody

from ska.access import Right
from ska.actions import queries, undoing
from ska.actions.api import ActionOut, FollowUpOut, action_out, follow_up_out
from ska.actions.forms import ReasonForm
from ska.organizers.dependencies import GivenPlace
from ska.web.dependencies import GivenActor, GivenNow, GivenSession
from ska.web.routing import create


class UndoingApi(Controller):
    """A draft withdrawn and taken up again, a follow-up cancelled."""

    path = "/api/v1/organizers/{organizer:str}"
    tags = ["Insatser"]  # noqa: RUF012

    @create(
        "/actions/{action_id:uuid}/withdraw",
        needs=Right.PLAN_ACTIONS,
        summary="Withdraw a draft",
        status_code=200,
    )
    def withdraw_action(
        self,
        action_id: FromPath[UUID],
        data: JSONBody[ReasonForm],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> ActionOut:
        """Withdraw a draft with its reason; 409 for one in force, which a decision ends."""
        action = queries.action_by_id(session, actor, place.organizer.id, action_id)
        undoing.withdraw_action(session, actor, action=action, form=data)
        return action_out(action)

    @create(
        "/actions/{action_id:uuid}/resume",
        needs=Right.PLAN_ACTIONS,
        summary="Take up a withdrawn insats",
        status_code=200,
    )
    def resume_action(
        self,
        action_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> ActionOut:
        """Make a withdrawn insats a draft again."""
        action = queries.action_by_id(session, actor, place.organizer.id, action_id)
        undoing.resume_action(session, actor, action=action)
        return action_out(action)

    @create(
        "/follow-ups/{follow_up_id:uuid}/cancel",
        needs=Right.PLAN_ACTIONS,
        summary="Cancel a follow-up",
        status_code=200,
    )
    def cancel_follow_up(
        self,
        follow_up_id: FromPath[UUID],
        data: JSONBody[ReasonForm],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
    ) -> FollowUpOut:
        """Cancel a follow-up; 409 names the paragraph when an insats in force has no other."""
        action, follow_up = queries.follow_up_by_id(
            session, actor, place.organizer.id, follow_up_id
        )
        undoing.cancel_follow_up(
            session, actor, action=action, follow_up=follow_up, form=data, now=now
        )
        return follow_up_out(follow_up)
