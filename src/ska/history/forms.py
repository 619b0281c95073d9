"""What a person says of a report before it is kept."""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import BeforeValidator, Field, model_validator

from ska.core.fields import FreeText, Optional, Reference, Required, Tick, Written
from ska.core.school_year import SchoolYear
from ska.core.text import _

LONGEST_PASTED = 600_000
_PART = re.compile(r"part_(\d{1,4})$")


def _places(value: Any) -> list[int]:
    """Read the places of blocks, one or several, as a page or a program sends them."""
    parts = value if isinstance(value, list) else [value]
    return [int(part) for part in parts if re.fullmatch(r"\d{1,4}", str(part))]


def _year(value: Any) -> str:
    try:
        return str(SchoolYear.parse(str(value or "")))
    except ValueError:
        raise ValueError(_("Välj vilket läsår rapporten gäller.")) from None


class PastedForm(Written):
    """A report as text; persons are looked for line by line when it is read."""

    example: ClassVar[dict[str, Any]] = {
        "text": "# Resultat\nDe flesta trivs.\n# Insatser\nVi ska läsa varje dag.",
        "name": "Kvalitetsrapport 2024/25",
    }

    text: Annotated[str, Required(_("Klistra in rapportens text."), LONGEST_PASTED)]
    name: Annotated[str, Optional(200)] = ""
    not_personal_data: Tick = False


class ArrangeForm(FreeText):
    """Whose report it is and of which läsår, and where its sections belong.

    *headings* are the places of the blocks that begin a section, *parts* the part chosen for the
    section that begins at a place, *promises* the blocks that become utkast to insatser.
    """

    example: ClassVar[dict[str, Any]] = {
        "title": "Kvalitetsrapport 2024/25",
        "year": "2024/25",
        "headings": [0, 2],
        "parts": {"0": "results"},
        "promises": [3],
    }

    title: Annotated[str, Required(_("Skriv vad rapporten heter."), 200)]
    year: Annotated[str, BeforeValidator(_year)]
    unit_id: Annotated[UUID | None, Reference()] = None
    headings: Annotated[list[int], BeforeValidator(_places)] = Field(default_factory=list)
    parts: dict[str, str] = Field(default_factory=dict)
    promises: Annotated[list[int], BeforeValidator(_places)] = Field(default_factory=list)

    @model_validator(mode="before")
    @classmethod
    def _parts_of_a_page(cls, data: Any) -> Any:
        """Gather ``part_3``, ``part_17``, … of a page into *parts*."""
        if not isinstance(data, dict) or "parts" in data:
            return data
        parts = {found[1]: data[name] for name in data if (found := _PART.match(name))}
        return {**{name: data[name] for name in data if not _PART.match(name)}, "parts": parts}
