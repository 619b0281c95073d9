"""What people write, and what programs send."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import BeforeValidator

from ska.core.fields import Reference, Tick, Written
from ska.core.text import _


def _as_written(value: object) -> str:
    """Keep spaces at the end: the writer may be in the middle of a sentence."""
    text = "" if value is None else str(value)
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


class TextForm(Written):
    """One text as a program or the editor sends it."""

    example: ClassVar[dict[str, Any]] = {
        "text": "Vi ser på årskurs 9.",
    }

    text: Annotated[str, BeforeValidator(_as_written)]
    follows: str | None = None
    not_personal_data: Tick = False


class RestoreForm(Written):
    """The version to put back, and the version of the text that the reader saw."""

    version_id: Annotated[UUID, Reference(_("Välj en version att återställa"))]
    seen: int = -1
