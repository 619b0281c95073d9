"""The framework as one reads it: an edition, and one item with all that belongs to it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ska.access import Actor, visible
from ska.db.gather import gather
from ska.errors import Missing
from ska.framework.models import FrameworkWording, LocalGoal, LocalIndicator, LocalTie
from ska.framework.queries import (
    EditionRow,
    ItemRow,
    edition,
    items,
    wordings,
)


@dataclass(frozen=True)
class SystemView:
    """An edition with its items by kind, and the wording that is filled in."""

    edition: EditionRow
    items: list[ItemRow]
    wordings: dict[str, FrameworkWording]

    def of(self, kind: str) -> list[ItemRow]:
        """Return the items of one kind, in the order of the files."""
        return [one for one in self.items if one.kind == kind]

    def children(self, parent: ItemRow) -> list[ItemRow]:
        """Return what lies under *parent*."""
        return [one for one in self.items if one.parent_id == parent.id]

    def measures(self, goal: ItemRow) -> list[ItemRow]:
        """Return the indicators of a delmål."""
        return [
            one for one in self.of("indicator") if goal.code in one.details.get("sub_goals", ())
        ]

    def pasted(self, school_type: str) -> list[FrameworkWording]:
        """Return delmål of a skolform that the huvudman read and the edition does not know."""
        return sorted(
            (
                one
                for one in self.wordings.values()
                if one.item_id is None and one.school_type == school_type
            ),
            key=lambda one: one.number or 0,
        )

    @property
    def known(self) -> list[ItemRow]:
        """Return the målsättningar whose delmål are known, from the file or pasted."""
        return [one for one in self.of("objective") if self._has_goals(one)]

    @property
    def unread(self) -> list[ItemRow]:
        """Return the målsättningar whose delmål have not been read."""
        return [one for one in self.of("objective") if not self._has_goals(one)]

    @property
    def candidates(self) -> dict[str, list[ItemRow]]:
        """Return the unconfirmed measures by their first skolform."""
        by_type: dict[str, list[ItemRow]] = defaultdict(list)
        for one in self.of("candidate"):
            by_type[one.school_types[0]].append(one)
        return dict(by_type)

    @property
    def has_unread_wording(self) -> bool:
        """Tell whether any wording is still missing."""
        return any(
            one.text is None and one.id not in self.wordings
            for one in self.items
            if one.text_status is not None
        )

    def _has_goals(self, objective: ItemRow) -> bool:
        return bool(
            self.children(objective)
            or any(self.pasted(school_type) for school_type in objective.school_types)
        )


@dataclass(frozen=True)
class TieRow:
    """A local goal or indicator that is tied to the item, with the reason."""

    goal_id: UUID | None
    indicator_id: UUID | None
    title: str
    reason: str

    @property
    def tag(self) -> str:
        """Return the tag of what is tied."""
        if self.goal_id:
            return f"local_goal:{self.goal_id}"
        return f"local_indicator:{self.indicator_id}"

    @property
    def address(self) -> str:
        """Return the end of the address of what is tied."""
        if self.goal_id:
            return f"egna-mal/{self.goal_id}"
        return f"egna-indikatorer/{self.indicator_id}"


@dataclass(frozen=True)
class ItemView:
    """One item with its wording, its place in the system and what is local about it."""

    edition: EditionRow
    item: ItemRow
    wording: FrameworkWording | None
    above: list[ItemRow]
    below: list[ItemRow]
    ties: list[TieRow]

    @property
    def keys(self) -> list[str]:
        """Return the tags that count as about this item: its own, its parts' and its goals'."""
        return [
            f"{self.item.kind}:{self.item.code}",
            *(f"{one.kind}:{one.code}" for one in self.below),
            *(one.tag for one in self.ties),
        ]

    @property
    def text_status(self) -> str | None:
        """Return whether the wording is here: pasted wins over what the edition says."""
        return "pasted" if self.wording else self.item.text_status


def system_view(
    session: Session, actor: Actor, organizer_id: UUID, found: EditionRow
) -> SystemView:
    """Return an edition with its items and the huvudman's wording, in two statements."""
    return SystemView(
        edition=found,
        items=items(session, [found.id]),
        wordings=wordings(session, actor, organizer_id, found.id),
    )


def item_view(session: Session, actor: Actor, organizer_id: UUID, item_id: str) -> ItemView:
    """Return one item with what is around it; raise Missing when there is none."""
    edition_id = item_id.partition("/")[0]
    found = edition(session, edition_id)
    around = items(session, [edition_id], retired=True)
    one = next((item for item in around if item.id == item_id), None)
    if found is None or one is None:
        raise Missing
    wording, ties = _local(session, actor, organizer_id, item_id)
    return ItemView(
        edition=found,
        item=one,
        wording=wording,
        above=_above(one, around),
        below=_below(one, around),
        ties=ties,
    )


def _local(
    session: Session, actor: Actor, organizer_id: UUID, item_id: str
) -> tuple[FrameworkWording | None, list[TieRow]]:
    """Return the wording in use of the item, and what is tied to it, in one statement."""
    tied = LocalTie.organizer_id == organizer_id, LocalTie.item_id == item_id
    found = gather(
        session,
        [
            visible(FrameworkWording, actor).where(
                FrameworkWording.organizer_id == organizer_id,
                FrameworkWording.place == item_id,
                FrameworkWording.replaced_at.is_(None),
            ),
            visible(LocalTie, actor).where(*tied),
            visible(LocalGoal, actor).where(
                LocalGoal.organizer_id == organizer_id,
                LocalGoal.id.in_(select(LocalTie.local_goal_id).where(*tied)),
            ),
            visible(LocalIndicator, actor).where(
                LocalIndicator.organizer_id == organizer_id,
                LocalIndicator.id.in_(select(LocalTie.local_indicator_id).where(*tied)),
            ),
        ],
    )
    titles: dict[UUID | None, str] = {one.id: one.title for one in found.of(LocalGoal)}
    titles |= {one.id: one.name for one in found.of(LocalIndicator)}
    rows = [
        TieRow(
            one.local_goal_id,
            one.local_indicator_id,
            titles[one.local_goal_id or one.local_indicator_id],
            one.reason,
        )
        for one in found.of(LocalTie)
    ]
    return next(iter(found.of(FrameworkWording)), None), rows


def _above(item: ItemRow, around: list[ItemRow]) -> list[ItemRow]:
    if item.kind in {"indicator", "condition"}:
        wanted = set(item.details.get("sub_goals", ()))
        parents = [one for one in around if one.kind == "sub_goal" and one.code in wanted]
        return [*(_above(parents[0], around) if parents else []), *parents]
    parent = next((one for one in around if one.id == item.parent_id), None)
    return [*_above(parent, around), parent] if parent else []


def _below(item: ItemRow, around: list[ItemRow]) -> list[ItemRow]:
    if item.kind == "sub_goal":
        return [
            one
            for one in around
            if one.kind == "indicator"
            and item.code in one.details.get("sub_goals", ())
            and one.retired_on is None
        ]
    return [one for one in around if one.parent_id == item.id and one.retired_on is None]
