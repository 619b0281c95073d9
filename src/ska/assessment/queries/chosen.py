"""What of grades beside test grades is looked at: the relation, the place, and beside whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar
from uuid import UUID

from ska.core.text import _
from ska.errors import Missing
from ska.framework.definitions import Relation, RelationSubject
from ska.organizers.models import Organizer
from ska.overview.queries.items import ItemRow
from ska.overview.queries.pages import UnitRow, chosen_unit
from ska.overview.queries.peers import Peer, in_county_of, similar_to
from ska.overview.queries.relations import WAYS, code_of, relation_items, relations

T = TypeVar("T", Relation, RelationSubject)
UNITS, SIMILAR, COUNTY = "enheter", "liknande", "lan"
ALONE = "ingen"


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
    """The own group: other units, or municipalities."""

    key: str
    label: str
    peers: tuple[Peer, ...] = ()


@dataclass(frozen=True)
class ChosenRelation:
    """What of the relation is looked at, where, and beside whom."""

    relation: Relation
    units: list[UnitRow]
    unit: UnitRow | None
    groups: list[GroupChoice]
    group: GroupChoice

    @property
    def beside(self) -> list[UnitRow]:
        """Return the units that the own place stands beside."""
        others = self.units if self.group.key == UNITS else []
        return [one for one in others if self.unit is None or one.id != self.unit.id]

    @property
    def read(self) -> list[UnitRow]:
        """Return the units that are read."""
        return [*self.beside, *([self.unit] if self.unit else [])]


def chosen_of(
    organizer: Organizer, units: list[UnitRow], asked: Asked, home: UUID | None
) -> ChosenRelation:
    """Return what the address chooses; raise Missing for what is not there."""
    relation = one_of(relations(), asked.relation, "np-betyg-ak9")
    unit = chosen_unit(units, asked.unit)
    if asked.unit is None:
        unit = next((one for one in units if one.id == home), None)
    groups = _groups(organizer, has_units=len(units) > 1)
    group = next((one for one in groups if one.key == asked.group), groups[0])
    return ChosenRelation(relation, units, unit, groups, group)


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


def _groups(organizer: Organizer, *, has_units: bool) -> list[GroupChoice]:
    code = organizer.municipality_code
    county, in_county = in_county_of(code)
    found = [
        GroupChoice(SIMILAR, _("Liknande kommuner (grundskola)"), similar_to(code)),
        GroupChoice(COUNTY, county, in_county),
    ]
    municipal = [one for one in found if one.peers]
    own = [GroupChoice(UNITS, _("Våra enheter"))] if has_units else []
    return [*own, *municipal, GroupChoice(ALONE, _("Ingen grupp"))]
