"""Whose coverage it is: the huvudman's units, local goals and their ties, in one statement."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from ska.access import Actor, visible
from ska.core.swedish import sort_key
from ska.db.gather import gather
from ska.framework.models import LocalGoal, LocalTie
from ska.organizers.models import SchoolUnit, UnitSchoolType


@dataclass(frozen=True)
class UnitRow:
    """A unit to choose, with its skolformer."""

    id: UUID
    slug: str
    name: str
    code: str | None
    school_types: frozenset[str]


@dataclass(frozen=True)
class Ours:
    """What the huvudman itself has: units by name, local goals in force first, ties by age."""

    units: list[UnitRow]
    goals: list[LocalGoal]
    ties: list[LocalTie]

    @property
    def school_types(self) -> frozenset[str]:
        """Return the skolformer of all the units."""
        return frozenset().union(*(one.school_types for one in self.units))


def ours(session: Session, actor: Actor, organizer_id: UUID) -> Ours:
    """Return the active units that the person may see, and the local goals with their ties."""
    tables = (SchoolUnit, UnitSchoolType, LocalGoal, LocalTie)
    found = gather(
        session,
        [visible(table, actor).where(table.organizer_id == organizer_id) for table in tables],
    )
    types: dict[UUID, set[str]] = defaultdict(set)
    for one in found.of(UnitSchoolType):
        types[one.unit_id].add(one.school_type)
    units = [
        UnitRow(one.id, one.slug, one.name, one.school_unit_code, frozenset(types[one.id]))
        for one in found.of(SchoolUnit)
        if one.status == "active"
    ]
    return Ours(
        units=sorted(units, key=lambda one: (sort_key(one.name), one.id)),
        goals=sorted(
            found.of(LocalGoal),
            key=lambda one: (one.valid_to is not None, sort_key(one.title)),
        ),
        ties=found.of(LocalTie),
    )
