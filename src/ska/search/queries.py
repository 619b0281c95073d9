"""Searching: one statement over everything that the person may see, best hits first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, String, cast, func, select, union_all
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.core.text import _
from ska.organizers.models import Organizer
from ska.search import rules
from ska.search.asking import Ask
from ska.search.sources import sources

_STEM = re.compile(r"'((?:[^']|'')+)':")


@dataclass(frozen=True)
class Hit:
    """Something that was found: what it is, where it leads, and why it was found."""

    kind: str
    what: str
    title: list[rules.Part]
    text: list[rules.Part]
    href: str

    @property
    def name(self) -> str:
        """Return the title as plain text."""
        return "".join(part.text for part in self.title)


@dataclass(frozen=True)
class Group:
    """The hits of one kind on this page, and how many there are in all."""

    kind: str
    name: str
    total: int
    hits: list[Hit]


@dataclass(frozen=True)
class Found:
    """The answer to a question: groups of hits in order of relevance."""

    query: str
    slice: rules.Slice
    groups: list[Group]

    @property
    def hits(self) -> list[Hit]:
        """Return all hits of this page in order."""
        return [hit for group in self.groups for hit in group.hits]


@dataclass(frozen=True)
class Wish:
    """What is asked for: the words, one kind or all, and which page of how many."""

    query: str
    kind: str | None = None
    start: int = 0
    count: int = 20


def search(
    session: Session,
    actor: Actor,
    organizer: Organizer,
    wish: Wish,
    *,
    pages: Sequence[tuple[str, str]] = (),
) -> Found:
    """Return what *actor* may see that holds every word of the wish.

    *pages* are (title, address) of pages that the words name; they come first.
    """
    words = rules.words_in(wish.query)
    if not words:
        return Found(wish.query, rules.Slice(0, 0, 0), [])
    own = [] if wish.kind not in (None, "page") else [_page(one, words) for one in pages]
    rows = _rows(session, Ask(actor, organizer, words), wish, len(own))
    groups = list(_groups(rows, words))
    total = len(own) + (rows[0].total if rows else _total(session, actor, organizer, words, wish))
    shown = own[wish.start : wish.start + wish.count]
    if shown:
        groups.insert(0, Group("page", rules.KINDS["page"], len(own), shown))
    count = sum(len(group.hits) for group in groups)
    return Found(wish.query, rules.Slice(total, wish.start, count), groups)


def _page(page: tuple[str, str], words: Sequence[str]) -> Hit:
    title, href = page
    return Hit("page", _("Sida"), rules.marked(title, words), [], href)


def _counted(ask: Ask, kind: str | None) -> Select[Any]:
    found = union_all(*sources(ask)).subquery()
    best = (
        select(found)
        .ext(distinct_on(found.c.kind, found.c.target))
        .order_by(found.c.kind, found.c.target, found.c.rank.desc(), found.c.text)
        .subquery()
    )
    kept = select(best)
    if kind is not None:
        kept = kept.where(best.c.kind == kind)
    return kept.add_columns(
        func.count().over().label("total"),
        func.count().over(partition_by=best.c.kind).label("of_kind"),
        func.max(best.c.rank).over(partition_by=best.c.kind).label("of_best"),
        cast(ask.tsquery, String).label("stems"),
    ).order_by(
        func.max(best.c.rank).over(partition_by=best.c.kind).desc(),
        best.c.kind,
        best.c.rank.desc(),
        best.c.title,
        best.c.target,
    )


def _rows(session: Session, ask: Ask, wish: Wish, before: int) -> Sequence[Any]:
    """Return this page's rows; *before* hits come ahead of them and take their places."""
    start = max(0, wish.start - before)
    count = wish.count - max(0, before - wish.start)
    count = max(0, count)
    return session.execute(_counted(ask, wish.kind).limit(count).offset(start)).all()


def _total(
    session: Session, actor: Actor, organizer: Organizer, words: list[str], wish: Wish
) -> int:
    """Return how many there are when the page asked for lies after the last."""
    if wish.start == 0:
        return 0
    found = _counted(Ask(actor, organizer, words), wish.kind).order_by(None).subquery()
    return session.scalar(select(func.count()).select_from(found)) or 0


def _groups(rows: Sequence[Any], words: Sequence[str]) -> Iterator[Group]:
    kinds = dict.fromkeys(row.kind for row in rows)
    for kind in kinds:
        own = [row for row in rows if row.kind == kind]
        hits = [_hit(row, words) for row in own]
        yield Group(kind, rules.KINDS[kind], own[0].of_kind, hits)


def _hit(row: Any, words: Sequence[str]) -> Hit:
    stems = list({*(stem.replace("''", "'") for stem in _STEM.findall(row.stems)), *words})
    text = rules.snippet(row.text, stems) if row.text else []
    return Hit(row.kind, row.what, rules.marked(row.title, stems), text, row.path)


def rights_in(actor: Actor, organizer: Organizer) -> list[Right]:
    """Return the rights that *actor* holds in the huvudman."""
    return [right for right in Right if actor.may(right, organizer.id)]
