"""What the isolation matrix needs to know of the rooms: how to fill an address's parameters.

A room that brings a new kind of parameter adds one function to `FILLERS`: given an organizer it
makes such a thing there, with CANARY in every text, and returns its part of the address.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.factories.organizers import SchoolUnitFactory

from ska.organizers.models import Organizer

CANARY = "Kanariefågelsång"


def _unit(organizer: Organizer) -> str:
    unit = SchoolUnitFactory(organizer=organizer, name=f"{CANARY}skolan {organizer.slug}")
    return str(unit.slug)


FILLERS: dict[str, Callable[[Organizer], str]] = {
    "unit": _unit,
}
FIXED = {"year": "2026-27", "release": "x", "file": "icon.svg"}
