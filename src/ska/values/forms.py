"""What people write about values."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator

from ska.core.fields import FreeText, Required, Written
from ska.core.text import _
from ska.values.rules import SMALLEST_GROUP, Audience, Nature

LEAST_INSIDE = SMALLEST_GROUP[Audience.INSIDE, Nature.RESULT]
LEAST_OUTSIDE = SMALLEST_GROUP[Audience.OUTSIDE, Nature.RESULT]
MOST = 100


def _at_least(least: int) -> BeforeValidator:
    def check(value: Any) -> int:
        text = str(value).strip()
        if not text.isdecimal() or not least <= int(text) <= MOST:
            raise ValueError(
                _("Skriv ett heltal från {least} till {most}.").format(least=least, most=MOST)
            )
        return int(text)

    return BeforeValidator(check)


class LimitsForm(Written):
    """The smallest groups that may be shown of the huvudman's own values."""

    example: ClassVar[dict[str, Any]] = {
        "inside": 8,
        "outside": 12,
    }

    inside: Annotated[int, _at_least(LEAST_INSIDE)]
    outside: Annotated[int, _at_least(LEAST_OUTSIDE)]


class AlarmForm(FreeText):
    """Why a finding of the X-ray is no fault."""

    reason: Annotated[str, Required(_("Skriv varför värdet stämmer."), 500)]
