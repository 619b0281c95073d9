"""Whether a value drifts over the years: one test for shares with n, one for values without."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from ska.statistics.arrays import Array, Flags, counted

FEWEST_YEARS = 3
LONGEST_EXACT = 30


@dataclass(frozen=True)
class Drift:
    """The drift of each row: *slope* a period (shares: fractions), *p* two-sided, 0–1.

    *error* is the standard error of a counted slope, 0 where none is known. *known* is false where
    fewer than three periods have values or nothing varies; slope is then 0 and p is 1. The words
    come from ``compare`` and ``describe_run``, never from here.
    """

    slope: Array
    p: Array
    known: Flags
    error: Array


def drift_of_shares(counts: ArrayLike, ns: ArrayLike) -> Drift:
    """Test each row of counts of n, a column a period, for a linear drift (Cochran–Armitage).

    P. Armitage, Biometrics 11 (1955), 375–386, with the exact (hypergeometric) variance; a period
    without value has n = 0. The pupils of different years are taken as independent.
    """
    x, n = (np.atleast_2d(one) for one in counted(counts, ns, fewest=0))
    time = np.arange(x.shape[1], dtype=float)
    total = n.sum(axis=1)
    size = np.maximum(total, 1)
    share = x.sum(axis=1) / size
    mean = (n * time).sum(axis=1) / size
    spread = (n * (time - mean[:, None]) ** 2).sum(axis=1)
    lean = (x * (time - mean[:, None])).sum(axis=1)
    variance = share * (1 - share) * spread * size / np.maximum(size - 1, 1)
    known = ((n > 0).sum(axis=1) >= FEWEST_YEARS) & (variance > 1e-12)
    z = np.where(known, lean / np.sqrt(np.where(known, variance, 1.0)), 0.0)
    slope = np.where(known, lean / np.where(known, spread, 1.0), 0.0)
    p = np.minimum(1.0, 2 * special.ndtr(-np.abs(z)))
    error = np.sqrt(np.where(known, variance, 0.0)) / np.where(known, spread, 1.0)
    return Drift(slope, p, known, error)


def limits_of_drift(found: Drift, level: float) -> tuple[Array, Array]:
    """Return between which slopes the drift lies, as sure as *level*: the slopes not refused.

    The error is that of the test itself (O. Miettinen, American Journal of Epidemiology 103, 1976,
    226–235), so that the limits leave out 0 just when the test finds a drift.
    """
    reach = float(special.ndtri((1 + level) / 2)) * found.error
    return found.slope - reach, found.slope + reach


def drift_of_values(values: ArrayLike) -> Drift:
    """Test each row of values, a column a period (NaN for none), for a steady drift.

    H. B. Mann, Econometrica 13 (1945), 245–259, and M. G. Kendall: the p-value counts all orders
    of the values (without ties), or uses the normal approximation corrected for ties and
    continuity; slope is the median of all pairs' slopes (P. K. Sen, Journal of the American
    Statistical Association 63, 1968). Four values are never a clear drift: p is at least 2/24.
    """
    table = np.atleast_2d(np.asarray(values, dtype=float))
    found = [_mann_kendall(row) for row in table]
    slope, p, known = (np.array(one) for one in zip(*found, strict=True))
    return Drift(slope, p, known, np.zeros(len(slope)))


def _mann_kendall(row: Array) -> tuple[float, float, bool]:
    time = np.flatnonzero(np.isfinite(row))
    value = row[time]
    first, second = np.triu_indices(len(value), 1)
    if len(value) < FEWEST_YEARS or np.ptp(value) == 0:
        return 0.0, 1.0, False
    steps = value[second] - value[first]
    s = int(np.sign(steps).sum())
    slope = float(np.median(steps / (time[second] - time[first])))
    tied = np.unique(value, return_counts=True)[1]
    if tied.max() == 1 and len(value) <= LONGEST_EXACT:
        return slope, _exact_p(len(value), abs(s)), True
    k = len(value)
    variance = (k * (k - 1) * (2 * k + 5) - (tied * (tied - 1) * (2 * tied + 5)).sum()) / 18
    z = max(abs(s) - 1, 0) / np.sqrt(variance)
    return slope, min(1.0, float(2 * special.ndtr(-z))), True


def _exact_p(k: int, s: int) -> float:
    """Return the share of all orders of *k* values that are at least as steep, either way."""
    ways = _inversions(k)
    fewest = (k * (k - 1) // 2 - s) // 2  # pairs out of order when the sum of signs is s
    return min(1.0, float(2 * ways[: fewest + 1].sum()))


@cache
def _inversions(k: int) -> Array:
    """Return the chance of 0, 1, 2 … pairs out of order among *k* values (Kendall 1938)."""
    ways: Array = np.ones(1)
    for size in range(2, k + 1):
        ways = np.convolve(ways, np.full(size, 1 / size))
    return ways
