"""What people write when they plan, follow up and decide."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator

from ska.actions.rules import (
    ActionLevel,
    DecisionKind,
    DoneAnswer,
    EffectAnswer,
    GovernanceLevel,
    Horizon,
)
from ska.core.fields import Choice, Day, FreeText, Optional, Reference, Required, Tick
from ska.core.swedish import format_date
from ska.core.text import _

_DAY = Day()


def _days(value: Any, info: ValidationInfo) -> Any:
    """Read several dates, in a list or in one text with commas, "och" or lines between."""
    if isinstance(value, list):
        return value
    parts = re.split(r",|\n|\boch\b", str(value or ""))
    return [_DAY.func(part, info) for part in parts if part.strip()]  # type: ignore[call-arg]  # our own check


class ActionForm(FreeText):
    """An insats, as a draft or ready to come into force."""

    example: ClassVar[dict[str, Any]] = {
        "title": "Kartlägg nya elever inom två veckor",
        "level": "preventive",
        "governance_level": "principals",
        "horizon": "short",
        "owner_role": "rektor",
        "starts": "2026-09-15",
    }

    title: Annotated[str, Required(_("Skriv vad som ska göras, med ett verb först"), 200)]
    description: Annotated[str, Optional(4000)] = ""
    level: Annotated[
        ActionLevel, Choice(ActionLevel, _("Välj främjande, förebyggande eller åtgärdande"))
    ]
    governance_level: Annotated[
        GovernanceLevel, Choice(GovernanceLevel, _("Välj nivå i styrkedjan"))
    ]
    horizon: Annotated[Horizon, Choice(Horizon, _("Välj kort eller lång sikt"))]
    owner_role: Annotated[str, Required(_("Skriv vilken roll som ansvarar"), 120)]
    starts: Annotated[date, Day(_("Ange när insatsen börjar"))]
    ends: Annotated[date | None, Day()] = None
    is_investigation: Tick = False
    unit_id: Annotated[UUID | None, Reference()] = None
    deficiency_id: Annotated[UUID | None, Reference()] = None
    follow_ups: Annotated[list[date], BeforeValidator(_days)] = Field(
        default_factory=list, max_length=12
    )
    come_into_force: Tick = False

    @field_validator("ends")
    @classmethod
    def _ends_after_start(cls, value: date | None, info: ValidationInfo) -> date | None:
        starts = info.data.get("starts")
        if value is not None and starts is not None and value < starts:
            raise ValueError(
                _("Slutdatum måste vara samma dag som eller efter startdatum {day}.").format(
                    day=format_date(starts)
                )
            )
        return value


class ActionChangeForm(FreeText):
    """What is changed about an insats: only what is sent."""

    example: ClassVar[dict[str, Any]] = {
        "title": "Kartlägg nya elever inom en vecka",
    }

    title: Annotated[str, Required(_("Skriv vad som ska göras, med ett verb först"), 200)] = ""
    description: Annotated[str, Optional(4000)] = ""
    level: Annotated[
        ActionLevel | None, Choice(ActionLevel, _("Välj främjande, förebyggande eller åtgärdande"))
    ] = None
    governance_level: Annotated[
        GovernanceLevel | None, Choice(GovernanceLevel, _("Välj nivå i styrkedjan"))
    ] = None
    horizon: Annotated[Horizon | None, Choice(Horizon, _("Välj kort eller lång sikt"))] = None
    is_investigation: Tick = False
    owner_role: Annotated[str, Required(_("Skriv vilken roll som ansvarar"), 120)] = ""
    starts: Annotated[date | None, Day(_("Ange när insatsen börjar"))] = None
    ends: Annotated[date | None, Day()] = None

    @property
    def changes(self) -> dict[str, Any]:
        """Return the fields that were sent."""
        sent = self.model_fields_set - {"not_personal_data"}
        return {name: getattr(self, name) for name in sent}


class PlanFollowUpForm(FreeText):
    """Another day to look at how it goes."""

    planned_on: Annotated[date, Day(_("Ange när insatsen ska följas upp"))]


class ReasonForm(FreeText):
    """Why something that was planned does not come about."""

    example: ClassVar[dict[str, Any]] = {"reason": "Eleverna har redan kartlagts."}

    reason: Annotated[str, Required(_("Skriv varför"), 1000)]


class FollowUpForm(FreeText):
    """Was it carried out, and did it have effect."""

    example: ClassVar[dict[str, Any]] = {
        "done_answer": "yes",
        "what_happened": "Alla nya elever kartlades.",
        "effect_answer": "partly",
        "effect_ground": "Proven i november.",
    }

    done_answer: Annotated[DoneAnswer, Choice(DoneAnswer, _("Svara om insatsen genomfördes"))]
    what_happened: Annotated[str, Required(_("Skriv vad som hände"), 4000)]
    effect_answer: Annotated[EffectAnswer, Choice(EffectAnswer, _("Svara om insatsen gav effekt"))]
    effect_ground: Annotated[
        str,
        Required(_("Skriv vad svaret bygger på, eller varför det inte går att bedöma än"), 4000),
    ]
    learned: Annotated[str, Optional(4000)] = ""


class DecisionForm(FreeText):
    """What is decided, and why."""

    example: ClassVar[dict[str, Any]] = {
        "kind": "continue",
        "reason": "Kartläggningen fungerar och behövs varje termin.",
    }

    kind: Annotated[DecisionKind, Choice(DecisionKind, _("Välj vad ni beslutar"))]
    reason: Annotated[str, Required(_("Skriv varför ni beslutar så"), 4000)]


class DeficiencyForm(FreeText):
    """A brist that must be mended."""

    example: ClassVar[dict[str, Any]] = {
        "text": "Skolläkare saknas",
    }

    text: Annotated[str, Required(_("Skriv vad som brister"), 4000)]
    source: Annotated[str, Optional(300)] = ""
    unit_id: Annotated[UUID | None, Reference()] = None
