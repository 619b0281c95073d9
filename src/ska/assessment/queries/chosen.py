"""What of grades beside test grades is looked at: the relation, the place, and beside whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.orm import Session

from ska.access import Actor, visible
from ska.core.swedish import sort_key
from ska.core.text import _
from ska.errors import Missing
from ska.framework.definitions import Relation, RelationSubject
from ska.organizers.models import GroupMember, Organizer, PrincipalsGroup, SchoolUnit
from ska.organizers.rules import ALL, COUNTY, GROUP, SIMILAR, SKR_GROUP, UNITS
from ska.overview.queries.items import ItemRow
from ska.overview.queries.pages import UnitRow, by_name, chosen_unit, unit_row, units_in_use
from ska.overview.queries.peers import Peer, in_county_of, similar_to
from ska.overview.queries.relations import WAYS, code_of, relation_items, relations

T = TypeVar("T", Relation, RelationSubject)
ALONE = "ingen"
_LACKING = {
    UNITS: _("Här finns inga andra enheter."),
    SIMILAR: _("Här finns inga liknande kommuner."),
    COUNTY: _("Här finns inga andra kommuner i länet."),
    SKR_GROUP: _("Kommunerna i SKR:s grupp visas inte på den här sidan."),
    ALL: _("Alla kommuner visas inte på den här sidan."),
}


@dataclass(frozen=True)
class Asked:
    """What the address asks for; empty is the usual."""

    unit: str | None = None
    relation: str = ""
    subject: str = ""
    spring: str = ""
    group: str = ""
    known: date | None = None

    @property
    def of_today(self) -> Asked:
        """Return the same as it is known today: what is pinned is what is known now."""
        return replace(self, known=None)


@dataclass(frozen=True)
class GroupChoice:
    """The own group: other units, those of a rektorsgrupp by their ids, or municipalities."""

    key: str
    label: str
    peers: tuple[Peer, ...] = ()
    units: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class ChosenRelation:
    """What of the relation is looked at, where, and beside whom.

    *instead* says which group was asked for and is not here, and what is shown in its place.
    """

    relation: Relation
    units: list[UnitRow]
    unit: UnitRow | None
    groups: list[GroupChoice]
    group: GroupChoice
    instead: str = ""

    @property
    def beside(self) -> list[UnitRow]:
        """Return the units that the own place stands beside."""
        among = self.group.units
        others = [one for one in self.units if self.group.key == UNITS or one.id in among]
        return [one for one in others if self.unit is None or one.id != self.unit.id]

    @property
    def read(self) -> list[UnitRow]:
        """Return the units that are read."""
        return [*self.beside, *([self.unit] if self.unit else [])]


def units_and_groups(
    session: Session, actor: Actor, organizer_id: UUID
) -> tuple[list[UnitRow], list[GroupChoice]]:
    """Return the huvudman's units and its rektorsgrupper, in one question."""
    told = func.jsonb_build_array(PrincipalsGroup.slug, PrincipalsGroup.name)
    in_it = (
        visible(GroupMember, actor)
        .join(PrincipalsGroup, PrincipalsGroup.id == GroupMember.group_id)
        .where(
            GroupMember.organizer_id == SchoolUnit.organizer_id,
            GroupMember.unit_id == SchoolUnit.id,
            PrincipalsGroup.ended_at.is_(None),
        )
        .with_only_columns(func.jsonb_agg(told))
    )
    units = units_in_use(actor, organizer_id).add_columns(in_it.scalar_subquery())
    rows = session.execute(units).all()
    members: dict[tuple[str, str], set[UUID]] = {}
    for row in rows:
        for slug, name in row[5] or ():
            members.setdefault((name, slug), set()).add(row.id)
    ordered = sorted(members.items(), key=lambda one: (sort_key(one[0][0]), one[0]))
    groups = [
        GroupChoice(f"{GROUP}{slug}", name, units=frozenset(ids)) for (name, slug), ids in ordered
    ]
    return by_name(unit_row(*row[:5]) for row in rows), groups


def chosen_of(
    organizer: Organizer,
    units: list[UnitRow],
    asked: Asked,
    home: UUID | None,
    among: Sequence[GroupChoice] = (),
) -> ChosenRelation:
    """Return what the address chooses; raise Missing for what is not there.

    *among* are the huvudman's rektorsgrupper.
    """
    relation = one_of(relations(), asked.relation, "np-betyg-ak9")
    unit = chosen_unit(units, asked.unit)
    if asked.unit is None:
        unit = next((one for one in units if one.id == home), None)
    groups = _groups(organizer, among, has_units=len(units) > 1)
    group = next((one for one in groups if one.key == asked.group), groups[0])
    return ChosenRelation(relation, units, unit, groups, group, _instead(asked.group, group))


def _instead(asked: str, shown: GroupChoice) -> str:
    """Return that the group of the address is not here, and what is shown; nothing when it is."""
    if asked in ("", shown.key):
        return ""
    unknown = _("Gruppen ”{name}” finns inte här, eller så får du inte se den.")
    why = _LACKING.get(asked) or unknown.format(name=asked.removeprefix(GROUP))
    return _("{why} I stället visas ”{shown}”.").format(why=why, shown=shown.label)


def items_of(relation: Relation) -> list[ItemRow]:
    """Return the indicators of a relation: every subject in each way."""
    return [
        relation_items()[code_of(relation, one, way)] for one in relation.subjects for way in WAYS
    ]


def one_of(found: Sequence[T], code: str, usual: str) -> T:
    """Return the one with this id, the usual for none; raise Missing for another."""
    one = next((one for one in found if one.id == (code or usual)), None)
    if one is None:
        raise Missing
    return one


def _groups(
    organizer: Organizer, among: Sequence[GroupChoice], *, has_units: bool
) -> list[GroupChoice]:
    code = organizer.municipality_code
    county, in_county = in_county_of(code)
    found = [
        GroupChoice(SIMILAR, _("Liknande kommuner (grundskola)"), similar_to(code)),
        GroupChoice(COUNTY, county, in_county),
    ]
    municipal = [one for one in found if one.peers]
    own = [GroupChoice(UNITS, _("Våra enheter"))] if has_units else []
    return [*own, *among, *municipal, GroupChoice(ALONE, _("Ingen grupp"))]
