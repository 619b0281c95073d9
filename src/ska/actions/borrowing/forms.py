"""What people write when they lend an arbetssätt."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, ClassVar
from uuid import UUID

from ska.core.fields import Day, FreeText, Optional, Reference, Required
from ska.core.text import _


class LendForm(FreeText):
    """An insats in the words that a network may read, until a day."""

    example: ClassVar[dict[str, Any]] = {
        "title": "Ha en lästimme varje dag",
        "description": "Hela skolan läser samtidigt, den första timmen efter lunch.",
        "outcome": "Fler läser flytande i mars än i september. Varför vet vi inte.",
        "until": "2027-06-30",
        "item": "gr-alla-amnen-ak6",
    }

    network_id: Annotated[UUID, Reference(_("Välj vilket nätverk som får läsa"))]
    title: Annotated[str, Required(_("Skriv vad ni gör, med ett verb först"), 200)]
    description: Annotated[str, Required(_("Skriv hur ni gör, så att någon annan kan prova"))]
    outcome: Annotated[str, Required(_("Skriv vad det har gett, eller att ni inte vet än"))]
    until: Annotated[date, Day(_("Skriv sista dagen som andra får läsa"))]
    item: Annotated[str, Optional(200)] = ""
