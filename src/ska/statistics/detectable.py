"""The smallest change that a place of this size could see at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special

from ska.statistics.arrays import Array, counted
from ska.statistics.chance import difference_p
from ska.statistics.intervals import LEVEL, difference_limits

Mask = NDArray[np.bool_]
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
    """Return the smallest later count that is clearly above each first one; later + 1 for none.

    It is clear by its interval and by its p-value. Both hold for every larger count too, so the
    interval, a hundred times cheaper, leads almost there.
    """

    def by_interval(at: Array, of: Array) -> Mask:
        clear: Mask = difference_limits(at, later, of, n, level)[0] > 0
        return clear

    def by_p(at: Array, of: Array) -> Mask:
        clear: Mask = difference_p(at, later, of, n) <= 1 - level
        return clear

    from_level = np.floor(first * later / n) + 1
    return _climb(by_p, first, _climb(by_interval, first, from_level, later), later)


def _climb(is_clear: Callable[[Array, Array], Mask], first: Array, at: Array, top: int) -> Array:
    """Return the smallest count from *at* on that is clear, top + 1 for none: leap, then halve."""
    low, high, leap = at - 1, np.minimum(at, top + 1.0), 1
    while (unclear := _unclear(is_clear, first, high, top)).any():
        low[unclear] = high[unclear]
        high[unclear] = np.minimum(high[unclear] + leap, top + 1.0)
        leap *= 2
    while (open_still := high - low > 1).any():
        middle = np.floor((low + high) / 2)[open_still]
        clear = is_clear(middle, first[open_still])
        high[open_still] = np.where(clear, middle, high[open_still])
        low[open_still] = np.where(clear, low[open_still], middle)
    return high


def _unclear(is_clear: Callable[[Array, Array], Mask], first: Array, at: Array, top: int) -> Mask:
    below = at <= top
    below[below] = ~is_clear(at[below], first[below])
    return below
