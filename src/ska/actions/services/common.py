"""What the acts on insatser share: a follow-up to come, and the audit line of a free text."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from ska.access import Actor
from ska.actions.models import Action, FollowUp
from ska.audit import record
from ska.core.fields import FreeText


def planned(action: Action, day: date) -> FollowUp:
    """Return a follow-up of *action* on *day*."""
    return FollowUp(
        organizer_id=action.organizer_id,
        unit_id=action.unit_id,
        action_id=action.id,
        planned_on=day,
    )


def note(session: Session, actor: Actor, act: str, thing: Any, form: FreeText) -> None:
    """Write the act down, and that its text was said to hold no personal data, if it was."""
    details = {"not_personal_data": True} if form.not_personal_data else None
    record(session, actor, act=act, thing=thing, details=details)
