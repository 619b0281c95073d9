"""The sets of places that a huvudman may stand beside: own units, networks, the like, a county."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Text, cast, literal, null, select, union_all
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.comparisons.likeness import ALIKE
from ska.comparisons.rules import NETWORK
from ska.core.text import _
from ska.errors import Missing
from ska.organizers.models import Network, NetworkMember, Organizer
from ska.overview.queries.pages import UnitRow, unit_row, units_in_use
from ska.overview.queries.peers import (
    Peer,
    everyone,
    in_county_of,
    in_group_of,
    similar_to,
    with_codes,
)

UNITS, SIMILAR, COUNTY, GROUP, ALL, CHOSEN = (
    "enheter", "liknande", "lan", "grupp", "alla", "valda",
)  # fmt: skip
MOST_CHOSEN = 12


@dataclass(frozen=True)
class PlaceSet:
    """A set of places: *key* in the address, *label* for people, *peers* when it is municipal."""

    key: str
    label: str
    peers: tuple[Peer, ...] = ()
    network: str = ""


@dataclass(frozen=True)
class OwnUnits:
    """The huvudman's units, and the id of the one that the reader is at home in."""

    units: Sequence[UnitRow]
    home: UUID | None

    @property
    def mine(self) -> UnitRow | None:
        """Return the reader's own unit."""
        return next((one for one in self.units if one.id == self.home), None)


def sets_and_units(
    session: Session, actor: Actor, organizer: Organizer
) -> tuple[list[PlaceSet], list[UnitRow]]:
    """Return the sets that this huvudman has, those nearest to it first, and its units by name."""
    kind = literal("unit").label("kind")
    parts = [units_in_use(actor, organizer.id).add_columns(kind)]
    if may_read(actor, organizer):
        parts.append(_networks(organizer))
    both = union_all(*parts).subquery()
    rows = session.execute(select(both).order_by(both.c.name, both.c.id)).all()
    units = [unit_row(*row[:5]) for row in rows if row.kind == "unit"]
    networks = [(row.slug, row.name) for row in rows if row.kind == "network"]
    return sets_with(organizer, networks), units


def _networks(organizer: Organizer) -> Select[Any]:
    """Return the query of the networks that the huvudman is a member of, read as units are."""
    named: list[Any] = [Network.id, Network.slug, Network.name]
    nothing: list[Any] = [cast(null(), Text), cast(null(), ARRAY(Text))]
    return (
        select(*named, *nothing, literal("network"))
        .join(NetworkMember, NetworkMember.network_id == Network.id)
        .where(NetworkMember.organizer_id == organizer.id, NetworkMember.is_member())
    )


def may_read(actor: Actor, organizer: Organizer) -> bool:
    """Tell whether the person reads what networks share."""
    return actor.may(Right.READ, organizer.id)


def sets_with(organizer: Organizer, networks: Iterable[tuple[str, str]]) -> list[PlaceSet]:
    """Return the sets of a huvudman that is in these networks, each with slug and name."""
    own = PlaceSet(UNITS, _("Våra enheter"))
    joined = [PlaceSet(f"{NETWORK}{slug}", name, network=slug) for slug, name in networks]
    return [own, *joined, *municipal_sets(organizer)]


def municipal_sets(organizer: Organizer) -> list[PlaceSet]:
    """Return the sets of municipalities that a municipality may stand beside, the nearest first."""
    code = organizer.municipality_code
    county, in_county = in_county_of(code)
    group, in_group = in_group_of(code)
    municipal = [
        PlaceSet(SIMILAR, _("Liknande kommuner (grundskola)"), similar_to(code)),
        PlaceSet(ALIKE, _("Lika oss i egna mått och vikter")),
        PlaceSet(COUNTY, county, in_county),
        PlaceSet(GROUP, _("SKR: {group}").format(group=group), in_group),
        PlaceSet(ALL, _("Alla kommuner"), everyone() if code else ()),
    ]
    is_known = bool(with_codes([code or ""]))  # whom one is alike is worked out when it is asked
    return [one for one in municipal if one.peers or (one.key == ALIKE and is_known)]


def chosen_set(sets: Sequence[PlaceSet], key: str, codes: Sequence[str]) -> PlaceSet:
    """Return the set of the address, the first but the units when none is named.

    ``valda`` is a free choice of municipalities by code. Raises Missing for an unknown set.
    """
    if key == CHOSEN or (not key and codes):
        return PlaceSet(CHOSEN, _("Valda kommuner"), with_codes(codes)[:MOST_CHOSEN])
    if not key:
        return sets[1] if len(sets) > 1 else sets[0]
    found = next((one for one in sets if one.key == key), None)
    if found is None:
        raise Missing
    return found
