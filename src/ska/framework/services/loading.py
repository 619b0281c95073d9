"""Loading editions: the same content twice changes nothing, a released one can never change."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from ska.core.text import _
from ska.errors import Conflict
from ska.framework.definitions import Edition, read_editions
from ska.framework.models import FrameworkEdition, FrameworkItem, FrameworkLink
from ska.framework.services.metadata import compare_labels
from ska.framework.services.rows import head_row, item_rows, link_rows


@dataclass
class Loaded:
    """What loading one edition did; *by_kind* counts all its items."""

    edition: str
    publisher: str
    items: int = 0
    by_kind: dict[str, int] = field(default_factory=dict)
    new: int = 0
    unchanged: int = 0
    revised: int = 0
    retired: int = 0
    warnings: list[str] = field(default_factory=list)

    def as_report(self) -> dict[str, Any]:
        """Return the report that every `ska load … --json` gives, one object an edition."""
        return {
            "file": f"indicators/{self.edition}",
            "source": self.publisher,
            "rows": self.items,
            "cells": self.items,
            "by_status": self.by_kind,
            "rejected": 0,
            "new": self.new,
            "unchanged": self.unchanged,
            "revised": self.revised,
            "retired": self.retired,
            "warnings": self.warnings,
        }


def load_framework(
    session: Session, *, root: Path, today: date, table: list[str] | None = None
) -> list[Loaded]:
    """Load every edition under *root* as the database's owner.

    *table* holds the labels of Skolverket's own table today: what differs from the quality system
    in force becomes warnings, for a person to read and make a new edition of. Raises BrokenEdition
    for files that do not hold, Conflict for a released edition that was altered. What people wrote
    is never touched: only catalogue tables are.
    """
    editions = read_editions(root)
    loaded = [load_edition(session, edition, today=today) for edition in editions]
    for edition, one in zip(editions, loaded, strict=True):
        head = edition.head
        if table is not None and head.kind == "quality_system" and head.status == "current":
            known = [indicator.published_label for indicator in edition.indicators]
            one.warnings = compare_labels(known, table)
    return loaded


def load_edition(session: Session, edition: Edition, *, today: date) -> Loaded:
    """Load one edition; what is gone from an unreleased edition is retired on *today*."""
    loaded = Loaded(edition.head.id, edition.head.publisher)
    stored = session.get(FrameworkEdition, edition.head.id)
    _refuse_altered(stored, edition)
    head = head_row(edition)
    if stored is None:
        session.add(FrameworkEdition(**head))
    else:
        _revise(stored, head)
    session.flush()
    _load_items(session, edition, loaded, today)
    _load_links(session, edition)
    return loaded


def _refuse_altered(stored: FrameworkEdition | None, edition: Edition) -> None:
    if stored is None or stored.released is None:
        return
    if stored.digest != edition.digest or edition.head.released != stored.released:
        raise Conflict(
            _(
                "Utgåvan {name} släpptes {day} och får inte ändras. Lägg ändringen i en ny utgåva "
                "och skriv i dess mapping-fil vad som hände med varje id."
            ).format(name=stored.id, day=stored.released)
        )


def _load_items(session: Session, edition: Edition, loaded: Loaded, today: date) -> None:
    rows = {row["id"]: row for row in item_rows(edition)}
    stored = {
        item.id: item
        for item in session.scalars(
            select(FrameworkItem).where(FrameworkItem.edition_id == edition.head.id)
        )
    }
    loaded.items = len(rows)
    loaded.by_kind = dict(Counter(str(row["kind"]) for row in rows.values()))
    fresh = [row for id_, row in rows.items() if id_ not in stored]
    if fresh:
        session.execute(insert(FrameworkItem), fresh)
    loaded.new = len(fresh)
    for id_, item in stored.items():
        if id_ in rows:
            changed = _revise(item, {**rows[id_], "retired_on": None})
            loaded.revised += changed
            loaded.unchanged += not changed
        elif item.retired_on is None:
            item.retired_on = today
            loaded.retired += 1
    session.flush()


def _load_links(session: Session, edition: Edition) -> None:
    rows = link_rows(edition)
    prefix = f"{edition.head.id}/"
    stored = session.execute(
        select(FrameworkLink.item_id, FrameworkLink.to_id, FrameworkLink.certainty).where(
            FrameworkLink.item_id.startswith(prefix)
        )
    ).all()
    if {tuple(row) for row in stored} == {tuple(row.values()) for row in rows}:
        return
    session.execute(delete(FrameworkLink).where(FrameworkLink.item_id.startswith(prefix)))
    if rows:
        session.execute(insert(FrameworkLink), rows)


def _revise(stored: Any, values: dict[str, Any]) -> bool:
    changed = {name: value for name, value in values.items() if getattr(stored, name) != value}
    for name, value in changed.items():
        setattr(stored, name, value)
    return bool(changed.keys() - {"position"})  # a place in the list is no revision
