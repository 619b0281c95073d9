"""What people write about a rektorsgrupp, and about what it looks at."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator

from ska.core.fields import Day, Reference, Required, Written
from ska.core.text import _
from ska.organizers.forms import AsAddress

FEWEST = 2
_ID = "01990f6e-5c00-7000-8000-00000000000"


def _units(value: Any) -> list[UUID]:
    chosen = value if isinstance(value, list) else [value] if value else []
    try:
        return [UUID(str(one)) for one in dict.fromkeys(chosen)]
    except ValueError:
        raise ValueError(_("Välj enheter i listan.")) from None


class GroupForm(Written):
    """What a group is called, the units whose rektorer are in it, and who of them leads it."""

    example: ClassVar[dict[str, Any]] = {
        "name": "Rektorsgruppen F–6",
        "units": [f"{_ID}1", f"{_ID}2"],
        "leader": f"{_ID}1",
    }

    name: Annotated[str, Required(_("Skriv vad gruppen heter"), 120), AsAddress]
    units: Annotated[list[UUID], BeforeValidator(_units)] = Field(
        default_factory=list, validate_default=True
    )
    leader: Annotated[UUID | None, Reference()] = None

    @field_validator("units")
    @classmethod
    def _are_some(cls, value: list[UUID]) -> list[UUID]:
        if len(value) < FEWEST:
            raise ValueError(_("Välj minst två enheter"))
        return value

    @field_validator("leader")
    @classmethod
    def _is_in_it(cls, value: UUID | None, info: ValidationInfo) -> UUID | None:
        if value is not None and "units" in info.data and value not in info.data["units"]:
            raise ValueError(_("Den som leder gruppen ska vara rektor för en av enheterna i den"))
        return value


class FixedViewForm(Written):
    """Which saved view the group looks at, and at which meeting."""

    example: ClassVar[dict[str, Any]] = {"view_id": f"{_ID}3", "meeting_on": "2026-11-26"}

    view_id: Annotated[UUID, Reference(_("Välj vilken vy gruppen ska titta på"))]
    meeting_on: Annotated[date | None, Day()] = None
