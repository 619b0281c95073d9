"""Where a place may stand among others: never a rank, only how far apart it could be put."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ska.statistics.arrays import counted
from ska.statistics.chance import difference_p
from ska.statistics.intervals import LEVEL


def position_limits(
    counts: ArrayLike, ns: ArrayLike, level: float = LEVEL
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the first and the last position (1 = largest share) that each place may hold.

    M. Mogstad, J. Romano, A. Shaikh and D. Wilhelm, Review of Economic Studies 91 (2024), 476–518:
    a place stands behind those that are clearly above it and before those clearly below, when all
    pairs are judged at once (here by Bonferroni on the exact test). All true positions are within
    their limits at once with at least *level*. Shown only when a reader asks for it.
    """
    x, n = counted(counts, ns)
    first, last = np.ones(x.size, dtype=np.int64), np.full(x.size, x.size, dtype=np.int64)
    if x.size < 2:
        return first, last
    one, other = np.array(list(combinations(range(x.size), 2))).T
    p = difference_p(x[one], n[one], x[other], n[other])
    is_clear = p <= (1 - level) / p.size
    is_above = x[one] / n[one] > x[other] / n[other]
    for above, below in ((one, other), (other, one)):
        chosen = is_clear & (is_above if above is one else ~is_above)
        np.add.at(first, below[chosen], 1)
        np.subtract.at(last, above[chosen], 1)
    return first, last
