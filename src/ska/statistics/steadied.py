"""Steadied values: a place's own value, drawn towards the others' as far as chance calls for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import optimize, special

from ska.statistics.arrays import Array, counted, told
from ska.statistics.intervals import LEVEL, z_of

FEWEST_PLACES = 5
_MOST = 14.0  # a precision of e^14 pupils: the places do not differ at all
_LEAST = -5.0


@dataclass(frozen=True)
class Steadied:
    """Each place's steadied *value* with its interval *low*–*high*, in the unit of what came in.

    *borrowed* (0–1) is how much of it comes from *common*, the level of all places: 0.7 for a
    place whose own value weighs 30 per cent.
    """

    value: Array
    low: Array
    high: Array
    borrowed: Array
    common: float


def steady_shares(counts: ArrayLike, ns: ArrayLike, level: float = LEVEL) -> Steadied | None:
    """Return each count of n drawn towards the common share: beta-binomial empirical Bayes.

    D. A. Williams, Biometrics 31 (1975), 949–952, for the likelihood, maximised over mean and
    precision; the posterior is Beta(α + count, β + n − count), as in Efron and Morris (1975). The
    interval does not know that mean and precision are estimated, which matters below ten places.
    None with fewer than five places, or when all pupils are, or are not, in the share.
    """
    x, n = counted(counts, ns)
    if x.size < FEWEST_PLACES or x.sum() in (0, n.sum()):
        return None
    common, precision = fit_beta_binomial(x, n)
    alpha, beta = common * precision, (1 - common) * precision
    z_of(level)  # refuses a level outside 0–1
    tail = (1 - level) / 2
    low, high = (special.betaincinv(alpha + x, beta + n - x, one) for one in (tail, 1 - tail))
    value = (alpha + x) / (precision + n)
    return Steadied(value, low, high, precision / (precision + n), common)


def steady_means(
    means: ArrayLike, deviations: ArrayLike, ns: ArrayLike, level: float = LEVEL
) -> Steadied | None:
    """Return each mean drawn towards the common one: normal empirical Bayes, in the means' unit.

    C. N. Morris, Journal of the American Statistical Association 78 (1983), 47–55. The spread
    within places is pooled from their *deviations* (n − 1 in the divisor); that between them is
    the moment estimate of DerSimonian and Laird (1986). The interval knows that the common level
    is estimated, not that the spread between places is, which matters below ten places. None with
    fewer than five places, or when no pupil differs from the others of the place.
    """
    mean, deviation, n = np.broadcast_arrays(told(means), told(deviations), told(ns))
    freedom = float((n - 1).sum())
    if (n < 1).any() or (deviation < 0).any():
        raise ValueError("means need sizes of at least 1 and a spread of 0 or more")
    within = float(((n - 1) * deviation**2).sum())
    if mean.size < FEWEST_PLACES or within == 0:
        return None
    error = within / freedom / n
    between = _between(mean, error)
    weight = 1 / (error + between)
    common = float((weight * mean).sum() / weight.sum())
    borrowed = error / (error + between)
    reach = z_of(level) * np.sqrt((1 - borrowed) * error + borrowed**2 / weight.sum())
    value = borrowed * common + (1 - borrowed) * mean
    return Steadied(value, value - reach, value + reach, borrowed, common)


def _between(values: Array, errors: Array) -> float:
    """Return the variance between places that the *errors*, squared, do not give."""
    weight = 1 / errors
    common = (weight * values).sum() / weight.sum()
    spread = float((weight * (values - common) ** 2).sum()) - (values.size - 1)
    return max(0.0, spread / float(weight.sum() - (weight**2).sum() / weight.sum()))


def fit_beta_binomial(counts: ArrayLike, ns: ArrayLike) -> tuple[float, float]:
    """Return the mean share and the precision (α + β, in pupils) of greatest likelihood.

    A precision of about a million says that the places differ by chance alone.
    """
    x, n = counted(counts, ns)
    start = np.array([special.logit(np.clip(x.sum() / n.sum(), 1e-4, 1 - 1e-4)), 3.0])

    def loss(at: Array) -> float:
        mean, precision = special.expit(at[0]), np.exp(at[1])
        alpha, beta = mean * precision, (1 - mean) * precision
        fits = special.betaln(alpha + x, beta + n - x) - special.betaln(alpha, beta)
        return -float(fits.sum())

    bounds = [(-12.0, 12.0), (_LEAST, _MOST)]
    found = optimize.minimize(
        loss, start, method="Nelder-Mead", bounds=bounds, options={"xatol": 1e-6, "fatol": 1e-9}
    )
    return float(special.expit(found.x[0])), float(np.exp(found.x[1]))
