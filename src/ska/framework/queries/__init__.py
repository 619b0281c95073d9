"""What is read of the framework: the catalogue, the wording filled in, and what is local."""

from ska.framework.queries.catalogue import (
    EditionRow,
    ItemRow,
    current_system,
    edition,
    editions,
    indicators_by_label,
    is_loaded,
    item,
    items,
    items_in_force,
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
from ska.framework.queries.tags import Tag, grouped, tag_names, tags, unknown_tags
from ska.framework.queries.wording import (
    WORDED,
    Proposal,
    patch_of,
    propose,
    wording,
    wordings,
)

__all__ = [
    "WORDED",
    "EditionRow",
    "ItemRow",
    "Proposal",
    "Tag",
    "current_system",
    "edition",
    "editions",
    "goal",
    "goals",
    "grouped",
    "indicators_by_label",
    "is_loaded",
    "item",
    "items",
    "items_in_force",
    "links_of",
    "local_indicator",
    "local_indicators",
    "patch_of",
    "propose",
    "tag_names",
    "tags",
    "tie_by_id",
    "ties",
    "unknown_tags",
    "wording",
    "wordings",
]
