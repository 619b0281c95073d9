"""Intervals for shares and for the difference between two shares.

A year's pupils are seen as one draw of many possible: another year the same school, doing the
same, would have had other pupils. The interval says how far chance alone may carry the share.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import sqrt

from scipy import stats

LEVEL = 0.95


@dataclass(frozen=True)
class Interval:
    """A lower and an upper end, as shares between 0 and 1 (differences between −1 and 1)."""

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
    z = _z(level)
    centre = 2 * count + z * z
    spread = z * sqrt(z * z + 4 * count * (n - count) / n)
    whole = 2 * (n + z * z)
    low = 0.0 if count == 0 else (centre - spread) / whole
    high = 1.0 if count == n else (centre + spread) / whole
    return Interval(low, high)


def exact_interval(count: int, n: int, level: float = LEVEL) -> Interval:
    """Return the exact interval of Clopper and Pearson (1934): never narrower than its level.

    Raises ValueError unless 0 ≤ count ≤ n and n ≥ 1.
    """
    _check(count, n)
    tail = (1 - level) / 2
    low = 0.0 if count == 0 else float(stats.beta.ppf(tail, count, n - count + 1))
    high = 1.0 if count == n else float(stats.beta.ppf(1 - tail, count + 1, n - count))
    return Interval(low, high)


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


@cache
def _z(level: float) -> float:
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1, not {level}")
    return float(stats.norm.ppf((1 + level) / 2))


def _check(count: int, n: int) -> None:
    if n < 1 or not 0 <= count <= n:
        raise ValueError(f"{count} of {n} is not a share")
