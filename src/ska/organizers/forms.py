"""What people write about units."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BeforeValidator, Field, field_validator

from ska.core.fields import Choice, Day, Required, Written
from ska.core.text import _
from ska.organizers.rules import SchoolType, slug_of


def _types(value: Any) -> list[SchoolType]:
    chosen = value if isinstance(value, list) else [value] if value else []
    try:
        return [SchoolType(one) for one in dict.fromkeys(chosen)]
    except ValueError:
        raise ValueError(_("Välj skolformer i listan")) from None


def _can_be_an_address(value: str) -> str:
    try:
        slug_of(value)
    except ValueError as error:
        raise ValueError(_("Namnet behöver minst en bokstav eller siffra")) from error
    return value


AsAddress = AfterValidator(_can_be_an_address)
"""Checks a name that an address is made of."""


class NamedUnit(Written):
    """What a unit is called."""

    example: ClassVar[dict[str, Any]] = {"name": "Solrosens förskola"}

    name: Annotated[str, Required(_("Skriv enhetens namn"), 120), AsAddress]


class UnitForm(NamedUnit):
    """A unit that no register holds: most often a förskoleenhet."""

    example: ClassVar[dict[str, Any]] = {"school_type": "preschool"}

    school_type: Annotated[SchoolType, Choice(SchoolType, _("Välj skolform"))]


class UnitChangeForm(NamedUnit):
    """A unit's name and the skolformer it runs."""

    example: ClassVar[dict[str, Any]] = {"school_types": ["preschool"]}

    school_types: Annotated[list[SchoolType], BeforeValidator(_types)] = Field(
        default_factory=list, validate_default=True
    )

    @field_validator("school_types")
    @classmethod
    def _runs_something(cls, value: list[SchoolType]) -> list[SchoolType]:
        if not value:
            raise ValueError(_("Välj minst en skolform"))
        return value


class UnitEndForm(Written):
    """The last day that a unit is at work."""

    example: ClassVar[dict[str, Any]] = {"last_day": "2027-06-30"}

    last_day: Annotated[date, Day(_("Skriv enhetens sista dag"))]
