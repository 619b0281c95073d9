"""Wording that a huvudman has filled in, and what a pasted page would add to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from sqlalchemy.orm import Session

from ska.access import Actor, visible
from ska.framework.models import FrameworkWording
from ska.framework.queries.catalogue import ItemRow, items
from ska.framework.rules import Pasted, place_of, same_words, split_pasted

WORDED = ("objective", "sub_goal", "success_factor")


@dataclass(frozen=True)
class Proposal:
    """A part of a pasted page beside what is known of it.

    *state* is new (no wording yet), same, different, or unplaced (a person says where it belongs).
    """

    pasted: Pasted
    item_id: str | None
    heading: str
    now: str | None
    state: Literal["new", "same", "different", "unplaced"]


def wordings(
    session: Session, actor: Actor, organizer_id: UUID, edition_id: str
) -> dict[str, FrameworkWording]:
    """Return the wordings in use, by the place that each fills."""
    rows = session.scalars(
        visible(FrameworkWording, actor)
        .where(
            FrameworkWording.organizer_id == organizer_id,
            FrameworkWording.edition_id == edition_id,
            FrameworkWording.replaced_at.is_(None),
        )
        .order_by(FrameworkWording.place)
    )
    return {row.place: row for row in rows}


def wording(
    session: Session, actor: Actor, organizer_id: UUID, wording_id: UUID
) -> FrameworkWording | None:
    """Return one wording, in use or not, or None."""
    return session.scalar(
        visible(FrameworkWording, actor).where(
            FrameworkWording.organizer_id == organizer_id, FrameworkWording.id == wording_id
        )
    )


def propose(
    session: Session, actor: Actor, *, organizer_id: UUID, edition_id: str, text: str
) -> list[Proposal]:
    """Return what a pasted page holds, compared with what is known. Nothing is kept."""
    known = items(session, [edition_id], kinds=WORDED)
    filled = wordings(session, actor, organizer_id, edition_id)
    return [_compare(part, known, filled) for part in split_pasted(text)]


def patch_of(rows: dict[str, FrameworkWording], edition_id: str) -> dict[str, Any]:
    """Return the wordings in use as a patch for indicators/, without any person's name."""
    return {
        "edition": edition_id,
        "wordings": [
            {
                "id": row.item_id.partition("/")[2] if row.item_id else None,
                "kind": row.kind,
                "school_type": row.school_type,
                "number": row.number,
                "text": row.text,
                "text_status": "seen",
                "source_url": row.source_url,
                "seen_on": row.seen_on.isoformat(),
            }
            for row in rows.values()
        ],
    }


def _compare(part: Pasted, known: list[ItemRow], filled: dict[str, FrameworkWording]) -> Proposal:
    item = next((one for one in known if _is(part, one)), None)
    place = place_of(item.id if item else None, part.kind, part.school_type, part.number)
    kept = filled.get(place)
    now = kept.text if kept else (item.text if item else None)
    heading = item.heading if item else (part.heading or "")
    if now is not None:
        state: Any = "same" if same_words(now, part.text) else "different"
    elif item is None and not (part.school_type and part.number):
        state = "unplaced"
    else:
        state = "new"
    return Proposal(part, item.id if item else None, heading, now, state)


def _is(part: Pasted, item: ItemRow) -> bool:
    if part.kind != item.kind:
        return False
    if part.kind == "success_factor":
        return same_words((part.heading or "").casefold(), item.heading.casefold())
    if part.school_type not in item.school_types:
        return False
    return part.kind == "objective" or part.number == item.number
