"""What people choose about a calendar address."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import ValidationInfo, field_validator

from ska.core.fields import Reference, Written
from ska.core.text import _


class FeedForm(Written):
    """What a calendar is to show: all steps that one sees, one unit's, or a network's days."""

    example: ClassVar[dict[str, Any]] = {}

    unit_id: Annotated[UUID | None, Reference()] = None
    network_id: Annotated[UUID | None, Reference()] = None

    @field_validator("network_id")
    @classmethod
    def _is_of_one(cls, network_id: UUID | None, info: ValidationInfo) -> UUID | None:
        if network_id is not None and info.data.get("unit_id") is not None:
            raise ValueError(_("Välj en enhet eller ett nätverk, inte båda"))
        return network_id
