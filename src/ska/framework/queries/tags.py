"""What a finding may be about: items of the framework, and the huvudman's own goals.

A tag is written ``kind:item``: ``sub_goal:gr-1`` or ``local_goal:<uuid>``. The item is its code
without the edition, because ids never change: a tag outlives the edition it was made in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ska.access import Actor, visible
from ska.db.gather import gather
from ska.framework.models import FrameworkEdition, FrameworkItem, LocalGoal, LocalIndicator
from ska.framework.queries.catalogue import items
from ska.framework.rules import KIND_WORDS, MAY_BE_TIED

LOCAL_WORDS = {"local_goal": "Eget mål", "local_indicator": "Egen indikator"}


@dataclass(frozen=True)
class Tag:
    """Something a finding can be about, with its heading and its kind in words."""

    value: str
    heading: str
    kind: str
    school_types: tuple[str, ...] = ()

    @property
    def choice(self) -> tuple[str, str]:
        """Return the tag as a choice in a list: its value and its heading."""
        return self.value, self.heading


def tags(
    session: Session, actor: Actor, organizer_id: UUID, *, school_types: Iterable[str] = ()
) -> list[Tag]:
    """Return what may be tagged: the huvudman's own first, then the framework in its order.

    With *school_types*, items of other skolformer are left out; those for all remain.
    """
    wanted = set(school_types)
    own = _own_tags(session, actor, organizer_id)
    shared = [
        Tag(f"{one.kind}:{one.code}", one.heading, KIND_WORDS[one.kind], tuple(one.school_types))
        for one in items(session, kinds=MAY_BE_TIED)
    ]
    return own + [
        tag for tag in shared if not wanted or not tag.school_types or wanted & {*tag.school_types}
    ]


def _own_tags(session: Session, actor: Actor, organizer_id: UUID) -> list[Tag]:
    """Return the huvudman's own goals and indicators, in one question: those in force first."""
    found = gather(
        session,
        [
            visible(table, actor).where(table.organizer_id == organizer_id)
            for table in (LocalGoal, LocalIndicator)
        ],
    )
    goals = sorted(found.of(LocalGoal), key=lambda one: (one.valid_to is not None, one.title))
    own = sorted(found.of(LocalIndicator), key=lambda one: (one.retired_on is not None, one.name))
    return [
        *(Tag(f"local_goal:{one.id}", one.title, LOCAL_WORDS["local_goal"]) for one in goals),
        *(
            Tag(f"local_indicator:{one.id}", one.name, LOCAL_WORDS["local_indicator"])
            for one in own
        ),
    ]


def unknown_tags(
    session: Session, actor: Actor, organizer_id: UUID, chosen: Iterable[str]
) -> list[str]:
    """Return those of *chosen* that are nothing the huvudman can tag."""
    wanted = list(chosen)
    if not wanted:
        return []
    known = {tag.value for tag in tags(session, actor, organizer_id)}
    return [value for value in wanted if value not in known]


def tag_names(
    session: Session, actor: Actor, organizer_id: UUID, chosen: Iterable[tuple[str, str]]
) -> dict[str, str]:
    """Return ``kind:item`` → heading for tags in use; those that are gone keep their item."""
    wanted = set(chosen)
    names = {f"{kind}:{item}": item for kind, item in wanted}
    if any(kind not in LOCAL_WORDS for kind, _item in wanted):
        rows = session.execute(
            select(FrameworkItem.kind, FrameworkItem.code, FrameworkItem.heading)
            .join(FrameworkEdition, FrameworkEdition.id == FrameworkItem.edition_id)
            .where(FrameworkItem.code.in_([item for _kind, item in wanted]))
            .order_by(FrameworkEdition.status == "current")
        )
        names |= {f"{kind}:{code}": text for kind, code, text in rows if (kind, code) in wanted}
    if any(kind in LOCAL_WORDS for kind, _item in wanted):
        own = _own_tags(session, actor, organizer_id)
        names |= {tag.value: tag.heading for tag in own if tag.value in names}
    return names


def grouped(found: Iterable[Tag]) -> dict[str, list[Tag]]:
    """Return tags by their kind in words, in the order they came."""
    groups: dict[str, list[Tag]] = {}
    for tag in found:
        groups.setdefault(tag.kind, []).append(tag)
    return groups
