"""The doors of the dialogues: pages and API."""

from __future__ import annotations

from typing import Any

from ska.dialogues.api import NeedApi, ResultsDialogueApi
from ska.dialogues.assessment_pages import AssessmentController
from ska.dialogues.controllers import ResultsDialogueController
from ska.dialogues.decision_api import BoardDecisionApi
from ska.dialogues.decision_pages import BoardDecisionController
from ska.dialogues.national_api import NationalDialogueApi
from ska.dialogues.national_pages import NationalDialogueController
from ska.dialogues.need_pages import NeedController
from ska.dialogues.writing_pages import NationalNotesController, NotesController

PAGES: list[Any] = [
    ResultsDialogueController,
    NotesController,
    NeedController,
    NationalDialogueController,
    AssessmentController,
    NationalNotesController,
    BoardDecisionController,
]
API: list[Any] = [ResultsDialogueApi, NeedApi, NationalDialogueApi, BoardDecisionApi]
