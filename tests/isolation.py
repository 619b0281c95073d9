"""What the isolation matrix needs to know of the rooms: how to fill an address's parameters.

A room that brings a new kind of parameter adds one function to `FILLERS`: given an organizer it
makes such a thing there, with CANARY in every text, and returns its part of the address.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.factories.organizers import SchoolUnitFactory
from tests.factories.writing import TextVersionFactory, WrittenTextFactory

from ska.organizers.models import Organizer

CANARY = "Kanariefågelsång"


def _unit(organizer: Organizer) -> str:
    unit = SchoolUnitFactory(organizer=organizer, name=f"{CANARY}skolan {organizer.slug}")
    return str(unit.slug)


def _text(organizer: Organizer) -> str:
    text = WrittenTextFactory(organizer=organizer, text=f"{CANARY}skolan {organizer.slug}")
    TextVersionFactory(written_text=text, text=f"{CANARY}skolan {organizer.slug}")
    return str(text.id)


FILLERS: dict[str, Callable[[Organizer], str]] = {
    "unit": _unit,
    "text_id": _text,
}
FIXED = {"year": "2026-27", "release": "x", "file": "icon.svg"}
