"""What people write when they ask and answer."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, ClassVar

from ska.core.fields import Day, FreeText, Optional, Required
from ska.core.text import _


class AskForm(FreeText):
    """A question, to whom (empty is the whole network), and the meeting that takes it up."""

    example: ClassVar[dict[str, Any]] = {
        "to": "",
        "question": "Vad gör ni när en elev inte läser flytande i årskurs 4?",
        "meeting_on": "2026-11-12",
    }

    to: Annotated[str, Optional(200)] = ""
    question: Annotated[str, Required(_("Skriv frågan"), 1000)]
    meeting_on: Annotated[date | None, Day()] = None


class GivenAnswerForm(FreeText):
    """The answer to a question."""

    example: ClassVar[dict[str, Any]] = {"answer": "Lästimme varje dag, i hela skolan samtidigt."}

    answer: Annotated[str, Required(_("Skriv ett svar"), 4000)]
