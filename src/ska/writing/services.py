"""What people do with texts: write, put back an older version, set aside, freeze."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.audit import record
from ska.core.text import _
from ska.errors import Changed, Conflict, Invalid
from ska.writing.models import TextVersion, WrittenText
from ska.writing.rules import (
    LONGEST,
    Draft,
    Reason,
    is_same_person,
    new_hits,
    stands_after,
    worth_keeping,
    written_since,
)


def open_texts(
    session: Session,
    *,
    organizer_id: UUID,
    unit_id: UUID | None,
    subject: tuple[str, UUID],
    keys: Iterable[str],
) -> list[WrittenText]:
    """Make the empty texts of a new thing; *subject* is its kind and id."""
    kind, id = subject
    texts = [
        WrittenText(
            organizer_id=organizer_id, unit_id=unit_id, subject_kind=kind, subject_id=id, key=key
        )
        for key in keys
    ]
    session.add_all(texts)
    session.flush()
    return texts


def write_text(
    session: Session, actor: Actor, *, text: WrittenText, draft: Draft, now: datetime
) -> WrittenText:
    """Save a draft of a text and return the text with its new version.

    Raises Changed when someone else has written since the version the draft was written on,
    Conflict when the text is frozen, Invalid when it is too long or looks like personal data.
    """
    actor.must(Right.ANALYSE, text.organizer_id, text.unit_id)
    current = _locked(session, text)
    if current.frozen_at is not None:
        raise Conflict(_("Texten är fastställd och kan inte ändras."))
    if not stands_after(current.version, current.text, draft):
        raise Changed(_("{who} har skrivit här samtidigt.").format(who=current.writer_name))
    if draft.text == current.text:
        return current
    _check(session, actor, current, draft)
    _keep_before(session, actor, current, draft, now)
    current.text = draft.text
    current.version += 1
    current.writer_id = actor.person_id
    current.writer_name = actor.name
    current.writer_roles = ", ".join(actor.role_names(current.organizer_id))
    current.written_at = now
    session.flush()
    return current


def _locked(session: Session, text: WrittenText) -> WrittenText:
    """Read the text again and keep others from writing it until this act is done."""
    return session.scalars(
        select(WrittenText)
        .where(WrittenText.organizer_id == text.organizer_id, WrittenText.id == text.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def _check(session: Session, actor: Actor, text: WrittenText, draft: Draft) -> None:
    if len(draft.text) > LONGEST:
        too_long = _("Texten får vara högst {most} tecken (du har {count}).").format(
            most=LONGEST, count=len(draft.text)
        )
        raise Invalid(too_long, {"text": too_long})
    hits = new_hits(text.text, draft.text)
    if hits and not draft.not_personal_data:
        raise Invalid(hits[0].sentence, {"text": hits[0].sentence})
    if hits:
        kinds = sorted({hit.kind.value for hit in hits})
        record(session, actor, act="text.not_personal_data", thing=text, details={"kinds": kinds})


def _keep_before(
    session: Session, actor: Actor, text: WrittenText, draft: Draft, now: datetime
) -> None:
    """Keep the text that is about to be overwritten, when it is worth keeping."""
    if text.kept_at is None:
        text.kept_at = now
    if draft.keeps_old or worth_keeping(
        text.text,
        draft.text,
        same_writer=is_same_person(text.writer_id, actor.person_id),
        since_kept=written_since(text.kept_at, now),
    ):
        _keep(session, text, Reason.REPLACED)
        text.kept_at = now


def _keep(session: Session, text: WrittenText, reason: Reason) -> None:
    session.add(
        TextVersion(
            organizer_id=text.organizer_id,
            text_id=text.id,
            unit_id=text.unit_id,
            number=text.version,
            text=text.text,
            reason=reason,
            writer_id=text.writer_id,
            writer_name=text.writer_name,
            writer_roles=text.writer_roles,
            written_at=text.written_at,
        )
    )


def set_aside(
    session: Session, actor: Actor, *, text: WrittenText, draft: Draft, now: datetime
) -> None:
    """Keep a writer's own text that lost a conflict, so that it can be put back later."""
    actor.must(Right.ANALYSE, text.organizer_id, text.unit_id)
    _check(session, actor, text, draft)
    session.add(
        TextVersion(
            organizer_id=text.organizer_id,
            text_id=text.id,
            unit_id=text.unit_id,
            number=draft.seen,
            text=draft.text,
            reason=Reason.SET_ASIDE,
            writer_id=actor.person_id,
            writer_name=actor.name,
            writer_roles=", ".join(actor.role_names(text.organizer_id)),
            written_at=now,
        )
    )
    session.flush()


def restore_version(
    session: Session,
    actor: Actor,
    *,
    text: WrittenText,
    version: TextVersion,
    seen: int,
    now: datetime,
) -> WrittenText:
    """Put an older version back as the newest one; the text it replaces is kept."""
    draft = Draft(version.text, seen, not_personal_data=True, keeps_old=True)
    restored = write_text(session, actor, text=text, draft=draft, now=now)
    record(session, actor, act="text.restore", thing=restored, details={"number": version.number})
    return restored


def freeze_texts(session: Session, *, texts: Iterable[WrittenText], now: datetime) -> None:
    """Keep each text as the established version and let nobody change it any more.

    Who may establish is decided by the room that the texts belong to.
    """
    for text in texts:
        current = _locked(session, text)
        if current.written_at is not None:
            _keep(session, current, Reason.ESTABLISHED)
        current.frozen_at = now
    session.flush()
