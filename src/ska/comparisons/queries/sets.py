"""The sets of places that a huvudman may stand beside: own units, networks, the like, a county."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import Select, String, cast, func, select
from sqlalchemy.orm import Session

from ska.access import Actor, Right, visible
from ska.comparisons.queries.held import KIND as HELD
from ska.comparisons.queries.held import held_rows
from ska.comparisons.queries.placesets import PlaceSet, municipal_sets
from ska.core.text import _
from ska.errors import Missing
from ska.framework.queries.choosing import as_choosable, choosable_rows, sub_goals
from ska.organizers.models import (
    GroupMember,
    Network,
    NetworkMember,
    Organizer,
    PrincipalsGroup,
)
from ska.organizers.rules import CHOSEN, GROUP, NETWORK, UNITS
from ska.overview.queries.derived import derived_items
from ska.overview.queries.items import ItemRow
from ska.overview.queries.pages import UnitRow, unit_row, units_in_use
from ska.overview.queries.peers import with_codes
from ska.overview.queries.relations import relation_items
from ska.values.importers.observations import Source
from ska.values.models import Measure
from ska.values.queries import measures_named

MOST_CHOSEN = 12
MOST_MEANT = 8


@dataclass(frozen=True)
class OwnUnits:
    """The huvudman's units, and the id of the one that the reader is at home in."""

    units: Sequence[UnitRow]
    home: UUID | None

    @property
    def mine(self) -> UnitRow | None:
        """Return the reader's own unit."""
        return next((one for one in self.units if one.id == self.home), None)

    def among(self, chosen: PlaceSet) -> OwnUnits:
        """Return those of the units that are in a set; the reader may be at home in none."""
        return OwnUnits(chosen.those_of(self.units), self.home)


def own_units(
    units: Sequence[UnitRow], home: UUID | None, actor: Actor, organizer: Organizer, beside: str
) -> OwnUnits:
    """Return the units, and which is the reader's: of several, the one that she compares with."""
    if home is None and not actor.may_for(Right.ANALYSE, organizer.id, None):
        led = [one for one in units if actor.may_for(Right.ANALYSE, organizer.id, one.id)]
        home = next((one.id for one in led if one.slug == beside), None)
    return OwnUnits(units, home)


def picked_among(
    units: Sequence[UnitRow], slugs: Sequence[str], item: ItemRow
) -> tuple[list[UnitRow], tuple[str, ...]]:
    """Return the units that shall stand beside each other, and which were chosen for it.

    Without any known one of a skolform that the measure is about, all stand.
    """
    picked = [one for one in units if one.slug in slugs and one.has_use_of(item)]
    return picked or list(units), tuple(one.slug for one in picked)


@dataclass(frozen=True)
class Offered:
    """What there is to choose among: what to compare, the own units, and the huvudman's sets.

    *measures* are those of Kolada that the words to add may mean, by code. *goals* are the delmål
    by code, *held* the codes and titles of the measures that have a value here.
    """

    items: list[ItemRow] = field(default_factory=list)
    units: list[UnitRow] = field(default_factory=list)
    sets: list[PlaceSet] = field(default_factory=list)
    measures: list[tuple[str, str]] = field(default_factory=list)
    goals: dict[str, str] = field(default_factory=dict)
    held: frozenset[str] = frozenset()


def offered(
    session: Session, actor: Actor, organizer: Organizer, words: str = "", *, as_list: bool = True
) -> Offered:
    """Return what this huvudman may compare and beside whom, in one question.

    *words* seek a measure of Kolada; the sets are those nearest to it first. What nobody chooses
    from *as_list* has no delmål, no networks and groups, and is not asked what it has values of.
    """
    also = [_units(actor, organizer)]
    if as_list:
        also += [sub_goals(), *held_rows(actor, organizer)]
    if as_list and may_read(actor, organizer):
        also += [_networks(organizer), _groups(actor, organizer)]
    if words:
        also.append(_measures(words))
    beside: dict[str, list[Any]] = {
        "unit": [],
        "network": [],
        "group": [],
        "measure": [],
        "sub_goal": [],
        HELD: [],
    }
    items = []
    for row in choosable_rows(session, actor, organizer.id, also):
        if row.kind in beside:
            beside[row.kind].append(row)
        else:
            items.append(ItemRow(*row[:6]))
    networks = map(_network, beside["network"])
    return Offered(
        [*items, *derived_items()],
        [_unit(row) for row in beside["unit"]],
        [
            PlaceSet(UNITS, _("Våra enheter")),
            *map(_group, beside["group"]),
            *networks,
            *municipal_sets(organizer),
        ],
        [(row.code, row.heading) for row in beside["measure"]],
        {row.code: _goal(row) for row in beside["sub_goal"]},
        frozenset(name for row in beside[HELD] for name in (row.code, row.heading)),
    )


def _units(actor: Actor, organizer: Organizer) -> Select[Any]:
    own = units_in_use(actor, organizer.id).subquery().c
    told = {"slug": own.slug, "code": own.school_unit_code}
    return select(*as_choosable("unit", cast(own.id, String), own.name, own.types, **told))


def _unit(row: Any) -> UnitRow:
    slug, code = row.details["slug"], row.details["code"]
    return unit_row(UUID(row.id), slug, row.heading, code, row.school_types)


def _goal(row: Any) -> str:
    """Return a delmål's heading, and that it is ours where it is."""
    if row.details["is_official"]:
        return str(row.heading)
    return _("{heading} (vår rubrik)").format(heading=row.heading)


def _measures(words: str) -> Select[Any]:
    named = measures_named(words, str(Source.KOLADA)).order_by(Measure.title, Measure.id)
    found = named.limit(MOST_MEANT).subquery().c
    return select(*as_choosable("measure", found.code, found.title))


def _networks(organizer: Organizer) -> Select[Any]:
    """Return the query of the networks that the huvudman is a member of."""
    return (
        select(*as_choosable("network", Network.slug, Network.name, id=Network.id))
        .join(NetworkMember, NetworkMember.network_id == Network.id)
        .where(NetworkMember.organizer_id == organizer.id, NetworkMember.is_member())
    )


def _network(row: Any) -> PlaceSet:
    slug, id = row.code, UUID(row.details["id"])
    return PlaceSet(f"{NETWORK}{slug}", row.heading, network=slug, network_id=id)


def _groups(actor: Actor, organizer: Organizer) -> Select[Any]:
    """Return the query of the huvudman's rektorsgrupper, each with its units."""
    ours = (PrincipalsGroup.organizer_id, PrincipalsGroup.id)
    member = (GroupMember.organizer_id, GroupMember.group_id)
    units = visible(GroupMember, actor).where(*(a == b for a, b in zip(member, ours, strict=True)))
    ids = units.with_only_columns(func.array_agg(cast(GroupMember.unit_id, String)))
    named = as_choosable(
        "group", PrincipalsGroup.slug, PrincipalsGroup.name, units=ids.scalar_subquery()
    )
    return (
        visible(PrincipalsGroup, actor)
        .where(PrincipalsGroup.organizer_id == organizer.id, PrincipalsGroup.ended_at.is_(None))
        .with_only_columns(*named)
    )


def _group(row: Any) -> PlaceSet:
    units = frozenset(UUID(one) for one in row.details["units"] or ())
    return PlaceSet(f"{GROUP}{row.code}", row.heading, units=units)


def may_read(actor: Actor, organizer: Organizer) -> bool:
    """Tell whether the person reads what networks share, and which rektorsgrupper there are."""
    return actor.may(Right.READ, organizer.id)


def chosen_set(sets: Sequence[PlaceSet], key: str, codes: Sequence[str]) -> PlaceSet:
    """Return the set of the address, the first of others when none is named.

    ``valda`` is a free choice of municipalities by code. Raises Missing for an unknown set.
    """
    if key == CHOSEN or (not key and codes):
        return PlaceSet(CHOSEN, _("Valda kommuner"), with_codes(codes)[:MOST_CHOSEN])
    if not key:
        return next((one for one in sets if not one.is_ours), sets[0])
    found = next((one for one in sets if one.key == key), None)
    if found is None:
        raise Missing
    return found


def item_of(items: list[ItemRow], what: str) -> ItemRow | None:
    """Return *what* among what may be compared; a relation comes to it when it is asked for."""
    if relation := relation_items().get(what):
        items.append(relation)  # too many for the list, but each can be asked for
    item = next((one for one in items if one.code == what), None)
    if what and item is None:
        raise Missing
    return item
