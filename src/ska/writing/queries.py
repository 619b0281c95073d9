"""Reading texts and their history."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from ska.access import Actor, visible
from ska.db.parts import WHOLE, Part, in_parts
from ska.writing.models import TextVersion, WrittenText


def texts_of(
    session: Session, actor: Actor, subject_kind: str, subject_id: UUID
) -> dict[str, WrittenText]:
    """Return the texts of a thing by key."""
    found = session.scalars(
        visible(WrittenText, actor).where(
            WrittenText.subject_kind == subject_kind, WrittenText.subject_id == subject_id
        )
    )
    return {text.key: text for text in found}


def text_by_id(session: Session, actor: Actor, organizer_id: UUID, id: UUID) -> WrittenText | None:
    """Return one of the huvudman's texts, or None."""
    return session.scalar(
        visible(WrittenText, actor).where(
            WrittenText.organizer_id == organizer_id, WrittenText.id == id
        )
    )


def versions_of(
    session: Session, actor: Actor, text: WrittenText, *, part: Part = WHOLE
) -> Sequence[TextVersion]:
    """Return the kept versions of a text that the actor may read, newest first."""
    query = visible(TextVersion, actor).where(
        TextVersion.organizer_id == text.organizer_id, TextVersion.text_id == text.id
    )
    order = (TextVersion.written_at.desc(), TextVersion.id.desc())
    return session.scalars(in_parts(session, query, order, part)).all()


def version_by_id(
    session: Session, actor: Actor, text: WrittenText, id: UUID
) -> TextVersion | None:
    """Return one kept version of *text*, or None."""
    return session.scalar(
        visible(TextVersion, actor).where(
            TextVersion.organizer_id == text.organizer_id,
            TextVersion.text_id == text.id,
            TextVersion.id == id,
        )
    )


def base_of(session: Session, actor: Actor, text: WrittenText, number: int) -> str | None:
    """Return the text as it stood at version *number*, when it was kept."""
    found = session.scalar(
        visible(TextVersion, actor)
        .where(
            TextVersion.organizer_id == text.organizer_id,
            TextVersion.text_id == text.id,
            TextVersion.number == number,
            TextVersion.reason != "set_aside",
        )
        .limit(1)
    )
    return found.text if found else None
