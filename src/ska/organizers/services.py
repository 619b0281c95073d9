"""What people do with the organisation."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from ska.access import Actor, Right, visible
from ska.audit import record
from ska.core.swedish import format_date
from ska.core.text import _
from ska.errors import Changed, Conflict, Invalid
from ska.organizers.forms import UnitChangeForm, UnitEndForm, UnitForm
from ska.organizers.models import SchoolUnit, UnitSchoolType
from ska.organizers.rules import kind_of, slug_of


def add_unit(session: Session, actor: Actor, *, organizer_id: UUID, form: UnitForm) -> SchoolUnit:
    """Add a unit that no register holds; raise Conflict when the name is taken."""
    actor.must(Right.MANAGE_UNITS, organizer_id)
    slug = slug_of(form.name)
    _must_be_alone(session, organizer_id, SchoolUnit.slug == slug)
    unit = SchoolUnit(
        organizer_id=organizer_id,
        slug=slug,
        name=form.name,
        kind=kind_of([form.school_type], None),
        source="egen uppgift",
        school_types=[UnitSchoolType(organizer_id=organizer_id, school_type=form.school_type)],
    )
    session.add(unit)
    session.flush()
    record(session, actor, act="unit.add", thing=unit)
    session.flush()
    return unit


def _must_be_alone(session: Session, organizer_id: UUID, same: ColumnElement[bool]) -> None:
    if session.scalar(
        select(SchoolUnit.id).where(SchoolUnit.organizer_id == organizer_id, same).limit(1)
    ):
        raise Conflict(_("Det finns redan en enhet med det namnet. Välj ett annat."))


def change_unit(
    session: Session, actor: Actor, *, unit: SchoolUnit, form: UnitChangeForm, seen: str
) -> None:
    """Give a unit another name or other skolformer; its address stays.

    Raises Changed when it is called or runs something else than *seen* by now.
    """
    _alone(session, actor, unit)
    if unit.print != seen:
        raise Changed(_("Någon annan har ändrat enheten sedan du läste den."))
    same = func.lower(SchoolUnit.name) == form.name.lower()
    _must_be_alone(session, unit.organizer_id, and_(same, SchoolUnit.id != unit.id))
    unit.name = form.name
    now = {one.school_type: one for one in unit.school_types}
    own = {"organizer_id": unit.organizer_id, "unit_id": unit.id}
    unit.school_types = [
        now.get(one) or UnitSchoolType(**own, school_type=one) for one in form.school_types
    ]
    unit.kind = kind_of(form.school_types, unit.school_unit_code)
    record(session, actor, act="unit.change", thing=unit)
    session.flush()


def end_unit(session: Session, actor: Actor, *, unit: SchoolUnit, form: UnitEndForm) -> None:
    """Let a unit be at work until a day and no longer; what it has written stays readable."""
    _alone(session, actor, unit)
    if unit.valid_from is not None and form.last_day < unit.valid_from:
        early = _("Enheten började {day}. Den kan inte upphöra före det.").format(
            day=format_date(unit.valid_from)
        )
        raise Invalid(early, {"last_day": early})
    unit.valid_to = form.last_day
    last_day = form.last_day.isoformat()
    record(session, actor, act="unit.end", thing=unit, details={"last_day": last_day})
    session.flush()


def keep_unit(session: Session, actor: Actor, *, unit: SchoolUnit, today: date) -> None:
    """Take back the end of a unit that is still at work; raise Conflict once it has ended."""
    _alone(session, actor, unit)
    if not unit.is_open(today):
        raise Conflict(_("Enheten har upphört. Lägg till en ny om den börjar igen."))
    unit.valid_to = None
    record(session, actor, act="unit.keep", thing=unit)
    session.flush()


def must_be_open(
    session: Session,
    actor: Actor,
    organizer_id: UUID,
    chosen: Collection[UUID],
    day: date,
    *,
    field: str,
) -> None:
    """Raise Invalid, at *field*, for a unit of others or one that is not at work on *day*."""
    if not chosen:
        return
    found = session.scalars(
        visible(SchoolUnit, actor).where(
            SchoolUnit.organizer_id == organizer_id, SchoolUnit.id.in_(chosen)
        )
    ).all()
    if len(found) != len(set(chosen)):
        raise Invalid(_("Välj enheter i listan."), {field: _("Enheten finns inte hos er.")})
    for one in found:
        if not one.is_open(day):
            over = _("{unit} har upphört. Det som är skrivet finns kvar att läsa.").format(
                unit=one.name
            )
            raise Invalid(over, {field: over})


def _alone(session: Session, actor: Actor, unit: SchoolUnit) -> None:
    """Insist on the right and read *unit* anew; nobody else changes it until this act is done."""
    actor.must(Right.MANAGE_UNITS, unit.organizer_id, unit.id)
    session.refresh(unit, ["name", "valid_from", "valid_to", "status"], with_for_update=True)
    session.refresh(unit, ["school_types"])
