"""Filling in wording that was read at the source: rows beside the edition, never changes of it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.audit import record
from ska.core.text import _
from ska.errors import Invalid, Missing
from ska.framework.forms import AcceptForm, WordingForm
from ska.framework.models import FrameworkEdition, FrameworkItem, FrameworkWording
from ska.framework.rules import place_of, same_words


def accept_wordings(
    session: Session, actor: Actor, *, organizer_id: UUID, form: AcceptForm, now: datetime
) -> list[FrameworkWording]:
    """Keep the wordings that a person compared and accepted; those already kept are left alone."""
    actor.must(Right.EDIT_FRAMEWORK, organizer_id)
    if session.get(FrameworkEdition, form.edition) is None:
        raise Missing
    if form.seen_on > now.date():
        raise Invalid(_("Datumet ligger i framtiden."), {"seen_on": _("Skriv dagen du läste.")})
    kept = [_keep(session, actor, organizer_id, form, one, now) for one in form.wordings]
    session.flush()
    return [row for row in kept if row is not None]


def withdraw_wording(
    session: Session, actor: Actor, *, wording: FrameworkWording, now: datetime
) -> None:
    """Take a wording out of use; the row stays as history."""
    actor.must(Right.EDIT_FRAMEWORK, wording.organizer_id)
    if wording.replaced_at is None:
        wording.replaced_at = now
        record(session, actor, act="wording.withdraw", thing=wording)
        session.flush()


def _keep(
    session: Session,
    actor: Actor,
    organizer_id: UUID,
    form: AcceptForm,
    one: WordingForm,
    now: datetime,
) -> FrameworkWording | None:
    item = _item(session, form.edition, one)
    place = place_of(item.id if item else None, one.kind, one.school_type, one.number)
    mine = (
        FrameworkWording.organizer_id == organizer_id,
        FrameworkWording.edition_id == form.edition,
        FrameworkWording.place == place,
        FrameworkWording.replaced_at.is_(None),
    )
    before = session.query(FrameworkWording).where(*mine).one_or_none()
    if before is not None and same_words(before.text, one.text):
        return None
    session.execute(update(FrameworkWording).where(*mine).values(replaced_at=now))
    row = FrameworkWording(
        organizer_id=organizer_id,
        edition_id=form.edition,
        item_id=item.id if item else None,
        place=place,
        kind=one.kind,
        school_type=one.school_type,
        number=one.number,
        text=one.text,
        source_url=form.source_url,
        seen_on=form.seen_on,
        person_id=actor.person_id,
        person_name=actor.name,
    )
    session.add(row)
    session.flush()
    record(session, actor, act="wording.accept", thing=row, details={"place": place})
    return row


def _item(session: Session, edition: str, one: WordingForm) -> FrameworkItem | None:
    if not one.item_id:
        return None
    item = session.get(FrameworkItem, one.item_id)
    if item is None or item.edition_id != edition or item.text_status is None:
        raise Missing
    return item
