"""Nämndens beslut: written down with day and diarienummer, struck and put back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.audit import record
from ska.core.text import _
from ska.db.session import lock
from ska.dialogues.forms import BoardDecisionForm
from ska.dialogues.models import BoardDecision
from ska.dialogues.queries.decisions import DecisionView
from ska.dialogues.services.common import note
from ska.errors import Conflict, Invalid


def write_decision(
    session: Session,
    actor: Actor,
    *,
    organizer_id: UUID,
    form: BoardDecisionForm,
    view: DecisionView,
) -> BoardDecision:
    """Write a decision down; its day is one of the nämnd's, and it concerns something in *view*."""
    actor.must(Right.PLAN_ACTIONS, organizer_id)
    if form.decided_on not in view.days:
        other = _("Nämnden sammanträder inte den dagen. Lägg till dagen i årshjulet först.")
        raise Invalid(other, {"decided_on": other})
    concern = next((one for one in view.concerns if one.id == form.concerns), None)
    if concern is None:
        unknown = _("Välj något i listan som beslutet gäller.")
        raise Invalid(unknown, {"concerns": unknown})
    decision = BoardDecision(
        organizer_id=organizer_id,
        registry_number=form.registry_number,
        decided_on=form.decided_on,
        text=form.text,
        concerns=concern.words,
        written_by=actor.name,
        **{concern.column: concern.id},
    )
    session.add(decision)
    session.flush()
    note(session, actor, "board_decision.write", decision, form)
    return decision


def strike_decision(
    session: Session, actor: Actor, *, decision: BoardDecision, now: datetime
) -> None:
    """Strike a decision that was written by mistake; it can be put back."""
    actor.must(Right.PLAN_ACTIONS, decision.organizer_id)
    lock(session, decision)
    if decision.struck_at is not None:
        raise Conflict(_("Beslutet är redan struket."))
    decision.struck_at, decision.struck_by = now, actor.name
    record(session, actor, act="board_decision.strike", thing=decision)
    session.flush()


def restore_decision(session: Session, actor: Actor, *, decision: BoardDecision) -> None:
    """Put a struck decision back."""
    actor.must(Right.PLAN_ACTIONS, decision.organizer_id)
    lock(session, decision)
    decision.struck_at = decision.struck_by = None
    record(session, actor, act="board_decision.restore", thing=decision)
    session.flush()
