"""What people write about a number that an insats should change."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, ClassVar
from uuid import UUID

from ska.actions.effects.rules import Direction, Gender
from ska.core.fields import Amount, Choice, Reference, Required, Tick, Written
from ska.core.text import _


class ExpectationForm(Written):
    """Which number, which way, how much and when; *accept_small* for what cannot be seen."""

    example: ClassVar[dict[str, Any]] = {
        "indicator": "gr-alla-amnen-ak9",
        "gender": "T",
        "direction": "higher",
        "size": "12",
        "expected_in": "2027/28",
    }

    indicator: Annotated[str, Required(_("Välj en indikator"), 120)]
    gender: Annotated[Gender, Choice(Gender, _("Välj vilkas värden det gäller"))]
    unit_id: Annotated[UUID | None, Reference()] = None
    direction: Annotated[Direction, Choice(Direction, _("Välj åt vilket håll värdet ska gå"))]
    size: Annotated[Decimal, Amount(_("Skriv hur stor ändring ni väntar er"), low=0.01)]
    expected_in: Annotated[str, Required(_("Välj från när det ska synas"), 20)]
    effect_id: Annotated[UUID | None, Reference()] = None
    accept_small: Tick = False
