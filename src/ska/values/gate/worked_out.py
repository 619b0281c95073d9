"""What a reader could work out of sums: what a line must hold, and what the parts leave over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import TypeVar

from ska.values.gate.lines import Adds, Tail
from ska.values.gate.tables import Counts

At = TypeVar("At")  # where in the table: the place of a cell, or a line


def work_out(sums: Sequence[Sequence[At]], known: dict[At, Counts], open_ones: Set[At]) -> None:
    """Fill in what a reader could work out of the lines that nobody put out."""
    is_new = True
    while is_new:
        is_new = False
        for one in sums:
            missing = [place for place in one if place not in known]
            if len(missing) == 1 and missing[0] in open_ones:
                counts = _missing(one, missing[0], known)
                if counts is not None:
                    known[missing[0]] = counts
                    is_new = True
    for one in sums:  # a sum may leave over more than this line: the least that any leaves is sure
        for place in open_ones & set(one[1:]):
            if all(part in known for part in one):
                left = _missing(one, place, known) or tuple(0.0 for _ in known[place])
                known[place] = tuple(map(min, known[place], left))


def overtaken(
    lent: Mapping[Tail, Counts], own: Mapping[Tail, Counts], adds: Sequence[Adds]
) -> set[Tail]:
    """Return the lines of lent numbers in whose place the period's *own* numbers leave others."""
    if not lent or not own:
        return set()
    known = dict(own)
    work_out([(whole, *parts) for whole, parts in adds], known, _lines(adds) - own.keys())
    return {tail for tail, counts in lent.items() if known.get(tail, counts) != counts}


def _lines(adds: Sequence[Adds]) -> set[Tail]:
    return {tail for whole, parts in adds for tail in (whole, *parts)}


def left_of(one: Sequence[At], known: Mapping[At, Counts]) -> Counts | None:
    """Return what the parts that are known leave of the whole, None when that is not known."""
    whole, *parts = one
    if whole not in known:
        return None
    held = [known[part] for part in parts if part in known]
    return tuple(
        total - sum(counts[at] for counts in held) for at, total in enumerate(known[whole])
    )


def _missing(one: Sequence[At], place: At, known: Mapping[At, Counts]) -> Counts | None:
    """Return the counts that *place* must hold for the sum to be one, None when it cannot."""
    whole, *parts = one
    if place == whole:
        return tuple(map(sum, zip(*(known[part] for part in parts), strict=True)))
    left = left_of([whole, *(part for part in parts if part != place)], known)
    return left if left is not None and min(left) >= 0 else None
