"""Pin what a page of numbers shows, for programs: the same act from wherever the numbers stand."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

import msgspec

from ska.organizers.dependencies import Call
from ska.overview import services
from ska.overview.forms import SeenForm
from ska.overview.rules.pinning import ToPin


class SeenOut(msgspec.Struct):
    """The underlag that holds the numbers, and the analysis it lies in."""

    example: ClassVar[dict[str, Any]] = {
        "school_year": "2026/27",
    }

    analysis_id: UUID
    observation_id: UUID
    school_year: str


def pin(call: Call, seen: ToPin, form: SeenForm) -> SeenOut:
    """Add an underlag with the numbers as they are now; without an analysis begin one."""
    analysis, observation = services.pin_what_is_seen(
        *call.who,
        organizer_id=call.organizer_id,
        year=call.place.year,
        seen=seen,
        form=form,
        today=call.today,
    )
    return SeenOut(analysis.id, observation.id, str(analysis.school_year))
