"""What the acts of dialogues share: an agreement planned as an insats, and the audit line."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from ska.access import Actor, visible
from ska.actions import services as actions
from ska.actions.forms import ActionForm
from ska.actions.models import Action, Deficiency
from ska.actions.rules import ActionLevel, GovernanceLevel, Horizon
from ska.analyses.models import Analysis, DevelopmentArea
from ska.audit import record
from ska.core.fields import FreeText
from ska.core.text import _
from ska.dialogues.forms import AgreementForm
from ska.errors import Invalid


def plan_agreed(
    session: Session,
    actor: Actor,
    *,
    organizer_id: UUID,
    unit_id: UUID | None,
    form: AgreementForm,
    today: date,
) -> Action:
    """Plan what was agreed as a draft of the unit, or of the huvudman when it is None.

    It rests on an area or a brist, and is followed up on its day.
    """
    if form.due < today:
        early = _("Dagen har varit. Välj en dag framåt.")
        raise Invalid(early, {"due": early})
    area, analysis, deficiency = _ground(session, actor, organizer_id, unit_id, form.ground)
    level = GovernanceLevel.PRINCIPALS if unit_id else GovernanceLevel.ADMINISTRATION
    planned = ActionForm.model_construct(
        title=form.text,
        level=ActionLevel.PREVENTIVE,
        governance_level=level,
        horizon=Horizon.SHORT if (form.due - today).days <= 365 else Horizon.LONG,
        owner_role=form.owner_role,
        starts=today,
        unit_id=unit_id,
        deficiency_id=deficiency.id if deficiency else None,
        follow_ups=[form.due],
    )
    return actions.plan_action(
        session, actor, organizer_id=organizer_id, area=area, analysis=analysis, form=planned
    )


def _ground(
    session: Session, actor: Actor, organizer_id: UUID, unit_id: UUID | None, ground_id: UUID
) -> tuple[DevelopmentArea | None, Analysis | None, Deficiency | None]:
    """Return the area with its analysis, or the brist, that an agreement rests on."""
    found = session.execute(
        visible(DevelopmentArea, actor)
        .where(DevelopmentArea.organizer_id == organizer_id, DevelopmentArea.id == ground_id)
        .join(Analysis, Analysis.id == DevelopmentArea.analysis_id)
        .add_columns(Analysis)
    ).one_or_none()
    if found is not None and found[1].unit_id in (None, unit_id):
        return found[0], found[1], None
    deficiency = session.scalar(
        visible(Deficiency, actor).where(
            Deficiency.organizer_id == organizer_id,
            Deficiency.unit_id.is_(None) if unit_id is None else Deficiency.unit_id == unit_id,
            Deficiency.id == ground_id,
        )
    )
    if deficiency is None:
        unknown = _("Välj ett område eller en brist i listan.")
        raise Invalid(unknown, {"ground": unknown})
    return None, None, deficiency


def note(session: Session, actor: Actor, act: str, thing: Any, form: FreeText) -> None:
    """Write the act down, and that its text was said to hold no personal data, if it was."""
    details = {"not_personal_data": True} if form.not_personal_data else None
    record(session, actor, act=act, thing=thing, details=details)
    session.flush()
