"""Values that have their place, as plain rows: a page turns its frame into them once. Pure.

A page works with few values in many ways, and each operation on a frame takes its tenth of a
millisecond however few they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

OFFICIAL = "official"
RANKS = {"own": 0, "other": 1, "country": 2, "group": 3, "peer": 4}
_SCOPES = {"all": 0, "by_measure": 1, "municipal": 2, "independent": 3}


class Row(NamedTuple):
    """One current value; *group* is the measure: "official", or the code of a Kolada neighbour."""

    value_id: int | None
    group: str
    role: str
    line: str
    name: str
    gender: str
    period_type: str
    period: str
    value: float | None
    n: int | None
    status: str
    finality: str
    carried_from: str | None
    definition_version: int
    is_own: bool
    source: str
    recorded_on: date | None
    unit: str | None
    scope: str
    title: str
    spread: float | None = None  # among the people of a mean, where it is told

    @property
    def known_n(self) -> int | None:
        """Return how many stand behind the number, None where there is none or it is not told."""
        return self.n if self.value is not None and self.n else None

    @property
    def basis(self) -> str:
        """Return what only values that are counted alike have in common."""
        return f"{self.source}|{self.scope}|{self.definition_version}"


def own_of(rows: Iterable[Row]) -> list[Row]:
    """Return the rows of the reader's own place."""
    return [one for one in rows if one.role == "own"]


def has_value(rows: Iterable[Row]) -> bool:
    """Tell whether any row holds a number."""
    return any(one.value is not None for one in rows)


def usual_kind(rows: Iterable[Row]) -> str:
    """Return the kind of period that most rows are of; raise ValueError without rows."""
    counted = Counter(one.period_type for one in rows)
    return min(counted, key=lambda kind: (-counted[kind], kind))


def of_kind(rows: Iterable[Row], kind: str) -> list[Row]:
    """Return the rows of one kind of period."""
    return [one for one in rows if one.period_type == kind]


def groups_with_values(rows: Iterable[Row]) -> list[str]:
    """Return the measures that have any row, the official first, then by how much they hold."""
    held: dict[str, list[int]] = {}
    for one in rows:
        held.setdefault(one.group, [0, 0])
        held[one.group][0] += one.role == "own"
        held[one.group][1] += one.value is not None
    return sorted(
        held, key=lambda group: (group != OFFICIAL, -held[group][0], -held[group][1], group)
    )


def one_each(rows: Iterable[Row]) -> list[Row]:
    """Keep one source and one scope a line, and one value a period; by role, line and period.

    The source with the latest number wins, then the one with most; published before own. Scopes
    are never mixed in a line: all schools before the municipal ones.
    """
    sources: dict[tuple[str, bool, int, str], list[Row]] = {}
    for one in rows:
        key = (one.line, one.is_own, _SCOPES.get(one.scope, 9), one.source)
        sources.setdefault(key, []).append(one)
    best: dict[str, list[Row]] = {}
    for key in sorted(sorted(sources), key=lambda key: _reach(sources[key]), reverse=True):
        best.setdefault(key[0], sources[key])
    kept: dict[tuple[str, str], Row] = {}
    for one in (one for of_line in best.values() for one in of_line):
        kept.setdefault((one.line, one.period), one)
    return sorted(kept.values(), key=lambda one: (RANKS[one.role], one.line, one.period))


def _reach(rows: Sequence[Row]) -> tuple[str, int]:
    """Return the latest period with a number, and how many numbers there are."""
    known = [one.period for one in rows if one.value is not None]
    return max(known, default=""), len(known)
