"""Many comparisons at once: of the differences that are called clear, few may be chance."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ska.statistics.arrays import Array
from ska.statistics.chance import benjamini_hochberg, difference_p
from ska.statistics.comparison import Comparison, chance_of, compare, reason_against
from ska.statistics.intervals import LEVEL
from ska.statistics.measures import Measure

Pair = tuple[Measure, Measure]


def compare_many(
    pairs: Sequence[Pair], *, over_time: bool = False, subject: str = "Andelen"
) -> list[Comparison]:
    """Judge each pair as ``compare`` does, when all are looked at together.

    At most one in twenty of those called clear is chance, on average: Benjamini and Hochberg
    (1995) find how many may be clear, and each is judged at that stricter level, which also gives
    intervals that hold for the selected (Benjamini and Yekutieli, Journal of the American
    Statistical Association 100, 2005, 71–81). Pairs that cannot be told cost the others nothing.
    """
    known = [pair for pair in pairs if not reason_against(*pair)[0]]
    level = joint_level(_chances(known)) if known else LEVEL
    return [compare(*pair, over_time=over_time, subject=subject, level=level) for pair in pairs]


def joint_level(ps: Array, level: float = LEVEL) -> float:
    """Return the level at which each of many p-values is judged so that the rate of false finds,
    among all that is found, is at most 1 − *level*; for a single one *level* itself."""
    rate = 1 - level
    found = int((benjamini_hochberg(ps) <= rate).sum())
    return 1 - rate * max(found, 1) / ps.size


def _chances(pairs: Sequence[Pair]) -> Array:
    """Return the p-value of each pair; those of two counted shares in one go."""
    ps = np.ones(len(pairs))
    counted = [
        (at, second.count, second.n, first.count, first.n)
        for at, (first, second) in enumerate(pairs)
        if first.share and not (first.whole or second.whole)
    ]
    if counted:
        at, x, n, y, m = np.array(counted, dtype=float).T
        ps[at.astype(int)] = difference_p(x, n, y, m)
    done = {row[0] for row in counted}
    for place, pair in enumerate(pairs):
        if place not in done:
            ps[place] = chance_of(*pair)
    return ps
