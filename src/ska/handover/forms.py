"""What is asked and answered at a handover."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from ska.core.fields import Choice, FreeText, Required
from ska.core.text import _
from ska.handover.rules import AskedOf


class QuestionForm(FreeText):
    """A question about the unit."""

    example: ClassVar[dict[str, Any]] = {
        "question": "Varför slutade ni med läsveckorna?",
        "asked_of": "leaver",
    }

    question: Annotated[str, Required(_("Skriv din fråga."), 1000)]
    asked_of: Annotated[AskedOf, Choice(AskedOf, _("Välj vem du frågar."))] = AskedOf.ORGANIZER


class AnswerForm(FreeText):
    """The answer to a question."""

    example: ClassVar[dict[str, Any]] = {"answer": "De tog tid från matematiken."}

    answer: Annotated[str, Required(_("Skriv ett svar."), 4000)]
