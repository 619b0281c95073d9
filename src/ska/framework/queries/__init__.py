"""What is read of the framework: the catalogue, the wording filled in, and what is local."""

from ska.framework.queries.catalogue import (
    EditionRow,
    ItemRow,
    current_system,
    edition,
    editions,
    indicators_by_label,
    item,
    items,
    links_of,
)
from ska.framework.queries.local import (
    goal,
    goals,
    local_indicator,
    local_indicators,
    tie_by_id,
    ties,
)
from ska.framework.queries.wording import Proposal, patch_of, propose, wording, wordings

__all__ = [
    "EditionRow",
    "ItemRow",
    "Proposal",
    "current_system",
    "edition",
    "editions",
    "goal",
    "goals",
    "indicators_by_label",
    "item",
    "items",
    "links_of",
    "local_indicator",
    "local_indicators",
    "patch_of",
    "propose",
    "tie_by_id",
    "ties",
    "wording",
    "wordings",
]
