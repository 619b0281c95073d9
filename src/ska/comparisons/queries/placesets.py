"""What a set of places is, and the sets of municipalities that a municipality may stand beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from ska.core.text import _
from ska.organizers.models import Organizer
from ska.organizers.rules import ALIKE, ALL, COUNTY, OF_MUNICIPALITIES, SIMILAR, SKR_GROUP, UNITS
from ska.overview.queries.items import ItemRow
from ska.overview.queries.pages import UnitRow
from ska.overview.queries.peers import (
    PRESCHOOL,
    SCHOOLS,
    UPPER,
    Peer,
    Whole,
    county_as_whole,
    everyone,
    group_as_whole,
    in_county_of,
    in_group_of,
    like_in,
    similar_as_whole,
    similar_to,
    with_codes,
)

LIKE = {
    SCHOOLS: _("Liknande kommuner (grundskola)"),
    UPPER: _("Liknande kommuner (gymnasieskola)"),
    PRESCHOOL: _("Liknande kommuner (förskola)"),
}
"""RKA's sets of 2024, one for each kind of school that there is one for."""


@dataclass(frozen=True)
class PlaceSet:
    """A set of places: *key* in the address, *label* for people, *peers* when it is municipal.

    *whole* are the numbers of all its municipalities as one, the own one among them or not.
    *network* and *network_id* are those of a network. *units* are the ids of those of the
    huvudman's units that a rektorsgrupp is of.
    """

    key: str
    label: str
    peers: tuple[Peer, ...] = ()
    whole: Whole = ()
    network: str = ""
    network_id: UUID | None = None
    units: frozenset[UUID] | None = None

    @property
    def is_ours(self) -> bool:
        """Tell whether its places are units of the huvudman, all of them or those of a group."""
        return self.key == UNITS or self.units is not None

    def those_of(self, units: Sequence[UnitRow]) -> list[UnitRow]:
        """Return the *units* of the huvudman that are in the set."""
        return [one for one in units if self.units is None or one.id in self.units]


def municipal_sets(organizer: Organizer) -> list[PlaceSet]:
    """Return the sets of municipalities that a municipality may stand beside, the nearest first."""
    code = organizer.municipality_code
    county, in_county = in_county_of(code)
    group, in_group = in_group_of(code)
    municipal = [
        *(
            PlaceSet(_similar(kind), word, similar_to(code, kind), similar_as_whole(code, kind))
            for kind, word in LIKE.items()
        ),
        PlaceSet(ALIKE, _("Lika oss i egna mått och vikter")),
        PlaceSet(COUNTY, county, in_county, county_as_whole(code)),
        PlaceSet(SKR_GROUP, _("SKR: {group}").format(group=group), in_group, group_as_whole(code)),
        PlaceSet(ALL, _("Alla kommuner"), everyone() if code else ()),
    ]
    is_known = bool(with_codes([code or ""]))  # whom one is alike is worked out when it is asked
    return [one for one in municipal if one.peers or (one.key == ALIKE and is_known)]


def has_set(organizer: Organizer, key: str) -> bool:
    """Tell whether a huvudman has the set of municipalities that is called so; others it has."""
    if key not in OF_MUNICIPALITIES and not key.startswith(SIMILAR):
        return True
    return any(one.key == key for one in municipal_sets(organizer))


def _similar(kind: str) -> str:
    return SIMILAR if kind == SCHOOLS else f"{SIMILAR}-{kind}"


def nearest_first(sets: Sequence[PlaceSet], item: ItemRow | None) -> list[PlaceSet]:
    """Return the sets with the municipalities alike in the measure's own kind of school first.

    The other sets keep their order.
    """
    key = _similar(like_in(item.school_types if item else ()))
    alike = [one for one in sets if one.key.startswith(SIMILAR)]
    ordered = iter(sorted(alike, key=lambda one: one.key != key))
    return [next(ordered) if one in alike else one for one in sets]
