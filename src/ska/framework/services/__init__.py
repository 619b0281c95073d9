"""What is done to the framework: editions are loaded, wording is filled in, local goals are set."""

from ska.framework.services.loading import Loaded, load_edition, load_framework
from ska.framework.services.local import (
    add_goal,
    add_local_indicator,
    change_goal,
    change_local_indicator,
    tie,
    untie,
)
from ska.framework.services.wording import accept_wordings, withdraw_wording

__all__ = [
    "Loaded",
    "accept_wordings",
    "add_goal",
    "add_local_indicator",
    "change_goal",
    "change_local_indicator",
    "load_edition",
    "load_framework",
    "tie",
    "untie",
    "withdraw_wording",
]
