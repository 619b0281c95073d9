"""What told units leave over of the huvudman's groups: anyone can subtract, so it is many too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ska.values.gate.divisions import NOBODY, Part, State, are_many, exactly
from ska.values.gate.rows import Row, contents_of, is_known


def leave_many(whole: State, units: Sequence[State], others: Iterable[Row]) -> bool:
    """Tell whether the groups that *units* leave over are many on both sides, or nobody at all.

    *others* are the wholes of units that are not told by group. Of one that is nearly all that is
    left a reader would know its groups but for a few.
    """
    limit = max(one.limit for one in (whole, *units))
    left = {
        name: _less(part, [one.parts.get(name, NOBODY) for one in units])
        for name, part in {"": NOBODY, **whole.parts}.items()
    }
    if not any(n for n, _low, _high in left.values()):
        return _is_all(whole, units)
    n, low, high = left[""]
    if n == 0 and low <= 0 <= high:
        del left[""]
    return are_many(left.values(), limit) and not any(
        0 < rest < limit for one in others for rest in _besides(whole, units, one)
    )


def _less(part: Part, some: Iterable[Part]) -> Part:
    n, low, high = part
    for less in some:
        n, low, high = n - less[0], low - less[2], high - less[1]
    return (n, low, high)


def _besides(whole: State, units: Sequence[State], other: Row) -> list[float]:
    """Return how many are left beside the unit *other*, on each side of the level."""
    if not is_known(other) or not other.is_share:
        return []
    less = _sum([contents_of(row) for row in (other, *(one.whole for one in units))])
    return [all_ - some for all_, some in zip(contents_of(whole.whole), less, strict=True)]


def _is_all(whole: State, units: Sequence[State]) -> bool:
    """Tell whether the units' groups are the huvudman's to a pupil."""
    for name, row in whole.groups.items():
        counts = [exactly(one.groups[name]) for one in units if name in one.groups]
        known = [one for one in counts if one is not None]
        if len(known) < len(counts) or exactly(row) != sum(known):
            return False
    return contents_of(whole.whole) == _sum([contents_of(one.whole) for one in units])


def _sum(counts: Iterable[tuple[float, ...]]) -> tuple[float, ...]:
    return tuple(map(sum, zip(*counts, strict=True)))
