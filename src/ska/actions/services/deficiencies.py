"""Brister noted, said anew, avhjälpta and opened again (skollagen 4:7)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.actions import rules
from ska.actions.forms import DeficiencyForm
from ska.actions.models import Action, Deficiency, FollowUp
from ska.actions.services.common import note
from ska.audit import record
from ska.core.prints import print_of
from ska.core.text import _
from ska.errors import Changed, Conflict
from ska.organizers.services import must_be_open


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
    note(session, actor, "deficiency.note", deficiency, form)
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
    note(session, actor, "deficiency.change", deficiency, form)
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
