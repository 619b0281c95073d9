"""What people do with the organisation."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.audit import record
from ska.core.text import _
from ska.errors import Conflict
from ska.organizers.forms import UnitForm
from ska.organizers.models import SchoolUnit, UnitSchoolType
from ska.organizers.rules import SchoolType, slug_of


def add_unit(session: Session, actor: Actor, *, organizer_id: UUID, form: UnitForm) -> SchoolUnit:
    """Add a unit that no register holds; raise Conflict when the name is taken."""
    actor.must(Right.MANAGE_UNITS, organizer_id)
    slug = slug_of(form.name)
    taken = session.scalar(
        select(SchoolUnit.id).where(
            SchoolUnit.organizer_id == organizer_id, SchoolUnit.slug == slug
        )
    )
    if taken is not None:
        raise Conflict(_("Det finns redan en enhet med det namnet. Välj ett annat."))
    preschool = form.school_type is SchoolType.PRESCHOOL
    unit = SchoolUnit(
        organizer_id=organizer_id,
        slug=slug,
        name=form.name,
        kind="preschool_unit" if preschool else "school_unit",
        source="egen uppgift",
    )
    session.add(unit)
    session.flush()
    session.add(
        UnitSchoolType(organizer_id=organizer_id, unit_id=unit.id, school_type=form.school_type)
    )
    record(session, actor, act="unit.add", thing=unit)
    session.flush()
    return unit
