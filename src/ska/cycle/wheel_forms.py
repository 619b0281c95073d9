"""What people write about a wheel as a whole: a new one, its name, its pauses."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator

from ska.core.fields import Choice, FreeText, Optional, Reference, Required
from ska.core.text import _
from ska.cycle.definitions import WheelKind
from ska.cycle.models import AnnualCycle
from ska.notices.rules import Pause, pause_of
from ska.organizers.rules import SchoolType

_STRETCH = re.compile(r"(\d{1,2})/(\d{1,2})\s*[-–]\s*(\d{1,2})/(\d{1,2})")
_KEPT = re.compile(r"\d{2}-\d{2}/\d{2}-\d{2}")
_LONGEST, _MOST_OF_YEAR = 70, 150


def _pauses(value: Any) -> list[str]:
    """Read stretches as people write them (``1/7–31/7, 20/12–6/1``) or as they are kept."""
    parts = value if isinstance(value, list) else str(value or "").split(",")
    kept = [_stretch(str(part).strip()) for part in parts if str(part).strip()]
    days = [_length(pause_of(one)) for one in kept]
    if len(kept) > 4 or max(days, default=0) > _LONGEST or sum(days) > _MOST_OF_YEAR:
        raise ValueError(_("Skriv högst fyra uppehåll på högst tio veckor vardera."))
    return kept


def _stretch(text: str) -> str:
    wrong = ValueError(_("Skriv uppehållet som dag/månad–dag/månad, till exempel 1/7–31/7."))
    if _KEPT.fullmatch(text):
        kept = text
    elif found := _STRETCH.fullmatch(text):
        day, month, last_day, last_month = (int(part) for part in found.groups())
        kept = f"{month:02}-{day:02}/{last_month:02}-{last_day:02}"
    else:
        raise wrong
    try:
        _length(pause_of(kept))
    except ValueError:
        raise wrong from None
    return kept


def _length(pause: Pause) -> int:
    """Return how many days a pause is; it may turn over the year."""
    first, last = (date(2028, *day) for day in (pause.first, pause.last))  # a leap year
    return (last - first).days % 366 + 1


class WheelForm(FreeText):
    """A new wheel: whose it is, its name, and what it begins with.

    *begin_with* is empty, ``mall:`` and a template's key, or ``hjul:`` and a wheel's id.
    """

    example: ClassVar[dict[str, Any]] = {
        "kind": "organizer",
        "name": "Vårt årshjul",
        "begin_with": "mall:lasar-huvudman-enhet",
    }

    kind: Annotated[WheelKind, Choice(WheelKind, _("Välj vems hjul det är"))]
    name: Annotated[str, Required(_("Skriv vad hjulet heter"), 80)]
    unit_id: Annotated[UUID | None, Reference()] = Field(default=None, validate_default=True)
    school_type: Annotated[
        SchoolType | None, Choice(SchoolType, _("Välj en skolform i listan"), optional=True)
    ] = Field(default=None, validate_default=True)
    begin_with: Annotated[str, Optional(80)] = ""

    @field_validator("school_type")
    @classmethod
    def _type_when_it_is_its(cls, value: SchoolType | None, info: ValidationInfo) -> Any:
        if info.data.get("kind") is not WheelKind.SCHOOL_TYPE:
            return None
        if value is None:
            raise ValueError(_("Välj vilken skolform hjulet gäller"))
        return value

    @field_validator("unit_id")
    @classmethod
    def _unit_when_it_is_hers(cls, value: UUID | None, info: ValidationInfo) -> UUID | None:
        if info.data.get("kind") is WheelKind.UNIT:
            if value is None:
                raise ValueError(_("Välj vilken enhet hjulet gäller"))
            return value
        return None


class WheelSettingsForm(FreeText):
    """What a wheel is called, and its pauses: stretches of days without reminders."""

    example: ClassVar[dict[str, Any]] = {
        "name": "Vårt årshjul",
        "pauses": ["07-01/07-31"],
    }

    name: Annotated[str, Required(_("Skriv vad hjulet heter"), 80)]
    pauses: Annotated[list[str], BeforeValidator(_pauses)]


def settings_raw(wheel: AnnualCycle) -> dict[str, str]:
    """Return a wheel's settings as their form shows them."""
    days = [f"{one.first[1]}/{one.first[0]}–{one.last[1]}/{one.last[0]}" for one in wheel.rests]
    return {"name": wheel.name, "pauses": ", ".join(days)}
