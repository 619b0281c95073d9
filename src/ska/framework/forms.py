"""What people write about the framework."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import AfterValidator, BeforeValidator, model_validator

from ska.core.fields import Choice, Day, Optional, Reference, Required, Written
from ska.core.personal_data import find_personal_data
from ska.core.swedish import parse_whole
from ska.core.text import _

_ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s]+")


class Better(StrEnum):
    """Which way is wanted for a local indicator."""

    HIGHER = "higher"
    LOWER = "lower"
    NEUTRAL = "neutral"


def _address(value: Any) -> str:
    text = str(value or "").strip()
    if not _ADDRESS.fullmatch(text) or len(text) > 500:
        raise ValueError(_("Klistra in sidans adress. Den börjar med https://"))
    return text


def _without_personal_data(text: str) -> str:
    if hits := find_personal_data(text):
        raise ValueError(hits[0].sentence)
    return text


Guarded = AfterValidator(_without_personal_data)


def _number(value: Any) -> int | None:
    text = str(value if value is not None else "").strip()
    if not text:
        return None
    number = parse_whole(text, 1, 50)
    if number is None:
        raise ValueError(_("Ange delmålets nummer, mellan 1 och 50."))
    return number


def _group(value: Any) -> int:
    text = str(value if value is not None else "").strip()
    number = parse_whole(text, 5, 500)
    if number is None:
        raise ValueError(_("Ange ett heltal, minst 5. Mindre grupper visas aldrig."))
    return number


class PasteForm(Written):
    """A page's text, pasted once."""

    example: ClassVar[dict[str, Any]] = {
        "edition": "nks-2023",
        "source_url": "https://www.skolverket.se/sida",
        "seen_on": "2026-09-03",
        "text": "Grundskola\nDelmål 1: Alla når målen.",
    }

    edition: Annotated[str, Required(_("Välj utgåva"), 60)]
    source_url: Annotated[str, BeforeValidator(_address)]
    seen_on: Annotated[date, Day(_("Skriv dagen då du läste sidan"))]
    text: Annotated[str, Required(_("Klistra in sidans text"), 200_000)]


class WordingForm(Written):
    """One wording that a person has compared and accepted."""

    example: ClassVar[dict[str, Any]] = {
        "kind": "sub_goal",
        "item_id": "nks-2023/gr-1",
        "text": "Alla når målen.",
    }

    kind: Annotated[str, Required(_("Välj vad texten är"), 30)]
    item_id: Annotated[str, Optional(120)]
    school_type: Annotated[str | None, BeforeValidator(lambda value: str(value or "") or None)]
    number: Annotated[int | None, BeforeValidator(_number)]
    text: Annotated[str, Required(_("Skriv ordalydelsen"), 4000), Guarded]

    @model_validator(mode="after")
    def _is_placed(self) -> WordingForm:
        if not self.item_id and not (self.school_type and self.number):
            raise ValueError(_("Välj var texten hör hemma."))
        return self


class AcceptForm(Written):
    """The accepted wordings of one page, with its address and the day it was read."""

    example: ClassVar[dict[str, Any]] = {
        "edition": "nks-2023",
        "source_url": "https://www.skolverket.se/sida",
        "seen_on": "2026-09-03",
    }

    edition: Annotated[str, Required(_("Välj utgåva"), 60)]
    source_url: Annotated[str, BeforeValidator(_address)]
    seen_on: Annotated[date, Day(_("Skriv dagen då du läste sidan"))]
    wordings: list[WordingForm]


class GoalForm(Written):
    """A local goal."""

    example: ClassVar[dict[str, Any]] = {
        "title": "Alla läser säkert",
        "description": "Varje elev läser säkert i årskurs 3.",
        "decided_by": "Barn- och utbildningsnämnden",
        "valid_from": "2026-08-01",
    }

    title: Annotated[str, Required(_("Skriv vad ni vill nå"), 160), Guarded]
    description: Annotated[str, Optional(4000), Guarded]
    decided_by: Annotated[str, Required(_("Skriv vem som har beslutat målet"), 200), Guarded]
    valid_from: Annotated[date, Day(_("Skriv från och med vilken dag målet gäller"))]
    valid_to: Annotated[date | None, Day()]

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> GoalForm:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError(_("Sista dagen måste vara samma dag som eller efter den första."))
        return self


class LocalIndicatorForm(Written):
    """A measure of the huvudman's own."""

    example: ClassVar[dict[str, Any]] = {
        "name": "Lästest i årskurs 3",
        "unit": "%",
        "better": "higher",
        "definition": "Andel elever över gränsen i höstens lästest",
        "caution": "Provet byttes 2025.",
        "smallest_group": 10,
    }

    name: Annotated[str, Required(_("Skriv vad indikatorn heter"), 160), Guarded]
    unit: Annotated[str, Required(_("Skriv enheten, till exempel % eller index 0–10"), 40)]
    better: Annotated[Better, Choice(Better, _("Välj vilken riktning som är önskad"))]
    definition: Annotated[str, Required(_("Skriv vad som räknas och av vilka"), 2000), Guarded]
    caution: Annotated[str, Required(_("Skriv vad som kan vilseleda den som läser"), 2000), Guarded]
    smallest_group: Annotated[int, BeforeValidator(_group)]
    local_goal_id: Annotated[UUID | None, Reference()]
    retired_on: Annotated[date | None, Day()]


class TieForm(Written):
    """A tie to the framework, with its reason."""

    example: ClassVar[dict[str, Any]] = {
        "item_id": "nks-2023/gr-5",
        "reason": "Läsning bär alla ämnen.",
    }

    item_id: Annotated[str, Required(_("Välj ett delmål i listan"), 120)]
    reason: Annotated[str, Required(_("Skriv varför de hör ihop"), 1000), Guarded]
