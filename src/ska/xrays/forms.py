"""What people write about a finding."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from ska.core.fields import FreeText, Required
from ska.core.text import _


class KnownForm(FreeText):
    """Why a finding of the X-ray is as it should be."""

    example: ClassVar[dict[str, Any]] = {"reason": "Skolan börjar sitt årshjul i januari."}

    reason: Annotated[str, Required(_("Skriv varför det är som det ska."), 500)]
