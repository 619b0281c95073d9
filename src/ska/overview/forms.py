"""What people write on the pages of results."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import BeforeValidator, Field

from ska.core.fields import FreeText, Reference, Required
from ska.core.text import _

NEW = "ny"


def _listed(value: Any) -> Any:
    """Read one or several ticked questions, however the browser sent them."""
    return [value] if isinstance(value, str) else value


class SeenForm(FreeText):
    """What is seen in a page's numbers; without an analysis a new one is begun.

    *questions* are those that the page asks and the writer wants answered.
    """

    example: ClassVar[dict[str, Any]] = {
        "text": "Andelen har sjunkit två år i rad.",
    }

    analysis_id: Annotated[UUID | None, Reference()] = None
    text: Annotated[str, Required(_("Skriv vad ni ser"), 4000)]
    questions: Annotated[list[str], BeforeValidator(_listed)] = Field(default_factory=list)


class ShiftForm(FreeText):
    """A shift of level that is accepted: from when, why, and what it is thought to follow from."""

    example: ClassVar[dict[str, Any]] = {
        "period": "2023/24",
        "reason": "Två skolor blev en, och eleverna kommer från ett större område.",
    }

    period: Annotated[str, Required(_("Välj när den nya nivån börjar"), 40)]
    reason: Annotated[str, Required(_("Skriv varför nivån är en annan"), 1000)]
    action_id: Annotated[UUID | None, Reference()] = None
