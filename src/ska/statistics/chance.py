"""How often chance alone gives as large a difference: p-values, and what many looks cost."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from ska.statistics.arrays import Array, counted, told
from ska.statistics.intervals import LEVEL, Interval, z_of

Mean = tuple[float, float, int]
"""A mean, the standard deviation among its people, and how many they are."""
_AT_ONCE = 2048
_WIDTH = 12.0
"""Counts further than this many standard deviations from the expected weigh less than 1e-30."""


def difference_p(counts: ArrayLike, ns: ArrayLike, others: ArrayLike, other_ns: ArrayLike) -> Array:
    """Return the two-sided mid-p of Fisher's exact test, pair by pair (0–1).

    R. A. Fisher (1935); mid-p by H. O. Lancaster (Journal of the American Statistical Association
    56, 1961): twice the smaller tail, with half of the outcome itself. Keeps its level in the far
    tail, where the score interval of very unlike groups does not, and is what many looks need.
    """
    (x, n), (y, m) = counted(counts, ns), counted(others, other_ns)
    x, n, y, m = np.broadcast_arrays(x, n, y, m)
    pairs = np.stack([one.ravel() for one in (x, n, y, m)], axis=1)
    if not pairs.size:
        return np.ones(x.shape)
    parts = [_fisher(*pairs[at : at + _AT_ONCE].T) for at in range(0, len(pairs), _AT_ONCE)]
    return np.concatenate(parts).reshape(x.shape)


def fixed_p(counts: ArrayLike, ns: ArrayLike, shares: ArrayLike) -> Array:
    """Return the two-sided mid-p of each count of n against a share that is no sample (0–1).

    The binomial test with Lancaster's mid-p (1961); for a country or a promised level.
    """
    x, n = counted(counts, ns)
    share = told(shares)
    if ((share < 0) | (share > 1)).any():
        raise ValueError("a share lies between 0 and 1")
    size = n.astype(np.int64)
    below = np.where(x > 0, special.bdtr(np.maximum(x - 1, 0), size, share), 0.0)
    up_to = special.bdtr(x, size, share)
    low = (below + up_to) / 2
    return _both_sides(low)


def means_difference(first: Mean, second: Mean, level: float = LEVEL) -> Interval:
    """Return the interval of second − first, two means with unlike spreads (Welch 1947).

    B. L. Welch, Biometrika 34, 28–35. In the means' unit; ValueError unless n ≥ 2 and spread ≥ 0.
    """
    gap, error, freedom = _welch(first, second)
    z_of(level)  # refuses a level outside 0–1
    reach = float(special.stdtrit(freedom, (1 + level) / 2)) * error
    return Interval(gap - reach, gap + reach)


def means_p(first: Mean, second: Mean) -> float:
    """Return the two-sided p-value of Welch's test (1947) for two means, 0–1."""
    gap, error, freedom = _welch(first, second)
    if error == 0:
        return float(gap == 0)
    return float(2 * special.stdtr(freedom, -abs(gap) / error))


def benjamini_hochberg(ps: ArrayLike) -> Array:
    """Return p-values adjusted so that those ≤ q hold the false-discovery rate at q.

    Y. Benjamini and Y. Hochberg, Journal of the Royal Statistical Society B 57 (1995), 289–300.
    Any shape in, the same out; all are seen as one family. Raises ValueError outside 0–1.
    """
    p = told(ps)
    if ((p < 0) | (p > 1)).any():
        raise ValueError("p-values lie between 0 and 1")
    flat = p.ravel()
    order = np.argsort(flat)
    stepped = flat[order] * len(flat) / np.arange(1, len(flat) + 1)
    adjusted = np.empty_like(flat)
    adjusted[order] = np.minimum(1.0, np.minimum.accumulate(stepped[::-1])[::-1])
    return adjusted.reshape(p.shape)


def _log_factorials(largest: int) -> Array:
    """Return the logarithms of 0! to *largest*!; to look them up is ten times as fast."""
    found: Array = special.gammaln(np.arange(largest + 1) + 1.0)
    return found


def _mid_p(weights: Array, k: Array, x: Array) -> Array:
    half = (np.where(k == x, weights, 0.0)).sum(axis=-1) / 2
    whole = weights.sum(axis=-1)
    low = (np.where(k < x, weights, 0.0).sum(axis=-1) + half) / whole
    return _both_sides(low)


def _both_sides(low: Array) -> Array:
    twice: Array = np.clip(2 * np.minimum(low, 1 - low), 0.0, 1.0)
    return twice


def _welch(first: Mean, second: Mean) -> tuple[float, float, float]:
    """Return the gap, its standard error and the degrees of freedom."""
    (one, one_sd, n), (two, two_sd, m) = first, second
    if n < 2 or m < 2 or min(one_sd, two_sd) < 0:
        raise ValueError("a mean's interval takes at least two pupils and a spread of 0 or more")
    a, b = one_sd**2 / n, two_sd**2 / m
    divisor = a * a / (n - 1) + b * b / (m - 1)
    freedom = (a + b) ** 2 / divisor if divisor > 0 else float(n + m - 2)
    return two - one, float(np.sqrt(a + b)), freedom


def _fisher(x: Array, n: Array, y: Array, m: Array) -> Array:
    total = x + y
    first, last = np.maximum(0, total - m), np.minimum(total, n)
    expected = total * n / (n + m)
    deviation = np.sqrt(expected * (1 - total / (n + m)) * m / np.maximum(n + m - 1, 1))
    start = np.maximum(first, np.floor(expected - _WIDTH * deviation) - 1)
    width = int(np.max(2 * _WIDTH * deviation, initial=0)) + 4
    k = start.astype(np.int64)[..., None] + np.arange(width)
    inside = k <= last[..., None]
    k = np.minimum(k, last.astype(np.int64)[..., None])
    of, other, both = (one.astype(np.int64)[..., None] for one in (n, m, total))
    logs_of = _log_factorials(int(max(n.max(), m.max())))
    logs = -logs_of[k] - logs_of[of - k] - logs_of[both - k] - logs_of[other - both + k]
    weights = np.where(inside, np.exp(logs - logs.max(axis=-1, keepdims=True)), 0.0)
    return _mid_p(weights, k, x[..., None])
