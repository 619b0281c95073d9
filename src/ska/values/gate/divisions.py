"""One division: how its groups and its whole stood, what they add up to, and whether all are many.

A division is of the pupils of one area (the huvudman, or a unit), by what they are divided by.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from math import ceil, floor
from typing import NamedTuple

from ska.values.gate.rows import Row, contents_of, is_known, limit_of
from ska.values.rules import Audience, Nature, ValueStatus

_FINE = 0.1  # per cent: values add up as if rounded to this, if they are not written finer
_NEARLY = 1e-6

Part = tuple[int, int, int]  # how many, and between which two numbers those who reached the level
NOBODY: Part = (0, 0, 0)


class Version(NamedTuple):
    """A row by group as it once stood."""

    name: str
    row: Row


class Division(NamedTuple):
    """Every version of an area's groups, and of the whole that the gate let through beside them."""

    groups: Sequence[Version]
    whole: Sequence[Row]


class State(NamedTuple):
    """A division as it stood whenever any of its groups did."""

    whole: Row
    groups: Mapping[str, Row]
    parts: Mapping[str, Part]  # of each group, and of what they leave over (named "")
    limit: int


def state_told(division: Division, audience: Audience) -> State | None:
    """Return a division that may be told by itself: in every version ever put out, or None."""
    groups, whole = division
    if not whole or not all(map(_is_plain, (*(one.row for one in groups), *whole))):
        return None
    stood = _stood(groups, whole)
    parts = None if stood is None else _parts(*stood)
    if stood is None or parts is None:
        return None
    limit = _limit(groups, audience)
    return State(*stood, parts, limit) if are_many(parts.values(), limit) else None


def are_many(parts: Iterable[Part], limit: int) -> bool:
    """Tell whether each part has many on both sides of the level.

    One part that is all there is would tell of each pupil which group is theirs.
    """
    some = list(parts)
    return len(some) > 1 and all(min(low, n - high) >= limit for n, low, high in some)


def stood_through(divisions: Sequence[Division]) -> bool:
    """Tell whether each whole was told the same from the day any of the groups was put out."""
    since = min(one.row.recorded_at for some in divisions for one in some.groups)
    rows = [row for some in divisions for row in (*some.whole, *(one.row for one in some.groups))]
    moments = {at for one in rows for at in (one.recorded_at, one.superseded_at) if at}
    return all(
        len({row.told for row in some.whole}) == 1
        and all(
            sum(_stands(row, moment) for row in some.whole) == 1
            for moment in moments
            if moment >= since
        )
        for some in divisions
    )


def exactly(row: Row) -> int | None:
    """Return how many reached the level, None when more than one number may have."""
    low, high = _reached(row, _FINE) or (0, 1)
    return low if low == high else None


def _limit(groups: Sequence[Version], audience: Audience) -> int:
    """Return the limit of background, outside no smaller than the measure's own."""
    limit = max(limit_of(one.row._replace(nature=Nature.BACKGROUND), audience) for one in groups)
    if audience is Audience.OUTSIDE:
        return max(limit, *(one.row.smallest_group or 0 for one in groups))
    return limit


def _is_plain(row: Row) -> bool:
    """Tell whether a row is a share of its own period that its reader is told, with its n."""
    is_told = row.status == ValueStatus.VALUE and is_known(row)
    return is_told and row.is_share and row.carried_from is None


def _stood(groups: Sequence[Version], whole: Sequence[Row]) -> tuple[Row, dict[str, Row]] | None:
    """Return the whole and its groups by name, as they stood whenever any of the groups did.

    None when there was no whole, or when any of them was corrected: who were in it before and are
    not now could be told apart. A whole that was put out after its groups is what it was before, as
    far as anyone knows.
    """
    rows = [*(one.row for one in groups), *whole]
    moments = {at for one in rows for at in (one.recorded_at, one.superseded_at) if at}
    first = min(whole, key=lambda row: row.recorded_at)
    found: dict[str, Row] = {}
    for moment in sorted(moments):
        standing = [(one.name, one.row) for one in groups if _stands(one.row, moment)]
        if not standing:
            continue
        beside = [row for row in whole if _stands(row, moment)]
        if not beside and moment < first.recorded_at:
            beside = [first]
        if len(beside) != 1:
            return None
        for name, row in (("", beside[0]), *standing):
            if found.setdefault(name, row).told != row.told:
                return None
    return (found.pop(""), found) if found else None


def _stands(row: Row, moment: datetime) -> bool:
    return row.recorded_at <= moment and (row.superseded_at is None or row.superseded_at > moment)


def _parts(whole: Row, groups: Mapping[str, Row]) -> dict[str, Part] | None:
    """Return the groups and what they leave over (named ""), None when they do not add up."""
    if any(_reached(row, _FINE) is None for row in (whole, *groups.values())):
        return None
    found = {name: _part(row) for name, row in groups.items()}
    left = (whole.n or 0) - sum(one[0] for one in found.values())
    if left > 0:
        _n, low, high = _part(whole)
        low -= sum(one[2] for one in found.values())
        high -= sum(one[1] for one in found.values())
        return found | {"": (left, low, high)}
    finely = [_reached(row, _FINE) or (0, 0) for row in groups.values()]
    least, most = (sum(one[at] for one in finely) for at in (0, 1))
    return found if left == 0 and least <= contents_of(whole)[0] <= most else None


def _part(row: Row) -> Part:
    low, high = _reached(row, _step_of(row)) or (0, 0)
    return (row.n or 0, low, high)


def _reached(row: Row, step: float) -> tuple[int, int] | None:
    """Return the fewest and the most who may have reached the level, None when no number fits.

    The value is taken to be rounded to its own decimals, but to no coarser *step* than this.
    """
    n, value = row.n or 0, row.value or 0.0
    half = min(step, _step_of(row)) / 2
    low = max(ceil(n * (value - half) / 100 - _NEARLY), 0)
    high = min(floor(n * (value + half) / 100 + _NEARLY), n)
    return (low, high) if low <= high else None


def _step_of(row: Row) -> float:
    """Return the last decimal of a value: 0.1 for 66.7, 1 for 67."""
    decimals = repr(float(row.value or 0)).partition(".")[2].rstrip("0")
    return float(10.0 ** -len(decimals))
