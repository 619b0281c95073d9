"""The sets of places that a huvudman may stand beside: own units, networks, the like, a county."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.comparisons.likeness import ALIKE
from ska.core.text import _
from ska.errors import Missing
from ska.organizers.models import Network, Organizer
from ska.overview.queries.peers import (
    Peer,
    everyone,
    in_county_of,
    in_group_of,
    similar_to,
    with_codes,
)
from ska.sharing.queries import networks_of

UNITS, SIMILAR, COUNTY, GROUP, ALL, CHOSEN = (
    "enheter", "liknande", "lan", "grupp", "alla", "valda",
)  # fmt: skip
NETWORK = "natverk:"
MOST_CHOSEN = 12


@dataclass(frozen=True)
class PlaceSet:
    """A set of places: *key* in the address, *label* for people, *peers* when it is municipal."""

    key: str
    label: str
    peers: tuple[Peer, ...] = ()
    network: str = ""


def sets_of(session: Session, actor: Actor, organizer: Organizer, today: date) -> list[PlaceSet]:
    """Return the sets that this huvudman has, those nearest to it first."""
    rows = networks_of(session, actor, organizer.id, today) if may_read(actor, organizer) else ()
    return sets_with(organizer, [row.network for row in rows if row.is_member])


def may_read(actor: Actor, organizer: Organizer) -> bool:
    """Tell whether the person reads what networks share."""
    return actor.may(Right.READ, organizer.id)


def sets_with(organizer: Organizer, networks: Sequence[Network]) -> list[PlaceSet]:
    """Return the sets of a huvudman that is in these networks."""
    own = PlaceSet(UNITS, _("Våra enheter"))
    return [own, *map(_network, networks), *municipal_sets(organizer)]


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


def _network(network: Network) -> PlaceSet:
    return PlaceSet(f"{NETWORK}{network.slug}", network.name, network=network.slug)


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
