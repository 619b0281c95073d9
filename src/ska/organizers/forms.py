"""What people write about units."""

from __future__ import annotations

from typing import Annotated

from pydantic import field_validator

from ska.core.fields import Choice, Required, Written
from ska.core.text import _
from ska.organizers.rules import SchoolType, slug_of


class UnitForm(Written):
    """A unit that no register holds: most often a förskoleenhet."""

    name: Annotated[str, Required(_("Skriv enhetens namn"), 120)]
    school_type: Annotated[SchoolType, Choice(SchoolType, _("Välj skolform"))]

    @field_validator("name")
    @classmethod
    def _can_be_an_address(cls, value: str) -> str:
        try:
            slug_of(value)
        except ValueError as error:
            raise ValueError(_("Namnet behöver minst en bokstav eller siffra")) from error
        return value
