"""What people do with insatser: plan, bring into force, follow up, decide, mend brister."""

from ska.actions.services.deficiencies import (
    change_deficiency,
    mend_deficiency,
    note_deficiency,
    reopen_deficiency,
)
from ska.actions.services.following_up import (
    answer_follow_up,
    decide,
    move_follow_up,
    plan_follow_up,
)
from ska.actions.services.planning import (
    bring_into_force,
    change_action,
    establish_analysis,
    plan_action,
)

__all__ = [
    "answer_follow_up",
    "bring_into_force",
    "change_action",
    "change_deficiency",
    "decide",
    "establish_analysis",
    "mend_deficiency",
    "move_follow_up",
    "note_deficiency",
    "plan_action",
    "plan_follow_up",
    "reopen_deficiency",
]
