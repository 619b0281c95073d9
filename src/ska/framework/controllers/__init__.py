"""Pages of the framework: requirements, pasted wording, local goals and indicators."""

from ska.framework.controllers.goals import LocalGoalController
from ska.framework.controllers.measures import LocalIndicatorController
from ska.framework.controllers.requirements import RequirementController
from ska.framework.controllers.wording import WordingController

PAGES = [
    RequirementController,
    WordingController,
    LocalGoalController,
    LocalIndicatorController,
]

__all__ = ["PAGES"]
