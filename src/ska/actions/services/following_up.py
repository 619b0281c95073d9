"""Follow-ups planned, moved and answered, and what is decided after them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.actions import rules
from ska.actions.effects.services import keep_readings
from ska.actions.forms import DecisionForm, FollowUpForm, PlanFollowUpForm
from ska.actions.models import Action, Decision, FollowUp
from ska.actions.services.common import note, planned
from ska.audit import record
from ska.core.text import _
from ska.errors import Conflict
from ska.notices.models import Notice
from ska.notices.rules import NoticeKind


def plan_follow_up(
    session: Session, actor: Actor, *, action: Action, form: PlanFollowUpForm
) -> FollowUp:
    """Plan another day to look at how an insats goes."""
    actor.must(Right.PLAN_ACTIONS, action.organizer_id, action.unit_id)
    if action.state in rules.OVER:
        raise Conflict(_("Insatsen är avslutad eller återtagen och följs inte upp mer."))
    if any(one.planned_on == form.planned_on and one.waits for one in action.follow_ups):
        raise Conflict(_("Det finns redan en uppföljning den dagen."))
    follow_up = planned(action, form.planned_on)
    session.add(follow_up)
    session.flush()
    record(session, actor, act="follow_up.plan", thing=follow_up)
    return follow_up


def move_follow_up(
    session: Session, actor: Actor, *, action: Action, follow_up: FollowUp, form: PlanFollowUpForm
) -> None:
    """Move a follow-up that is not answered to another day."""
    actor.must(Right.PLAN_ACTIONS, action.organizer_id, action.unit_id)
    _alone(session, follow_up)
    if not follow_up.waits:
        raise Conflict(_("Uppföljningen är besvarad eller inställd och ligger kvar på sin dag."))
    others = [one for one in action.follow_ups if one.id != follow_up.id and one.waits]
    if any(one.planned_on == form.planned_on for one in others):
        raise Conflict(_("Det finns redan en uppföljning den dagen."))
    follow_up.planned_on = form.planned_on
    record(session, actor, act="follow_up.move", thing=follow_up)
    session.flush()
    withdraw_told(session, follow_up)


def answer_follow_up(
    session: Session,
    actor: Actor,
    *,
    action: Action,
    follow_up: FollowUp,
    form: FollowUpForm,
    now: datetime,
) -> None:
    """Answer whether it was done and whether it had effect; once, history does not change."""
    actor.must(Right.PLAN_ACTIONS, action.organizer_id, action.unit_id)
    _alone(session, follow_up)
    if action.state != rules.ActionState.IN_FORCE:
        raise Conflict(_("Bara en insats som gäller kan följas upp."))
    if follow_up.answered_at is not None:
        raise Conflict(_("Uppföljningen är redan besvarad. Planera en ny om något har ändrats."))
    if follow_up.cancelled_at is not None:
        raise Conflict(_("Uppföljningen är inställd. Planera en ny."))
    for name, value in form.model_dump(exclude={"not_personal_data"}).items():
        setattr(follow_up, name, value)
    follow_up.answered_at = now
    follow_up.answered_by = actor.name
    note(session, actor, "follow_up.answer", follow_up, form)
    session.flush()
    withdraw_told(session, follow_up)
    keep_readings(session, actor, action=action, follow_up=follow_up, now=now)


def withdraw_told(session: Session, follow_up: FollowUp) -> None:
    """Take away what nobody has read yet of a day that no longer holds.

    What still holds of the insats is told anew in its time.
    """
    ends = (f"/uppfoljningar/{follow_up.id}", f"/insatser/{follow_up.action_id}")
    session.execute(
        delete(Notice).where(
            Notice.organizer_id == follow_up.organizer_id,
            Notice.read_at.is_(None),
            Notice.kind == NoticeKind.DIALOGUE,
            or_(*(Notice.href.endswith(end) for end in ends)),
        )
    )


def _alone(session: Session, follow_up: FollowUp) -> None:
    """Read *follow_up* anew and let nobody else answer it or decide until this act is done."""
    session.refresh(follow_up, ["answered_at", "cancelled_at"], with_for_update=True)


def decide(
    session: Session,
    actor: Actor,
    *,
    action: Action,
    follow_up: FollowUp,
    form: DecisionForm,
    today: date,
) -> Decision:
    """Decide after an answered follow-up; to stop or embed ends the insats."""
    actor.must(Right.PLAN_ACTIONS, action.organizer_id, action.unit_id)
    _alone(session, follow_up)
    if follow_up.answered_at is None:
        raise Conflict(_("Svara på uppföljningen först, sedan kan ni besluta."))
    if session.scalar(
        select(Decision.id).where(
            Decision.organizer_id == follow_up.organizer_id, Decision.follow_up_id == follow_up.id
        )
    ):
        raise Conflict(_("Ni har redan beslutat efter den här uppföljningen."))
    decision = Decision(
        organizer_id=action.organizer_id,
        unit_id=action.unit_id,
        follow_up_id=follow_up.id,
        kind=form.kind,
        reason=form.reason,
        decided_on=today,
        decided_by=actor.name,
    )
    session.add(decision)
    if form.kind in rules.ENDING:
        action.state = rules.ActionState.CLOSED
        action.version += 1
    session.flush()
    note(session, actor, "decision.make", decision, form)
    return decision
