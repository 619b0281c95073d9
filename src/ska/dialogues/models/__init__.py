"""Tables of the dialogues: what was met about, agreed, needed and answered, and kept."""

from ska.actions.models import BoardDecision
from ska.dialogues.models.national import NationalQualityDialogue, SelfAssessment
from ska.dialogues.models.results import Agreement, DialoguePack, Need, ResultsDialogue

__all__ = [
    "Agreement",
    "BoardDecision",
    "DialoguePack",
    "NationalQualityDialogue",
    "Need",
    "ResultsDialogue",
    "SelfAssessment",
]
