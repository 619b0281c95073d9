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
from ska.framework.services.metadata import compare_labels, read_labels
from ska.framework.services.wording import accept_wordings, withdraw_wording

__all__ = [
    "Loaded",
    "accept_wordings",
    "add_goal",
    "add_local_indicator",
    "change_goal",
    "change_local_indicator",
    "compare_labels",
    "load_edition",
    "load_framework",
    "read_labels",
    "tie",
    "untie",
    "withdraw_wording",
]
