"""What was planned and does not come about: a draft withdrawn, a follow-up cancelled."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.actions import rules
from ska.actions.forms import ReasonForm
from ska.actions.models import Action, FollowUp
from ska.actions.services.following_up import withdraw_told
from ska.audit import record
from ska.core.text import _
from ska.errors import Conflict


def withdraw_action(session: Session, actor: Actor, *, action: Action, form: ReasonForm) -> None:
    """Withdraw a draft; one that has come into force is ended by a decision instead."""
    actor.must(Right.PLAN_ACTIONS, action.organizer_id, action.unit_id)
    _alone(session, action)
    if action.state != rules.ActionState.DRAFT:
        raise Conflict(_("Bara ett utkast tas tillbaka. Det som gäller avslutas med ett beslut."))
    action.state = rules.ActionState.WITHDRAWN
    action.withdrawn_reason, action.withdrawn_by = form.reason, actor.name
    action.version += 1
    record(session, actor, act="action.withdraw", thing=action)
    session.flush()


def resume_action(session: Session, actor: Actor, *, action: Action) -> None:
    """Make a withdrawn insats a draft again."""
    actor.must(Right.PLAN_ACTIONS, action.organizer_id, action.unit_id)
    _alone(session, action)
    if action.state != rules.ActionState.WITHDRAWN:
        raise Conflict(_("Insatsen är inte återtagen."))
    action.state = rules.ActionState.DRAFT
    action.withdrawn_reason = action.withdrawn_by = None
    action.version += 1
    record(session, actor, act="action.resume", thing=action)
    session.flush()


def cancel_follow_up(
    session: Session,
    actor: Actor,
    *,
    action: Action,
    follow_up: FollowUp,
    form: ReasonForm,
    now: datetime,
) -> None:
    """Cancel a follow-up with its reason.

    Raises Conflict, naming the paragraph, when an insats in force would have none to come.
    """
    actor.must(Right.PLAN_ACTIONS, action.organizer_id, action.unit_id)
    _alone(session, action)
    session.refresh(follow_up, ["answered_at", "cancelled_at"], with_for_update=True)
    if not follow_up.waits:
        raise Conflict(_("Uppföljningen är redan besvarad eller inställd."))
    others = select(FollowUp.id).where(
        FollowUp.organizer_id == action.organizer_id,
        FollowUp.action_id == action.id,
        FollowUp.id != follow_up.id,
        FollowUp.waiting(),
    )
    in_force = action.state == rules.ActionState.IN_FORCE
    if in_force and session.scalar(others.limit(1)) is None:
        sentence = rules.in_force_obstacles(
            has_ground=True, has_follow_up=False, paragraph=action.of_level.paragraph
        )["follow_ups"]
        raise Conflict(sentence)
    follow_up.cancelled_at, follow_up.cancelled_by = now, actor.name
    follow_up.cancel_reason = form.reason
    record(session, actor, act="follow_up.cancel", thing=follow_up)
    session.flush()
    withdraw_told(session, follow_up)


def _alone(session: Session, action: Action) -> None:
    """Read *action* anew; nobody else withdraws or cancels on it until this act is done."""
    session.refresh(action, ["state", "version"], with_for_update=True)
