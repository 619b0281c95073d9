"""What the room answers: its pages and what programs ask, in one place each."""

from __future__ import annotations

from typing import Any

from ska.actions.api import API as ACTION_API
from ska.actions.borrowing.api import API as PRACTICE_API
from ska.actions.borrowing.controllers import PracticeController
from ska.actions.borrowing.told_pages import TellingController
from ska.actions.chain import ChainController
from ska.actions.controllers import ActionController
from ska.actions.deficiencies import DeficiencyController
from ska.actions.effects.api import API as EFFECT_API
from ska.actions.effects.controllers import EffectController
from ska.actions.effects.expecting import ExpectationController
from ska.actions.follow_up_pages import FollowUpController
from ska.actions.undoing_pages import UndoingController

PAGES: list[Any] = [
    ChainController,
    ActionController,
    FollowUpController,
    UndoingController,
    ExpectationController,
    EffectController,
    DeficiencyController,
    PracticeController,
    TellingController,
]
API: list[Any] = [*ACTION_API, *EFFECT_API, *PRACTICE_API]
