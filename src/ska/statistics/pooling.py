"""Several years as one: more pupils behind the value, if the years do tell of the same thing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from ska.statistics.arrays import Array, counted
from ska.statistics.intervals import LEVEL, wilson_limits

SAME = 0.05


@dataclass(frozen=True)
class Pooled:
    """Each place's years as one share (a fraction) of *n* pupils, Wilson's limits around it.

    *p_same* (0–1) is how often years of one and the same level differ as much as these.
    """

    share: Array
    n: Array
    low: Array
    high: Array
    p_same: Array

    @property
    def caution(self) -> list[str]:
        """Return, for each place, what to say when the years clearly differ; otherwise nothing."""
        told = "Åren skiljer sig tydligt åt, så medelvärdet döljer en förändring."
        return [told if p < SAME else "" for p in self.p_same]


def pool_years(counts: ArrayLike, ns: ArrayLike, level: float = LEVEL) -> Pooled:
    """Return the years of each place (a row) as one share; a year without value has n = 0.

    Pupils are summed, so that each weighs the same. Whether the years are alike is Pearson's
    chi-square (1900), a column a year. Raises ValueError for a place without any pupil.
    """
    x, n = (np.atleast_2d(one) for one in counted(counts, ns, fewest=0))
    total, size = x.sum(axis=1), n.sum(axis=1)
    low, high = wilson_limits(total, size, level)
    share = total / size
    chance = share * (1 - share)
    apart = (x - n * share[:, None]) ** 2 / np.maximum(n, 1)
    squares = np.where(chance > 0, apart.sum(axis=1) / np.where(chance > 0, chance, 1.0), 0.0)
    freedom = (n > 0).sum(axis=1) - 1
    p = np.where(freedom > 0, special.chdtrc(np.maximum(freedom, 1), squares), 1.0)
    return Pooled(share, size, low, high, p)
