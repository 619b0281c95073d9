"""Shifts of level that someone has accepted."""

from __future__ import annotations

from datetime import UTC, datetime

import factory
from tests.factories.base import Factory
from tests.factories.organizers import OrganizerFactory

from ska.organizers.models import Organizer
from ska.values.levels.models import AcceptedShift


class AcceptedShiftFactory(Factory):
    class Meta:
        model = AcceptedShift
        exclude = ("organizer",)

    organizer = factory.SubFactory(OrganizerFactory)
    organizer_id = factory.SelfAttribute("organizer.id")
    indicator = "gr-alla-amnen-ak9"
    measure = "official"
    period = "2022/23"
    reason = "Två skolor blev en"
    accepted_by = "Kim Ek"
    accepted_as = "kvalitetsutvecklare"
    accepted_at = datetime(2026, 10, 1, 8, tzinfo=UTC)


def shift_part(canary: str, organizer: Organizer) -> str:
    """Return a shift's part of an address, with *canary* in every text."""
    words = f"{canary}skolan {organizer.slug}"
    return str(AcceptedShiftFactory(organizer=organizer, reason=words, accepted_by=words).id)
