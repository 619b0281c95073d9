"""What people do before, during and after the state's kvalitetsdialog."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ska.access import Actor, Right, Role
from ska.audit import record
from ska.core.text import _
from ska.db.session import lock
from ska.dialogues.forms import AssessmentForm, MeetingForm
from ska.dialogues.models import (
    DialoguePack,
    NationalQualityDialogue,
    SelfAssessment,
)
from ska.dialogues.rules.contents import KIND, SECTIONS, National
from ska.dialogues.rules.voices import Principals, Voice
from ska.dialogues.services.common import keep, note, still_open
from ska.errors import Changed, Conflict, Invalid, NotAllowed
from ska.writing.services import open_texts

HELD_BY = {
    Voice.BOARD: frozenset({Role.POLITICIAN, Role.QUALITY_LEAD}),
    Voice.DIRECTOR: frozenset({Role.DIRECTOR}),
    Voice.PRINCIPALS: frozenset({Role.PRINCIPAL}),
}


def open_national(
    session: Session, actor: Actor, *, organizer_id: UUID, form: MeetingForm
) -> NationalQualityDialogue:
    """Open the state's kvalitetsdialog that the huvudman is invited to; one at a time."""
    actor.must(Right.PLAN_ACTIONS, organizer_id)
    dialogue = NationalQualityDialogue(
        organizer_id=organizer_id,
        held_on=form.held_on,
        took_part=form.took_part,
        opened_by=actor.name,
    )
    try:
        with session.begin_nested():
            session.add(dialogue)
    except IntegrityError as taken:
        already = _("Det finns redan en öppen kvalitetsdialog. Avsluta den först.")
        raise Invalid(already, {"held_on": already}) from taken
    subject = (KIND, dialogue.id)
    open_texts(session, organizer_id=organizer_id, unit_id=None, subject=subject, keys=SECTIONS)
    note(session, actor, "national.open", dialogue, form)
    return dialogue


def voices_of(actor: Actor, organizer_id: UUID) -> list[Voice]:
    """Return the voices that the person speaks for in the huvudman."""
    held = {one.role for one in actor.assignments if one.organizer_id == organizer_id}
    return [voice for voice in Voice if held & HELD_BY[voice]]


def unit_of_answer(
    actor: Actor, organizer_id: UUID, voice: Voice, principals: Principals
) -> UUID | None:
    """Return the unit that a rektor answers for; None when the voice answers as one."""
    if voice is not Voice.PRINCIPALS or principals.answer_together:
        return None
    led = [
        one.unit_id
        for one in actor.assignments
        if one.role is Role.PRINCIPAL and one.organizer_id == organizer_id and one.unit_id
    ]
    return min(led) if led else None


def assess(
    session: Session,
    actor: Actor,
    *,
    dialogue: NationalQualityDialogue,
    form: AssessmentForm,
    unit_id: UUID | None,
) -> SelfAssessment:
    """Say how a voice sees a success factor, with its ground.

    Raises Changed when somebody has answered for the same voice since *form.seen* was read.
    """
    if form.voice not in voices_of(actor, dialogue.organizer_id):
        raise NotAllowed(_("Du kan bara svara för den roll du har."))
    lock(session, dialogue)
    if not dialogue.is_open:
        raise Conflict(_("Dialogen är avslutad och svaren ändras inte mer."))
    own = SelfAssessment
    said = session.scalar(
        select(own).where(
            own.organizer_id == dialogue.organizer_id,
            own.national_id == dialogue.id,
            own.voice == form.voice,
            own.factor == form.factor,
            own.unit_id.is_(None) if unit_id is None else own.unit_id == unit_id,
        )
    )
    if form.seen != (said.print if said else ""):
        raise Changed(_("Någon annan har svarat för samma roll medan du skrev."))
    if said is None:
        said = own(
            organizer_id=dialogue.organizer_id,
            national_id=dialogue.id,
            voice=form.voice,
            unit_id=unit_id,
            factor=form.factor,
        )
        session.add(said)
    said.rating, said.ground, said.written_by = form.rating, form.ground, actor.name
    session.flush()
    note(session, actor, "national.assess", said, form)
    return said


def keep_version(
    session: Session,
    actor: Actor,
    *,
    dialogue: NationalQualityDialogue,
    content: National,
    now: datetime,
) -> DialoguePack:
    """Keep the page as it is now; the version can be read by all in the huvudman, not changed."""
    still_open(session, actor, dialogue)
    pack = keep(session, actor, dialogue=dialogue, content=content, now=now)
    record(session, actor, act="national.keep", thing=pack)
    session.flush()
    return pack
