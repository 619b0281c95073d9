"""What each page shows, gathered: the place, the indicator and its values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import polars as pl
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from ska.access import Actor, visible
from ska.core.swedish import sort_key
from ska.errors import Missing
from ska.framework.models import FrameworkEdition, FrameworkItem, LocalIndicator
from ska.framework.queries.choosing import OWN, choosable_rows, own_indicators
from ska.framework.queries.guides import guide_of
from ska.organizers.models import Organizer, SchoolUnit, UnitSchoolType
from ska.overview.queries.derived import derived_item
from ska.overview.queries.items import ItemRow
from ska.overview.queries.peers import Peer, like_in, similar_to
from ska.overview.queries.relations import relation_items
from ska.overview.queries.values import Wanted, read_values, wanted_of
from ska.overview.rules.places import Where
from ska.overview.rules.rows import Row
from ska.overview.rules.shapes import Shape
from ska.overview.rules.trends import Subject
from ska.values.zeros import NEVER, Silence

SHOWN = ("indicator", "condition", "sub_goal")


@dataclass(frozen=True)
class Choice:
    """What is shown: the slug of a unit, the code of a measure, values as *known* on a day.

    *shape* is the picture, *shift* the period from which a control chart has a new level.
    """

    unit: str | None = None
    measure: str | None = None
    known: date | None = None
    shape: Shape = Shape.TREND
    shift: str = ""


EVERYTHING_NOW = Choice()


@dataclass(frozen=True)
class UnitRow:
    """A unit to choose; without known skolformer every indicator is shown."""

    id: UUID
    slug: str
    name: str
    school_unit_code: str | None
    school_types: tuple[str, ...] = ()

    def has_use_of(self, item: ItemRow) -> bool:
        """Tell whether an indicator is about a skolform that the unit runs."""
        both = set(self.school_types) & set(item.school_types)
        return bool(both) or not (self.school_types and item.school_types)


def units_to_choose(session: Session, actor: Actor, organizer_id: UUID) -> list[UnitRow]:
    """Return the huvudman's units, by name."""
    rows = session.execute(units_in_use(actor, organizer_id))
    return by_name(unit_row(*row) for row in rows)


def by_name(units: Iterable[UnitRow]) -> list[UnitRow]:
    """Return units in the order of a Swedish index, which the database does not know."""
    return sorted(units, key=lambda one: (sort_key(one.name), one.id))


def units_in_use(actor: Actor, organizer_id: UUID) -> Select[Any]:
    """Return the query of the huvudman's units, a row as `unit_row` takes it."""
    runs = (
        select(func.array_agg(UnitSchoolType.school_type.distinct()))
        .where(
            UnitSchoolType.organizer_id == SchoolUnit.organizer_id,
            UnitSchoolType.unit_id == SchoolUnit.id,
            UnitSchoolType.valid_to.is_(None),
        )
        .scalar_subquery()
    )
    return (
        visible(SchoolUnit, actor)
        .with_only_columns(
            SchoolUnit.id,
            SchoolUnit.slug,
            SchoolUnit.name,
            SchoolUnit.school_unit_code,
            runs.label("types"),
        )
        .where(SchoolUnit.organizer_id == organizer_id, SchoolUnit.status == "active")
    )


def unit_row(
    unit_id: UUID, slug: str, name: str, code: str | None, types: Sequence[str] | None
) -> UnitRow:
    """Return a unit as it was read."""
    return UnitRow(unit_id, slug, name, code, tuple(types or ()))


def chosen_unit(units: list[UnitRow], slug: str | None) -> UnitRow | None:
    """Return the unit of the address, None for the huvudman; raise Missing for an unknown one."""
    if not slug:
        return None
    found = next((unit for unit in units if unit.slug == slug), None)
    if found is None:
        raise Missing
    return found


def catalogue(session: Session) -> list[ItemRow]:
    """Return the indicators, conditions and delmål of the system in force, in its order."""
    columns = [getattr(FrameworkItem, name) for name in ItemRow.__dataclass_fields__]
    rows = session.execute(
        select(*columns)
        .join(FrameworkEdition, FrameworkEdition.id == FrameworkItem.edition_id)
        .where(
            FrameworkEdition.kind == "quality_system",
            FrameworkEdition.status == "current",
            FrameworkItem.kind.in_(SHOWN),
            FrameworkItem.retired_on.is_(None),
        )
        .order_by(FrameworkItem.position, FrameworkItem.id)
    )
    return [ItemRow(*row) for row in rows]


def indicator_by_code(session: Session, actor: Actor, organizer_id: UUID, code: str) -> ItemRow:
    """Return an indicator or condition of the system in force, or one of the huvudman's own.

    Raises Missing without it.
    """
    if code.startswith(OWN):
        return _local_by_code(session, actor, organizer_id, code)
    if beside := derived_item(code) or relation_items().get(code):
        return beside
    found = next(
        (one for one in _by_code(session, code) if one.kind in {"indicator", "condition"}), None
    )
    if found is None:
        raise Missing
    return found


def indicator_with(
    session: Session, actor: Actor, organizer_id: UUID, code: str, other: str
) -> tuple[ItemRow, ItemRow | None]:
    """Return an indicator and, in the same question, an *other* one; None when there is none."""
    if not other or derived_item(code):
        return indicator_by_code(session, actor, organizer_id, code), derived_item(other)
    found = {one.code: one for one in _by_code(session, code, other)}
    if code not in found:
        raise Missing
    return found[code], found.get(other)


def local_items(session: Session, actor: Actor, organizer_id: UUID) -> list[ItemRow]:
    """Return the huvudman's own indicators in use, in the shape of the framework's."""
    query = own_indicators(actor, organizer_id).where(LocalIndicator.retired_on.is_(None))
    found = [local_item(one) for one in session.scalars(query)]
    return sorted(found, key=lambda one: (sort_key(one.heading), one.code))


def choosable(session: Session, actor: Actor, organizer_id: UUID) -> list[ItemRow]:
    """Return the indicators and conditions in force and the huvudman's own, in one question."""
    rows = choosable_rows(session, actor, organizer_id)
    return [ItemRow(*row[:6]) for row in rows]


def local_item(one: LocalIndicator) -> ItemRow:
    details = {
        "id": f"{OWN}{one.id}",
        "name": one.name,
        "unit": one.unit,
        "better": one.better,
        "definition": one.definition,
        "caution": one.caution,
        "published_label": one.published_label,
    }
    return ItemRow(str(one.id), f"{OWN}{one.id}", "local", one.name, [], details)


def _local_by_code(session: Session, actor: Actor, organizer_id: UUID, code: str) -> ItemRow:
    try:
        wanted = UUID(code.removeprefix(OWN))
    except ValueError as error:
        raise Missing from error
    found = session.scalar(own_indicators(actor, organizer_id).where(LocalIndicator.id == wanted))
    if found is None:
        raise Missing
    return local_item(found)


def _by_code(session: Session, *codes: str) -> list[ItemRow]:
    columns = [getattr(FrameworkItem, name) for name in ItemRow.__dataclass_fields__]
    rows = session.execute(
        select(*columns)
        .join(FrameworkEdition, FrameworkEdition.id == FrameworkItem.edition_id)
        .where(FrameworkItem.code.in_(codes), FrameworkEdition.status == "current")
    )
    return [ItemRow(*row) for row in rows]


def alike_in(organizer: Organizer, item: ItemRow) -> tuple[Peer, ...]:
    """Return the municipalities most like the huvudman's in the measure's own kind of school."""
    return similar_to(organizer.municipality_code, like_in(item.school_types))


def where_is(organizer: Organizer, unit: UnitRow | None, *, peers: Sequence[Peer] = ()) -> Where:
    """Return the place of a page, with the municipalities that it stands beside."""
    pairs = [(peer.code, peer.name) for peer in peers]
    pairs += [(peer.organisation_number, peer.name) for peer in peers]
    return Where(
        organizer=organizer.name,
        municipality_code=organizer.municipality_code,
        organisation_number=organizer.organisation_number,
        unit=unit.name if unit else "",
        unit_code=unit.school_unit_code if unit else None,
        peers=tuple(pairs),
    )


def values_of(
    session: Session,
    actor: Actor,
    organizer: Organizer,
    where: Where,
    indicators: list[ItemRow],
    *,
    known: date | None = None,
    genders: Sequence[str] = ("T",),
) -> pl.DataFrame:
    """Return the values of *indicators*, or of what they are worked out from, before placing."""
    wanted = wanted_at(where, indicators)
    return read_values(session, actor, organizer.id, wanted, known=known, genders=genders)


def wanted_at(where: Where, indicators: Sequence[ItemRow]) -> Wanted:
    """Return what to read of *indicators* for the lines of a place."""
    return wanted_of(
        [one.details for one in indicators],
        municipality_code=where.municipality_code,
        organisation_number=where.organisation_number,
        units=(where.unit_code, *where.parts),
        others=[code for code, _name in where.peers],
    )


def reads_of(item: ItemRow) -> list[str]:
    """Return the measures that an indicator is worked out from, none for one that is published."""
    return [name for _source, name in item.details.get("reads", ())]


def subject_of(item: ItemRow, silence: Silence = NEVER, rows: Iterable[Row] = ()) -> Subject:
    """Return the indicator in the words of its file, with the breaks that its guide tells of.

    With *silence* also where the measures of *rows*, or those that it is worked out from, turned
    to zeros at all places.
    """
    guide = guide_of(item.code)
    told = [(at, one.reason) for one in guide.breaks for at in one.periods] if guide else []
    told = [*told, *item.details.get("breaks", ())]
    read = {one.title for one in rows}.union(reads_of(item))
    turned = [silence[name].items() for name in sorted(read) if name in silence]
    found = dict([*(pair for one in turned for pair in one), *told])
    return Subject(item.code, item.heading, {**item.details, "breaks": list(found.items())})
