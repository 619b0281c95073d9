"""What people do in a resultatdialog: open it, meet, agree, tell a need, close it, answer."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import msgspec
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.audit import record
from ska.core.text import _
from ska.db.session import lock
from ska.dialogues.forms import AgreementForm, DialogueForm, MeetingForm, NeedAnswerForm, NeedForm
from ska.dialogues.models import Agreement, DialoguePack, Need, ResultsDialogue
from ska.dialogues.rules.results import KIND, SECTIONS, AnswerKind, Prepared
from ska.dialogues.services.common import note, plan_agreed
from ska.errors import Conflict, Invalid
from ska.organizers.services import must_be_open
from ska.writing.queries import texts_of
from ska.writing.services import freeze_texts, open_texts


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


def say_meeting(
    session: Session, actor: Actor, *, dialogue: ResultsDialogue, form: MeetingForm
) -> None:
    """Say which day the dialogue is held and who takes part."""
    _still_open(session, actor, dialogue)
    dialogue.held_on, dialogue.took_part = form.held_on, form.took_part
    note(session, actor, "dialogue.meet", dialogue, form)


def agree(
    session: Session, actor: Actor, *, dialogue: ResultsDialogue, form: AgreementForm, today: date
) -> Agreement:
    """Write down what was agreed and plan it as a draft insats, which the unit then goes on with.

    It rests on an area or a brist, is followed up on its day, and comes into force as all others.
    """
    _still_open(session, actor, dialogue)
    action = plan_agreed(
        session,
        actor,
        organizer_id=dialogue.organizer_id,
        unit_id=dialogue.unit_id,
        form=form,
        today=today,
    )
    agreement = Agreement(
        organizer_id=dialogue.organizer_id,
        unit_id=dialogue.unit_id,
        dialogue_id=dialogue.id,
        action_id=action.id,
        text=form.text,
        owner_role=form.owner_role,
        due=form.due,
        written_by=actor.name,
    )
    session.add(agreement)
    session.flush()
    note(session, actor, "dialogue.agree", agreement, form)
    return agreement


def tell_need(session: Session, actor: Actor, *, dialogue: ResultsDialogue, form: NeedForm) -> Need:
    """Write down what the unit needs of the level above; it stands in the huvudman's list."""
    _still_open(session, actor, dialogue)
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


def close_dialogue(
    session: Session,
    actor: Actor,
    *,
    dialogue: ResultsDialogue,
    content: Prepared,
    now: datetime,
) -> None:
    """Close a dialogue: its notes and what it was prepared with are kept and change no more."""
    _still_open(session, actor, dialogue)
    missing = {}
    if not dialogue.took_part:
        missing["took_part"] = _("Skriv vilka som deltog innan ni avslutar.")
    if dialogue.held_on > now.date():
        missing["held_on"] = _("Dialogen har inte varit än. Ändra dagen eller vänta.")
    if missing:
        raise Invalid(" ".join(missing.values()), missing)
    texts = texts_of(session, actor, KIND, dialogue.id)
    freeze_texts(session, texts=texts.values(), now=now)
    pack = DialoguePack(
        organizer_id=dialogue.organizer_id,
        unit_id=dialogue.unit_id,
        dialogue_id=dialogue.id,
        kept_at=now,
        kept_by=actor.name,
        content=msgspec.to_builtins(content),
    )
    session.add(pack)
    dialogue.closed_at, dialogue.closed_by = now, actor.name
    record(session, actor, act="dialogue.close", thing=dialogue)
    session.flush()


def _still_open(session: Session, actor: Actor, dialogue: ResultsDialogue) -> None:
    """Insist that *actor* may act here and that it is open, and let nobody close it meanwhile."""
    actor.must(Right.PLAN_ACTIONS, dialogue.organizer_id, dialogue.unit_id)
    lock(session, dialogue)
    if not dialogue.is_open:
        raise Conflict(_("Dialogen är avslutad och ändras inte mer. Öppna en ny."))
