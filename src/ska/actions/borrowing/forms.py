"""What people write when they lend an arbetssätt, and when they tell what came of one."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, ClassVar
from uuid import UUID

from ska.actions.rules import EffectAnswer
from ska.core.fields import Choice, Day, FreeText, Optional, Reference, Required
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


class TellForm(FreeText):
    """What came of a borrowed arbetssätt, in words that whoever lent it reads."""

    example: ClassVar[dict[str, Any]] = {
        "effect_answer": "cannot_tell",
        "told": "Tre klasser har läst varje dag sedan januari. Det är lugnare efter lunch.",
        "ground": "Lärarnas intryck. Läsflytet mäts först i maj, så mer vet vi inte.",
    }

    effect_answer: Annotated[
        EffectAnswer,
        Choice(EffectAnswer, _("Svara om det gav effekt hos er, eller att det inte går att säga")),
    ]
    told: Annotated[str, Required(_("Skriv vad ni gjorde och vad som blev annorlunda"), 4000)]
    ground: Annotated[str, Required(_("Skriv vad svaret bygger på och vad ni inte vet"), 4000)]
