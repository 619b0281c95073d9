"""The smallest change that a place of this size could see at all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import optimize, special

from ska.statistics.arrays import Array, counted
from ska.statistics.chance import difference_p
from ska.statistics.intervals import LEVEL, difference_limits

POWER = 0.8
_REACH = 5.0


@dataclass(frozen=True)
class Detectable:
    """The smallest *rise* and *fall* of a share, as fractions; None when none is large enough."""

    rise: float | None
    fall: float | None


def detectable_change(
    count: int, n: int, later_n: int | None = None, *, level: float = LEVEL, power: float = POWER
) -> Detectable:
    """Return the smallest true change from count/n that is called clear in *power* of all years.

    Exact: every outcome of both years is weighed, and judged as ``compare`` judges it, so that
    what is promised is what the pages later say (the idea of power is Neyman and Pearson's, 1933;
    the textbook's normal formula is Fleiss, Levin and Paik 2003, chapter 4). *later_n* is the
    number of pupils then, by default as many. Raises ValueError unless 0 ≤ count ≤ n, n ≥ 1.
    """
    counted([count], [n])
    later = n if later_n is None else later_n
    counted([0], [later])
    return Detectable(
        _smallest_rise(count, n, later, (level, power)),
        _smallest_rise(n - count, n, later, (level, power)),
    )


def _smallest_rise(count: int, n: int, later: int, goal: tuple[float, float]) -> float | None:
    level, power = goal
    share = count / n
    reach = _REACH * np.sqrt(n * share * (1 - share)) + 1
    first = np.arange(max(0, int(count - reach)), min(n, int(count + reach)) + 1.0)
    logs = special.xlogy(first, share) + special.xlog1py(n - first, -share)
    logs -= special.gammaln(first + 1) + special.gammaln(n - first + 1)
    weights = np.exp(logs - logs.max())
    weights /= weights.sum()
    needed = _first_clear(first, n, later, level)

    def lacking(true: float) -> float:
        seen = np.where(
            needed > later, 0.0, special.bdtrc(np.minimum(needed, later) - 1, later, true)
        )
        return float((weights * np.where(needed == 0, 1.0, seen)).sum()) - power

    if lacking(1.0) < 0:
        return None
    return float(optimize.brentq(lacking, share, 1.0, xtol=1e-9)) - share


def _first_clear(first: Array, n: int, later: int, level: float) -> Array:
    """Return the smallest later count that is clearly above each first one; later + 1 for none."""
    low, high = np.floor(first * later / n), np.full(first.shape, later + 1.0)
    while ((high - low) > 1).any():
        middle = np.clip(np.floor((low + high) / 2), 0, later)
        is_clear = difference_limits(middle, later, first, n, level)[0] > 0
        is_clear &= difference_p(middle, later, first, n) <= 1 - level
        open_still = (high - low) > 1
        high = np.where(open_still & is_clear, middle, high)
        low = np.where(open_still & ~is_clear, middle, low)
    return high
