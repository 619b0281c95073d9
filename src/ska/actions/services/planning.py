"""Insatser planned, changed and brought into force; an analysis fastställd with its insatser."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ska.access import Actor, Right, visible
from ska.actions import rules
from ska.actions.borrowing.queries import Source
from ska.actions.borrowing.services import note_loan
from ska.actions.forms import ActionChangeForm, ActionForm
from ska.actions.models import Action, Deficiency
from ska.actions.services.common import note, planned
from ska.analyses import services as analyses
from ska.analyses.models import Analysis, DevelopmentArea
from ska.audit import record
from ska.core.text import _
from ska.errors import Conflict, Invalid
from ska.organizers.models import Organizer

_FIELDS = {"follow_ups", "come_into_force", "not_personal_data", "deficiency_id"}


def plan_action(
    session: Session,
    actor: Actor,
    *,
    organizer_id: UUID,
    area: DevelopmentArea | None,
    analysis: Analysis | None,
    form: ActionForm,
    source: Source | None = None,
) -> Action:
    """Plan an insats for an area, or an åtgärd for a brist, as a draft or at once in force.

    *source* is what it was borrowed from. Raises Invalid, naming the paragraph, when it is to be
    in force without ground or follow-up.
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
        credit=source.credit if source else None,
    )
    if form.come_into_force:
        _insist(action, bool(form.follow_ups))
        action.state = rules.ActionState.IN_FORCE
    session.add(action)
    session.flush()
    session.add_all(planned(action, day) for day in sorted(set(form.follow_ups)))
    if source is not None:
        note_loan(session, actor, session.get_one(Organizer, organizer_id), action, source)
    note(session, actor, "action.plan", action, form)
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
    note(session, actor, "action.change", action, form)
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
