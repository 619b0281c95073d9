"""Resultatdialoger with what was agreed, needed and kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import factory
from tests.factories.base import Factory
from tests.factories.chain import ActionFactory
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory
from tests.factories.writing import LONG_AGO, WrittenTextFactory

from ska.dialogues.models import (
    Agreement,
    BoardDecision,
    DialoguePack,
    NationalQualityDialogue,
    Need,
    ResultsDialogue,
    SelfAssessment,
)
from ska.dialogues.rules import contents, results
from ska.organizers.models import Organizer

EMPTY = ("forms", "goals", "factors", "areas", "ongoing", "ended", "decided", "missing")


class ResultsDialogueFactory(Factory):
    class Meta:
        model = ResultsDialogue
        exclude = ("unit",)

    unit = factory.SubFactory(SchoolUnitFactory)
    unit_id = factory.SelfAttribute("unit.id")
    organizer_id = factory.SelfAttribute("unit.organizer_id")
    held_on = date(2026, 9, 2)
    took_part = "Rektor och skolchef"
    opened_by = "Kim Ek"


class OfDialogueFactory(Factory):
    class Meta:
        abstract = True
        exclude = ("dialogue",)

    dialogue = factory.SubFactory(ResultsDialogueFactory)
    dialogue_id = factory.SelfAttribute("dialogue.id")
    unit_id = factory.SelfAttribute("dialogue.unit_id")
    organizer_id = factory.SelfAttribute("dialogue.organizer_id")


class AgreementFactory(OfDialogueFactory):
    class Meta:
        model = Agreement
        exclude = ("dialogue", "action")

    action = factory.SubFactory(ActionFactory)
    action_id = factory.SelfAttribute("action.id")
    text = "Kartlägg nya elever inom två veckor"
    owner_role = "rektor"
    due = date(2027, 1, 22)
    written_by = "Kim Ek"


class NeedFactory(OfDialogueFactory):
    class Meta:
        model = Need

    text = "En skolpsykolog på plats en dag i veckan"
    written_by = "Robin Berg"


class DialoguePackFactory(OfDialogueFactory):
    class Meta:
        model = DialoguePack

    kept_at = datetime(2026, 9, 2, 12, tzinfo=UTC)
    kept_by = "Kim Ek"
    content = factory.LazyFunction(dict)


class NationalQualityDialogueFactory(Factory):
    class Meta:
        model = NationalQualityDialogue
        exclude = ("organizer",)

    organizer = factory.SubFactory(OrganizerFactory)
    organizer_id = factory.SelfAttribute("organizer.id")
    held_on = date(2027, 2, 10)
    opened_by = "Kim Ek"


class OfNationalFactory(Factory):
    class Meta:
        abstract = True
        exclude = ("national",)

    national = factory.SubFactory(NationalQualityDialogueFactory)
    national_id = factory.SelfAttribute("national.id")
    organizer_id = factory.SelfAttribute("national.organizer_id")


class SelfAssessmentFactory(OfNationalFactory):
    class Meta:
        model = SelfAssessment

    voice = "board"
    factor = "ff-ska-undervisning"
    rating = "some"
    ground = "Rapporterna visar sällan orsaker."
    written_by = "Kim Ek"


class NationalPackFactory(OfNationalFactory):
    """A kept version that says *words*, and for the rest nothing."""

    class Meta:
        model = DialoguePack
        exclude = ("national", "words")

    words = "Elever"
    kept_at = datetime(2026, 9, 2, 12, tzinfo=UTC)
    kept_by = "Kim Ek"
    content = factory.LazyAttribute(
        lambda row: {
            **{name: [] for name in EMPTY},
            "since": None,
            "units": {"ongoing": 0, "ended": 0, "with_effect": 0},
            "taken_part": [row.words],
            "texts": {},
        }
    )


class BoardDecisionFactory(OfNationalFactory):
    class Meta:
        model = BoardDecision

    registry_number = "BUN 2026/0147"
    decided_on = date(2026, 12, 15)
    text = "Nämnden prioriterar läsningen."
    concerns = "Kvalitetsdialog"
    written_by = "Kim Ek"


class AboutActionFactory(Factory):
    """A decision of the nämnd about an insats."""

    class Meta:
        model = BoardDecision
        exclude = ("action",)

    action = factory.SubFactory(ActionFactory)
    action_id = factory.SelfAttribute("action.id")
    organizer_id = factory.SelfAttribute("action.organizer_id")
    registry_number = "BUN 2026/0147"
    decided_on = date(2026, 12, 15)
    text = "Nämnden prioriterar läsningen."
    concerns = "Insats"
    written_by = "Kim Ek"


def dialogue_fillers(canary: str) -> dict[str, Callable[[Organizer], str]]:
    """Return what makes a dialogue and a need with *canary* in every text, for the matrix."""

    def dialogue(organizer: Organizer) -> str:
        words = f"{canary}skolan {organizer.slug}"
        unit = SchoolUnitFactory(organizer=organizer, name=f"{words} i dialog")
        kept = {"unit": unit, "took_part": words}
        before = ResultsDialogueFactory(**kept, closed_at=LONG_AGO, closed_by=words)
        AgreementFactory(dialogue=before, action=ActionFactory(organizer=organizer), text=words)
        DialoguePackFactory(dialogue=before, content={"words": words})
        own = ResultsDialogueFactory(**kept, opened_by=words)
        for key in results.SECTIONS:
            text = {"subject_kind": results.KIND, "subject_id": own.id, "key": key, "text": words}
            WrittenTextFactory(organizer=organizer, unit=unit, **text)
        return str(own.id)

    def need(organizer: Organizer) -> str:
        words = f"{canary}skolan {organizer.slug}"
        unit = SchoolUnitFactory(organizer=organizer, name=f"{words} med behov")
        return str(NeedFactory(dialogue=ResultsDialogueFactory(unit=unit), text=words).id)

    return {"dialogue": dialogue, "need": need}


def national_parts(organizer: Organizer, canary: str) -> dict[str, str]:
    """Return the state's dialogue with a kept version and a decision about it."""
    words = f"{canary}skolan {organizer.slug}"
    own = NationalQualityDialogueFactory(organizer=organizer, took_part=words, opened_by=words)
    SelfAssessmentFactory(national=own, ground=words)
    for key in contents.SECTIONS:
        text = {"subject_kind": contents.KIND, "subject_id": own.id, "key": key, "text": words}
        WrittenTextFactory(organizer=organizer, **text)
    return {
        "national": str(own.id),
        "section": next(iter(contents.SECTIONS)),
        "pack": str(NationalPackFactory(national=own, words=words).id),
        "decision": str(BoardDecisionFactory(national=own, text=words, concerns=words).id),
    }
