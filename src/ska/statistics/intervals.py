"""Intervals for shares, means and differences: how far chance alone may carry a value.

A year's pupils are seen as one draw of many possible: another year the same school, doing the
same, would have had other pupils. ``…_interval`` judges one place, ``…_limits`` arrays of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from ska.statistics.arrays import Array, counted, told

LEVEL = 0.95


@dataclass(frozen=True)
class Interval:
    """A lower and an upper end: shares between 0 and 1 (differences −1 to 1), or a mean's unit."""

    low: float
    high: float

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high


def wilson_interval(count: int, n: int, level: float = LEVEL) -> Interval:
    """Return Wilson's score interval for *count* of *n* (Wilson 1927; Newcombe 1998a, method 3).

    Keeps close to its level already for small groups and never leaves 0–1.
    Raises ValueError unless 0 ≤ count ≤ n and n ≥ 1.
    """
    _check(count, n)
    low, high = _score(count, n, z_of(level), sqrt)
    return Interval(0.0 if count == 0 else low, 1.0 if count == n else high)


def wilson_limits(counts: ArrayLike, ns: ArrayLike, level: float = LEVEL) -> tuple[Array, Array]:
    """Return Wilson's limits (low, high) for each count of n, as shares; see wilson_interval."""
    x, n = counted(counts, ns)
    low, high = _score(x, n, z_of(level), np.sqrt)
    return np.where(x == 0, 0.0, low), np.where(x == n, 1.0, high)


def exact_interval(count: int, n: int, level: float = LEVEL) -> Interval:
    """Return the exact interval of Clopper and Pearson (1934): never narrower than its level.

    Raises ValueError unless 0 ≤ count ≤ n and n ≥ 1.
    """
    _check(count, n)
    low, high = exact_limits(count, n, level)
    return Interval(float(low), float(high))


def exact_limits(counts: ArrayLike, ns: ArrayLike, level: float = LEVEL) -> tuple[Array, Array]:
    """Return the exact limits (low, high) for each count of n, as shares; see exact_interval."""
    x, n = counted(counts, ns)
    tail = _checked_tail(level)
    low = special.betaincinv(np.maximum(x, 1), n - x + 1, tail)
    high = special.betaincinv(x + 1, np.maximum(n - x, 1), 1 - tail)
    return np.where(x == 0, 0.0, low), np.where(x == n, 1.0, high)


def mean_limits(
    means: ArrayLike, deviations: ArrayLike, ns: ArrayLike, level: float = LEVEL
) -> tuple[Array, Array]:
    """Return the limits of means by Student's t (Student 1908), in the means' own unit.

    *deviations* are the standard deviations among each mean's n pupils (n − 1 in the divisor);
    n is at least 2. Exact for normal data, close to its level for grades and indexes from n = 10.
    """
    mean, deviation, n = np.broadcast_arrays(told(means), told(deviations), told(ns))
    if (n < 2).any() or (deviation < 0).any():
        raise ValueError("a mean's interval takes at least two pupils and a spread of 0 or more")
    reach = special.stdtrit(n - 1, 1 - _checked_tail(level)) * deviation / np.sqrt(n)
    return mean - reach, mean + reach


def difference_interval(
    share: float, around: Interval, other: float, around_other: Interval
) -> Interval:
    """Return the interval for *share* − *other* by Newcombe's hybrid score method.

    R. G. Newcombe, Statistics in Medicine 17 (1998), 873–890, method 10: the Wilson intervals
    of the two shares are joined by squaring and adding. Sound down to groups of a few pupils,
    where the textbook interval is far too narrow.
    """
    gap = share - other
    down = sqrt((share - around.low) ** 2 + (around_other.high - other) ** 2)
    up = sqrt((around.high - share) ** 2 + (other - around_other.low) ** 2)
    return Interval(max(-1.0, gap - down), min(1.0, gap + up))


def difference_limits(
    counts: ArrayLike, ns: ArrayLike, others: ArrayLike, other_ns: ArrayLike, level: float = LEVEL
) -> tuple[Array, Array]:
    """Return the limits for count/n − other/other_n, pair by pair; see difference_interval."""
    x, n = counted(counts, ns)
    y, m = counted(others, other_ns)
    (low, high), (other_low, other_high) = wilson_limits(x, n, level), wilson_limits(y, m, level)
    share, other = x / n, y / m
    down = np.sqrt((share - low) ** 2 + (other_high - other) ** 2)
    up = np.sqrt((high - share) ** 2 + (other - other_low) ** 2)
    gap = share - other
    return np.maximum(-1.0, gap - down), np.minimum(1.0, gap + up)


@cache
def z_of(level: float) -> float:
    """Return the normal deviate that encloses the middle *level*; ValueError outside 0–1."""
    return float(special.ndtri(1 - _checked_tail(level)))


def _score(x: Any, n: Any, z: float, root: Callable[[Any], Any]) -> tuple[Any, Any]:
    centre = 2 * x + z * z
    spread = z * root(z * z + 4 * x * (n - x) / n)
    whole = 2 * (n + z * z)
    return (centre - spread) / whole, (centre + spread) / whole


def _checked_tail(level: float) -> float:
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1, not {level}")
    return (1 - level) / 2


def _check(count: int, n: int) -> None:
    if n < 1 or not 0 <= count <= n:
        raise ValueError(f"{count} of {n} is not a share")
