"""Labels ``Delmål N: …`` of the national tables that no edition of the framework knows yet."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sqlalchemy import Connection, select

from ska.framework.models import FrameworkItem

_SUB_GOAL = re.compile(r"Delmål\s+(\d+):\s*(\S.*)")


def sub_goal_of(label: str) -> tuple[int, str] | None:
    """Return the number and the words of a label that names a delmål."""
    found = _SUB_GOAL.fullmatch(label.strip())
    return (int(found[1]), found[2]) if found else None


def fresh_labels(connection: Connection, labels: Iterable[str]) -> list[str]:
    """Return the labels that name a delmål and stand in no edition, once each, in order."""
    known = {
        _bare(label)
        for label in connection.scalars(
            select(FrameworkItem.published_label).where(FrameworkItem.published_label.is_not(None))
        )
        if label
    }
    named = [label for label in labels if sub_goal_of(label)]
    return [label for label in dict.fromkeys(named) if _bare(label) not in known]


def _bare(label: str) -> str:
    return re.sub(r"\s+", " ", label).rstrip("* ").casefold()
