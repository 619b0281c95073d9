"""Editions and their items, as rows. Catalogue tables hold no huvudman's data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, or_, select
from sqlalchemy.orm import Session

from ska.core.text import _
from ska.db.parts import WHOLE, Part, in_parts
from ska.framework.models import FrameworkEdition, FrameworkItem, FrameworkLink

MEASURES = ("indicator", "condition", "candidate")


@dataclass(frozen=True)
class EditionRow:
    """An edition as pages need it; *sources* by id."""

    id: str
    kind: str
    name: str
    publisher: str
    status: str
    released: str | None
    url: str
    text_note: str
    sources: dict[str, Any]
    details: dict[str, Any]


@dataclass(frozen=True)
class ItemRow:
    """An item as pages need it; *details* is its own definition."""

    id: str
    edition_id: str
    code: str
    kind: str
    parent_id: str | None
    number: int | None
    school_types: list[str]
    heading: str
    heading_is_official: bool
    text: str | None
    text_status: str | None
    published_label: str | None
    details: dict[str, Any]
    retired_on: date | None


_EDITION = [getattr(FrameworkEdition, name) for name in EditionRow.__dataclass_fields__]
_ITEM = [getattr(FrameworkItem, name) for name in ItemRow.__dataclass_fields__]


def editions(session: Session) -> list[EditionRow]:
    """Return all loaded editions, the national system first."""
    order = (FrameworkEdition.kind != "quality_system", FrameworkEdition.id)
    return [EditionRow(*row) for row in session.execute(select(*_EDITION).order_by(*order))]


def edition(session: Session, edition_id: str) -> EditionRow | None:
    """Return one edition, or None."""
    row = session.execute(select(*_EDITION).where(FrameworkEdition.id == edition_id)).one_or_none()
    return EditionRow(*row) if row else None


def current_system(session: Session) -> EditionRow | None:
    """Return the national quality system in force, or None before it is loaded."""
    row = session.execute(
        select(*_EDITION)
        .where(FrameworkEdition.kind == "quality_system", FrameworkEdition.status == "current")
        .order_by(FrameworkEdition.published.desc())
        .limit(1)
    ).one_or_none()
    return EditionRow(*row) if row else None


def is_loaded(connection: Connection, _now: datetime) -> str:
    """Return ``ok`` when the national quality system is there, else the command that loads it."""
    with Session(connection) as session:
        return "ok" if current_system(session) else _("kör ska load framework")


def items(
    session: Session,
    edition_ids: Iterable[str] = (),
    *,
    kinds: Iterable[str] = (),
    school_type: str | None = None,
    retired: bool = False,
    part: Part = WHOLE,
) -> list[ItemRow]:
    """Return items in the order of their files; without the retired unless asked for."""
    query: Select[Any] = select(*_ITEM)
    if wanted := list(edition_ids):
        query = query.where(FrameworkItem.edition_id.in_(wanted))
    if kind := list(kinds):
        query = query.where(FrameworkItem.kind.in_(kind))
    if school_type is not None:
        query = query.where(FrameworkItem.school_types.contains([school_type]))
    if not retired:
        query = query.where(FrameworkItem.retired_on.is_(None))
    order = (FrameworkItem.edition_id, FrameworkItem.position, FrameworkItem.id)
    return [ItemRow(*row) for row in session.execute(in_parts(session, query, order, part))]


def items_in_force(session: Session, *, kinds: Iterable[str]) -> list[ItemRow]:
    """Return items of the editions in force, without those retired, in one statement."""
    rows = session.execute(
        select(*_ITEM)
        .join(FrameworkEdition, FrameworkEdition.id == FrameworkItem.edition_id)
        .where(
            FrameworkEdition.status == "current",
            FrameworkItem.kind.in_(list(kinds)),
            FrameworkItem.retired_on.is_(None),
        )
        .order_by(FrameworkEdition.kind != "quality_system", FrameworkEdition.id)
        .order_by(FrameworkItem.position, FrameworkItem.id)
    )
    return [ItemRow(*row) for row in rows]


def item(session: Session, item_id: str) -> ItemRow | None:
    """Return one item, retired or not, or None."""
    row = session.execute(select(*_ITEM).where(FrameworkItem.id == item_id)).one_or_none()
    return ItemRow(*row) if row else None


def links_of(session: Session, edition_id: str) -> list[tuple[str, str]]:
    """Return (indicator, delmål) of an edition, by their ids."""
    prefix = f"{edition_id}/"
    rows = session.execute(
        select(FrameworkLink.item_id, FrameworkLink.to_id)
        .where(or_(FrameworkLink.item_id.startswith(prefix, autoescape=True)))
        .order_by(FrameworkLink.to_id, FrameworkLink.item_id)
    )
    return [(row[0], row[1]) for row in rows]


def indicators_by_label(session: Session) -> dict[str, str]:
    """Return published label → item id, for joining Skolverket's tables to the framework.

    The label is the key because the tables' codes move (data-sources, section 4).
    """
    rows = session.execute(
        select(FrameworkItem.published_label, FrameworkItem.id).where(
            FrameworkItem.published_label.is_not(None), FrameworkItem.retired_on.is_(None)
        )
    )
    return {label: id_ for label, id_ in rows if label}
