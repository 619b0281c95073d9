"""What people write before, during and after a dialogue."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, ClassVar
from uuid import UUID

from ska.core.fields import Choice, Day, FreeText, Optional, Reference, Required
from ska.core.text import _
from ska.dialogues.rules.results import AnswerKind
from ska.dialogues.rules.voices import Rating, Voice


class DialogueForm(FreeText):
    """The beginning of a resultatdialog: which unit, which day."""

    unit_id: Annotated[UUID, Reference(_("Välj enhet"))]
    held_on: Annotated[date, Day(_("Skriv vilken dag ni ses"))]


class MeetingForm(FreeText):
    """The day of a dialogue and who took part."""

    example: ClassVar[dict[str, Any]] = {"took_part": "Rektor, skolchef och kvalitetsutvecklare"}

    held_on: Annotated[date, Day(_("Skriv vilken dag ni ses"))]
    took_part: Annotated[str, Optional(500)] = ""


class AgreementForm(FreeText):
    """What was agreed: an insats that rests on an area or a brist, with its role and day."""

    example: ClassVar[dict[str, Any]] = {
        "text": "Kartlägg nya elever inom två veckor",
        "owner_role": "rektor",
        "ground": "01990f6e-5c00-7000-8000-000000000001",
    }

    text: Annotated[str, Required(_("Skriv vad ni kom överens om, med ett verb först"), 200)]
    owner_role: Annotated[str, Required(_("Skriv vilken roll som ansvarar"), 120)]
    due: Annotated[date, Day(_("Skriv vilken dag det följs upp"))]
    ground: Annotated[
        UUID,
        Reference(
            _("Välj vad det vilar på. En insats görs på grund av en analys (skollagen 4 kap. 3 §).")
        ),
    ]


class NeedForm(FreeText):
    """What the unit needs of the level above."""

    example: ClassVar[dict[str, Any]] = {"need": "En skolpsykolog på plats en dag i veckan"}

    need: Annotated[str, Required(_("Skriv vad enheten behöver av huvudmannen"), 1000)]
    answer_by: Annotated[date | None, Day()] = None


class NeedAnswerForm(FreeText):
    """What the huvudman answers to a need."""

    example: ClassVar[dict[str, Any]] = {"answer": "En dag i veckan från januari."}

    answer_kind: Annotated[AnswerKind, Choice(AnswerKind, _("Välj vad ni svarar"))]
    answer: Annotated[str, Required(_("Skriv vad som händer nu, eller varför inte"), 2000)]


class AssessmentForm(FreeText):
    """How a voice sees a success factor, and what that rests on."""

    example: ClassVar[dict[str, Any]] = {
        "voice": "board",
        "factor": "ff-ska-undervisning",
        "rating": "some",
        "ground": "Rapporterna visar orsaker, men sällan vad insatserna ledde till.",
        "seen": "",
    }

    voice: Annotated[Voice, Choice(Voice, _("Välj vem ni svarar för"))]
    factor: Annotated[str, Required(_("Välj framgångsfaktor"), 120)]
    rating: Annotated[Rating, Choice(Rating, _("Välj hur långt ni har kommit"))]
    ground: Annotated[str, Required(_("Skriv en mening om vad svaret bygger på"), 1000)]
    seen: Annotated[str, Optional(16)] = ""


class BoardDecisionForm(FreeText):
    """What the nämnd decided: its diarienummer, day, words, and what it concerns."""

    example: ClassVar[dict[str, Any]] = {
        "registry_number": "BUN 2026/0147",
        "text": "Nämnden prioriterar läsningen och avsätter medel för en speciallärare.",
        "concerns": "01990f6e-5c00-7000-8000-000000000001",
    }

    registry_number: Annotated[str, Required(_("Skriv diarienumret"), 60)]
    decided_on: Annotated[date, Day(_("Välj vilken dag nämnden beslutade"))]
    text: Annotated[str, Required(_("Skriv vad nämnden beslutade"), 2000)]
    concerns: Annotated[UUID, Reference(_("Välj vad beslutet gäller"))]
