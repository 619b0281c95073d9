"""Whose coverage it is: the huvudman's skolformer and units, in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.orm import Session

from ska.access import Actor, visible
from ska.organizers.models import SchoolUnit, UnitSchoolType


@dataclass(frozen=True)
class UnitRow:
    """A unit to choose, with its skolformer."""

    id: UUID
    slug: str
    name: str
    code: str | None
    school_types: frozenset[str]


def units(session: Session, actor: Actor, organizer_id: UUID) -> list[UnitRow]:
    """Return the huvudman's active units that the person may see, by name."""
    rows = session.execute(
        visible(SchoolUnit, actor)
        .where(SchoolUnit.organizer_id == organizer_id, SchoolUnit.status == "active")
        .outerjoin(UnitSchoolType, UnitSchoolType.unit_id == SchoolUnit.id)
        .with_only_columns(
            SchoolUnit.id,
            SchoolUnit.slug,
            SchoolUnit.name,
            SchoolUnit.school_unit_code,
            func.array_remove(func.array_agg(UnitSchoolType.school_type), None),
        )
        .group_by(SchoolUnit.id)
        .order_by(SchoolUnit.name, SchoolUnit.id)
    )
    return [UnitRow(row[0], row[1], row[2], row[3], frozenset(row[4] or ())) for row in rows]
