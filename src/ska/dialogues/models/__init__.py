"""Tables of the dialogues: what was met about, agreed, needed and answered, and kept."""

from ska.dialogues.models.results import Agreement, DialoguePack, Need, ResultsDialogue

__all__ = ["Agreement", "DialoguePack", "Need", "ResultsDialogue"]
