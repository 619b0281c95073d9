"""What people write about a sambedömning."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar
from uuid import UUID

from ska.core.fields import Amount, Count, Day, FreeText, Optional, Reference, Required
from ska.core.text import _


class ModerationForm(FreeText):
    """A sambedömning: when, which texts, how alike before and after, and the hours it took."""

    example: ClassVar[dict[str, Any]] = {
        "held_on": "2026-05-12",
        "subject": "svenska",
        "stage": "9",
        "texts": 28,
        "agreed_before": "86",
        "agreed_after": "96",
        "marking_hours": "14",
        "analysis_hours": "3",
        "learned": "Läsförståelse blev utvecklingsområde.",
    }

    held_on: Annotated[date, Day(_("Skriv vilken dag det var"))]
    unit_id: Annotated[UUID | None, Reference()] = None
    subject: Annotated[str, Required(_("Skriv vilket ämne"), 60)]
    stage: Annotated[str, Required(_("Skriv vilken årskurs"), 20)]
    texts: Annotated[int, Count(_("Skriv hur många elevtexter"), low=1, high=10_000)]
    agreed_before: Annotated[Decimal | None, Amount(high=100)] = None
    agreed_after: Annotated[Decimal | None, Amount(high=100)] = None
    marking_hours: Annotated[Decimal | None, Amount(high=10_000)] = None
    analysis_hours: Annotated[Decimal | None, Amount(high=10_000)] = None
    learned: Annotated[str, Optional(1000)] = ""


class LinkForm(FreeText):
    """Which analysis a sambedömning belongs to."""

    example: ClassVar[dict[str, Any]] = {
        "analysis_id": "01990f6e-5c00-7000-8000-000000000001",
    }

    analysis_id: Annotated[UUID, Reference(_("Välj en analys"))]


class StrikeForm(FreeText):
    """Why a sambedömning is struck."""

    example: ClassVar[dict[str, Any]] = {"reason": "Skrevs två gånger"}

    reason: Annotated[str, Required(_("Skriv varför den stryks"), 500)]
