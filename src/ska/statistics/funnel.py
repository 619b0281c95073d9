"""Funnel limits: which places differ more from a common level than chance lets equal ones do."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from ska.statistics.arrays import Array, Flags, counted, told
from ska.statistics.intervals import LEVEL, z_of

WINSORISED = 0.1
"""The share of places at each end whose deviation is drawn in to that of the last one left."""
_KEPT = 0.67865456
"""What drawing in leaves of the mean square of normal deviations; the paper does not divide by it,
and so finds real differences about a third too small."""


@dataclass(frozen=True)
class Funnel:
    """Each place's *value* beside the limits *low* and *high* around the common *target*.

    Shares as fractions, means in their unit. *flagged* places lie outside. *between* is the
    standard deviation of the real differences between places, 0 unless they clearly vary more than
    chance gives; the limits then take it in. *within* is that of the people inside a place, pooled
    with so many degrees of *freedom*: of means alone, a share's follows from its level.
    """

    value: Array
    target: float
    low: Array
    high: Array
    between: float = 0.0
    within: float = 0.0
    freedom: float = 0.0

    @property
    def flagged(self) -> Flags:
        """Tell which places lie outside their limits."""
        return (self.value < self.low - 1e-12) | (self.value > self.high + 1e-12)


def funnel_of_shares(
    counts: ArrayLike,
    ns: ArrayLike,
    target: float | None = None,
    level: float = LEVEL,
    *,
    overdispersed: bool = False,
) -> Funnel:
    """Return the funnel of shares with exact binomial limits (D. J. Spiegelhalter 2005).

    Statistics in Medicine 24, 1185–1202. The limits are the last counts that an equal place
    reaches with at least half of 1 − *level* to each side, not the paper's interpolation between
    them, so that of equal places at most 1 − *level* are flagged. *target* is a fraction, the
    pooled share by default. With *overdispersed* places are taken to differ for real as well (the
    paper's additive model): the limits widen by that and show who stands out even so.
    """
    x, n = counted(counts, ns)
    if x.size == 0:
        raise ValueError("a funnel takes at least one place")
    share = float(x.sum() / n.sum()) if target is None else target
    between = 0.0
    if overdispersed and 0 < share < 1:
        between = _between(x / n - share, np.sqrt(share * (1 - share) / n))
    return Funnel(x / n, share, *funnel_limits(n, share, between, level), between)


def funnel_limits(
    ns: ArrayLike, share: float, between: float = 0.0, level: float = LEVEL
) -> tuple[Array, Array]:
    """Return the limits around *share* for each n, where places differ by *between* for real."""
    low, high = binomial_limits(ns, share, level)
    real = z_of(level) * between
    return (
        np.maximum(0.0, share - np.hypot(share - low, real)),
        np.minimum(1.0, share + np.hypot(high - share, real)),
    )


def binomial_limits(ns: ArrayLike, share: float, level: float = LEVEL) -> tuple[Array, Array]:
    """Return the lowest and highest share of each n that stay within chance around *share*.

    Exact: the chance of a lower share is at most (1 − *level*)/2, and likewise of a higher.
    """
    _, n = counted(np.zeros_like(np.asarray(ns, dtype=float)), ns)
    if not 0 <= share <= 1:
        raise ValueError("a share lies between 0 and 1")
    z_of(level)  # refuses a level outside 0–1
    tail = (1 - level) / 2
    return _lowest(n, share, tail) / n, 1 - _lowest(n, 1 - share, tail) / n


def funnel_of_means(
    means: ArrayLike,
    deviations: ArrayLike,
    ns: ArrayLike,
    target: float | None = None,
    level: float = LEVEL,
    *,
    overdispersed: bool = False,
) -> Funnel:
    """Return the funnel of means around a common level, in the means' unit (Spiegelhalter 2005).

    The spread within places is pooled from their *deviations* (standard deviations, n − 1 in the
    divisor), and the limits take Student's t with its degrees of freedom. *target* is the mean of
    all pupils by default. Sizes are at least 1; together the places need more pupils than places.
    """
    mean, deviation, n = np.broadcast_arrays(told(means), told(deviations), told(ns))
    freedom = float((n - 1).sum())
    if (n < 1).any() or freedom < 1 or (deviation < 0).any():
        raise ValueError("means need sizes of at least 1 and a known spread")
    centre = float((mean * n).sum() / n.sum()) if target is None else target
    within = np.sqrt(float(((n - 1) * deviation**2).sum()) / freedom)
    error = within / np.sqrt(n)
    between = _between(mean - centre, error) if overdispersed and within > 0 else 0.0
    found = Funnel(mean, centre, mean, mean, between, within, freedom)
    low, high = limits_of_means(n, found, level)
    return replace(found, low=low, high=high)


def limits_of_means(ns: ArrayLike, funnel: Funnel, level: float = LEVEL) -> tuple[Array, Array]:
    """Return the limits around a funnel's common mean for each n, in the means' unit."""
    error = funnel.within / np.sqrt(told(ns))
    reach = np.hypot(
        special.stdtrit(funnel.freedom, (1 + level) / 2) * error, z_of(level) * funnel.between
    )
    return funnel.target - reach, funnel.target + reach


def _between(gaps: Array, errors: Array) -> float:
    """Return the standard deviation between places, from their gaps to the target.

    Spiegelhalter 2005, section 5: the extreme tenths are drawn in, so that the outliers which a
    funnel shall find do not hide themselves, and the moment estimate of DerSimonian and Laird
    (1986) is taken of the rest. 0 unless the mean square φ is clearly above 1: 1 + 2√(2/places).
    """
    z = gaps / errors
    low, high = np.quantile(z, [WINSORISED, 1 - WINSORISED])
    phi = float((np.clip(z, low, high) ** 2).mean()) / _KEPT
    weight = 1 / errors**2
    scale = float(weight.sum() - (weight**2).sum() / weight.sum())
    if phi <= 1 + 2 * np.sqrt(2 / z.size) or scale <= 0:
        return 0.0
    return float(np.sqrt((z.size * phi - (z.size - 1)) / scale))


def _lowest(n: Array, share: float, tail: float) -> Array:
    """Return the smallest count whose chance, with all below it, is more than *tail*."""
    size = n.astype(np.int64)
    low, high = np.full(n.shape, -1.0), n.copy()  # P(X ≤ low) ≤ tail < P(X ≤ high)
    while ((high - low) > 1).any():
        middle = np.floor((low + high) / 2)
        within = special.bdtr(np.maximum(middle, 0), size, share) > tail
        within &= middle >= 0
        high = np.where(within, middle, high)
        low = np.where(within | (high - low <= 1), low, middle)
    return high
