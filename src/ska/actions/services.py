"""What people do with insatser: plan, bring into force, follow up, decide."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ska.access import Actor, Right, visible
from ska.actions import rules
from ska.actions.forms import (
    ActionChangeForm,
    ActionForm,
    DecisionForm,
    DeficiencyForm,
    FollowUpForm,
    PlanFollowUpForm,
)
from ska.actions.models import Action, Decision, Deficiency, FollowUp
from ska.analyses import services as analyses
from ska.analyses.models import Analysis, DevelopmentArea
from ska.audit import record
from ska.core.fields import FreeText
from ska.core.prints import print_of
from ska.core.text import _
from ska.errors import Changed, Conflict, Invalid
from ska.organizers.services import must_be_open

_FIELDS = {"follow_ups", "come_into_force", "not_personal_data", "deficiency_id"}


def plan_action(
    session: Session,
    actor: Actor,
    *,
    organizer_id: UUID,
    area: DevelopmentArea | None,
    analysis: Analysis | None,
    form: ActionForm,
) -> Action:
    """Plan an insats for an area, or an åtgärd for a brist, as a draft or at once in force.

    Raises Invalid, naming the paragraph, when it is to be in force without ground or follow-up.
    """
    unit_id = analysis.unit_id if analysis is not None and analysis.unit_id else form.unit_id
    actor.must(Right.PLAN_ACTIONS, organizer_id, unit_id)
    deficiency = _deficiency(session, actor, organizer_id, form.deficiency_id)
    kind = rules.ActionKind.REMEDY if deficiency else rules.ActionKind.DEVELOPMENT
    action = Action(
        **form.model_dump(exclude={*_FIELDS, "unit_id"}),
        organizer_id=organizer_id,
        unit_id=unit_id,
        area_id=area.id if area else None,
        deficiency_id=deficiency.id if deficiency else None,
        kind=kind,
    )
    if form.come_into_force:
        _insist(action, bool(form.follow_ups))
        action.state = rules.ActionState.IN_FORCE
    session.add(action)
    session.flush()
    session.add_all(_planned(action, day) for day in sorted(set(form.follow_ups)))
    _note(session, actor, "action.plan", action, form)
    session.flush()
    return action


def _deficiency(
    session: Session, actor: Actor, organizer_id: UUID, deficiency_id: UUID | None
) -> Deficiency | None:
    if deficiency_id is None:
        return None
    found = session.scalar(
        visible(Deficiency, actor).where(
            Deficiency.organizer_id == organizer_id, Deficiency.id == deficiency_id
        )
    )
    if found is None:
        raise Invalid(_("Välj bristen i listan."), {"deficiency_id": _("Bristen finns inte.")})
    return found


def _planned(action: Action, day: date) -> FollowUp:
    return FollowUp(
        organizer_id=action.organizer_id,
        unit_id=action.unit_id,
        action_id=action.id,
        planned_on=day,
    )


def _insist(action: Action, has_follow_up: bool) -> None:
    obstacles = rules.in_force_obstacles(
        has_ground=action.area_id is not None or action.deficiency_id is not None,
        has_follow_up=has_follow_up,
        paragraph=action.of_level.paragraph,
    )
    if obstacles:
        raise Invalid(" ".join(obstacles.values()), obstacles)


def bring_into_force(session: Session, actor: Actor, *, action: Action) -> None:
    """Bring a draft into force; raise Invalid, naming the paragraph, when something is missing."""
    actor.must(Right.PLAN_ACTIONS, action.organizer_id, action.unit_id)
    if action.state != rules.ActionState.DRAFT:
        raise Conflict(_("Insatsen gäller redan, är avslutad eller återtagen."))
    _insist(action, any(one.waits for one in action.follow_ups))
    action.state = rules.ActionState.IN_FORCE
    action.version += 1
    record(session, actor, act="action.in_force", thing=action)
    session.flush()


def change_action(
    session: Session, actor: Actor, *, action: Action, form: ActionChangeForm
) -> None:
    """Change what an insats says; raise Conflict once it is closed."""
    actor.must(Right.PLAN_ACTIONS, action.organizer_id, action.unit_id)
    if action.state in rules.OVER:
        raise Conflict(_("Insatsen är avslutad eller återtagen och kan inte ändras."))
    changes = form.changes
    starts, ends = changes.get("starts", action.starts), changes.get("ends", action.ends)
    if ends is not None and ends < starts:
        wrong = _("Slutdatum måste vara samma dag som eller efter startdatum.")
        raise Invalid(wrong, {"ends": wrong})
    for name, value in changes.items():
        setattr(action, name, value)
    action.version += 1
    _note(session, actor, "action.change", action, form)
    session.flush()


def plan_follow_up(
    session: Session, actor: Actor, *, action: Action, form: PlanFollowUpForm
) -> FollowUp:
    """Plan another day to look at how an insats goes."""
    actor.must(Right.PLAN_ACTIONS, action.organizer_id, action.unit_id)
    if action.state in rules.OVER:
        raise Conflict(_("Insatsen är avslutad eller återtagen och följs inte upp mer."))
    if any(one.planned_on == form.planned_on and one.waits for one in action.follow_ups):
        raise Conflict(_("Det finns redan en uppföljning den dagen."))
    follow_up = _planned(action, form.planned_on)
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
    _note(session, actor, "follow_up.answer", follow_up, form)
    session.flush()


def _alone(session: Session, follow_up: FollowUp) -> None:
    """Read *follow_up* anew and let nobody else answer it or decide until this act is done."""
    session.refresh(follow_up, ["answered_at", "cancelled_at"], with_for_update=True)


def _note(session: Session, actor: Actor, act: str, thing: Any, form: FreeText) -> None:
    details = {"not_personal_data": True} if form.not_personal_data else None
    record(session, actor, act=act, thing=thing, details=details)


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
    _note(session, actor, "decision.make", decision, form)
    return decision


def note_deficiency(
    session: Session, actor: Actor, *, organizer_id: UUID, form: DeficiencyForm, today: date
) -> Deficiency:
    """Note a brist that must be mended (skollagen 4:7)."""
    actor.must(Right.PLAN_ACTIONS, organizer_id, form.unit_id)
    if form.unit_id is not None:
        must_be_open(session, actor, organizer_id, [form.unit_id], today, field="unit_id")
    deficiency = Deficiency(
        organizer_id=organizer_id,
        unit_id=form.unit_id,
        text=form.text,
        source=form.source,
        found_on=today,
    )
    session.add(deficiency)
    session.flush()
    _note(session, actor, "deficiency.note", deficiency, form)
    return deficiency


def change_deficiency(
    session: Session, actor: Actor, *, deficiency: Deficiency, form: DeficiencyForm, seen: str
) -> None:
    """Change what a brist says; raise Changed when it says something else than *seen* by now."""
    actor.must(Right.PLAN_ACTIONS, deficiency.organizer_id, deficiency.unit_id)
    session.refresh(deficiency, with_for_update=True)
    if print_of(deficiency.text, deficiency.source) != seen:
        raise Changed(_("Någon annan har ändrat bristen sedan du läste den."))
    if deficiency.mended_on is not None:
        raise Conflict(_("Bristen är avhjälpt och ändras inte mer."))
    deficiency.text, deficiency.source = form.text, form.source
    _note(session, actor, "deficiency.change", deficiency, form)
    session.flush()


def mend_deficiency(session: Session, actor: Actor, *, deficiency: Deficiency, today: date) -> None:
    """Say that a brist is avhjälpt; raise Conflict, naming the paragraph, while nothing shows it.

    What shows it is an åtgärd that was carried out and followed up.
    """
    actor.must(Right.PLAN_ACTIONS, deficiency.organizer_id, deficiency.unit_id)
    session.refresh(deficiency, with_for_update=True)
    if deficiency.mended_on is not None:
        raise Conflict(_("Bristen är redan avhjälpt."))
    shown = session.scalar(
        select(FollowUp.id)
        .join(Action, Action.id == FollowUp.action_id)
        .where(
            Action.organizer_id == deficiency.organizer_id,
            Action.deficiency_id == deficiency.id,
            FollowUp.done_answer.in_([rules.DoneAnswer.YES, rules.DoneAnswer.PARTLY]),
        )
        .limit(1)
    )
    if shown is None:
        raise Conflict(
            _(
                "Planera en åtgärd och följ upp att den är genomförd först. En brist ska "
                "avhjälpas med nödvändiga åtgärder (skollagen 4 kap. 7 §)."
            )
        )
    deficiency.mended_on = today
    record(session, actor, act="deficiency.mend", thing=deficiency)
    session.flush()


def reopen_deficiency(session: Session, actor: Actor, *, deficiency: Deficiency) -> None:
    """Open a brist again that turned out not to be mended."""
    actor.must(Right.PLAN_ACTIONS, deficiency.organizer_id, deficiency.unit_id)
    deficiency.mended_on = None
    record(session, actor, act="deficiency.reopen", thing=deficiency)
    session.flush()


def establish_analysis(
    session: Session, actor: Actor, *, analysis: Analysis, now: datetime
) -> None:
    """Fastställ an analysis; an area whose first insats is to find out may lack a proven cause."""
    rows = session.execute(
        select(DevelopmentArea.id, Action.is_investigation)
        .join(Action, Action.area_id == DevelopmentArea.id)
        .where(
            DevelopmentArea.organizer_id == analysis.organizer_id,
            DevelopmentArea.analysis_id == analysis.id,
            Action.state != rules.ActionState.WITHDRAWN,
        )
        .order_by(DevelopmentArea.id, Action.starts, Action.id)
    )
    first: dict[UUID, bool] = {}
    for area, is_investigation in rows:
        first.setdefault(area, is_investigation)
    investigated = {area for area, finds_out in first.items() if finds_out}
    analyses.establish(session, actor, analysis=analysis, now=now, investigated=investigated)
