"""What people do in a resultatdialog: open it, meet, agree, tell a need, close it, answer."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.audit import record
from ska.core.text import _
from ska.db.session import lock
from ska.dialogues.forms import DialogueForm, NeedAnswerForm, NeedForm
from ska.dialogues.models import Need, ResultsDialogue
from ska.dialogues.rules.results import KIND, SECTIONS, AnswerKind
from ska.dialogues.services.common import note, still_open
from ska.errors import Conflict, Invalid
from ska.organizers.services import must_be_open
from ska.writing.services import open_texts


def open_dialogue(
    session: Session, actor: Actor, *, organizer_id: UUID, form: DialogueForm, today: date
) -> ResultsDialogue:
    """Open a resultatdialog of a unit, with its empty notes; one at a time."""
    actor.must(Right.PLAN_ACTIONS, organizer_id, form.unit_id)
    must_be_open(session, actor, organizer_id, [form.unit_id], today, field="unit_id")
    dialogue = ResultsDialogue(
        organizer_id=organizer_id,
        unit_id=form.unit_id,
        held_on=form.held_on,
        opened_by=actor.name,
    )
    try:
        with session.begin_nested():
            session.add(dialogue)
    except IntegrityError as taken:
        already = _("Enheten har redan en öppen dialog. Avsluta den först.")
        raise Invalid(already, {"unit_id": already}) from taken
    open_texts(
        session,
        organizer_id=organizer_id,
        unit_id=form.unit_id,
        subject=(KIND, dialogue.id),
        keys=SECTIONS,
    )
    record(session, actor, act="dialogue.open", thing=dialogue)
    session.flush()
    return dialogue


def tell_need(session: Session, actor: Actor, *, dialogue: ResultsDialogue, form: NeedForm) -> Need:
    """Write down what the unit needs of the level above; it stands in the huvudman's list."""
    still_open(session, actor, dialogue)
    need = Need(
        organizer_id=dialogue.organizer_id,
        unit_id=dialogue.unit_id,
        dialogue_id=dialogue.id,
        text=form.need,
        answer_by=form.answer_by,
        written_by=actor.name,
    )
    session.add(need)
    session.flush()
    note(session, actor, "dialogue.need", need, form)
    return need


def answer_need(
    session: Session, actor: Actor, *, need: Need, form: NeedAnswerForm, now: datetime
) -> None:
    """Answer a need for the huvudman; only "later" may be answered again."""
    actor.must(Right.PLAN_ACTIONS, need.organizer_id)
    lock(session, need)
    if need.answered_at is not None and need.answer_kind != AnswerKind.LATER:
        raise Conflict(_("Behovet är redan besvarat. Svaret står kvar."))
    need.answer_kind, need.answer = form.answer_kind, form.answer
    need.answered_by, need.answered_at = actor.name, now
    note(session, actor, "need.answer", need, form)
