"""What people write on the pages of results."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar
from uuid import UUID

from ska.core.fields import FreeText, Reference, Required
from ska.core.text import _

NEW = "ny"


class SeenForm(FreeText):
    """What is seen in an indicator's numbers; without an analysis a new one is begun."""

    example: ClassVar[dict[str, Any]] = {
        "text": "Andelen har sjunkit två år i rad.",
    }

    analysis_id: Annotated[UUID | None, Reference()] = None
    text: Annotated[str, Required(_("Skriv vad ni ser"), 4000)]
