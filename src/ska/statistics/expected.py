"""What the background would have one expect of a place, told by the other places only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from ska.statistics.arrays import Array, Flags, told
from ska.statistics.intervals import LEVEL, z_of

FEWEST_PER_VARIABLE = 10
FEWEST_PLACES = 20
_ALONE = 1e-9


@dataclass(frozen=True)
class Expected:
    """What each place's background gives (*value*), in the values' unit, with limits around it.

    *gap* is actual − expected; *beyond* places lie outside the limits. *explained* is the share
    (0–1) of the variance that goes with the background. A gap is no effect of the school: what is
    not among the variables is in it too.
    """

    value: Array
    gap: Array
    low: Array
    high: Array
    explained: float

    @property
    def beyond(self) -> Flags:
        """Tell which places lie outside what their background and chance give."""
        actual = self.value + self.gap
        return (actual < self.low) | (actual > self.high)


def expect(
    values: ArrayLike, background: ArrayLike, ns: ArrayLike | None = None, level: float = LEVEL
) -> Expected | None:
    """Return what a linear regression on the background expects of each place (least squares).

    *background* has a row a place and a column a variable; *ns*, when known, weigh the places by
    their pupils. Each place is expected from all the others, by the deleted residual and its t
    limits (D. A. Belsley, E. Kuh and R. E. Welsch, Regression Diagnostics, 1980, chapter 2), so
    that an odd place does not hide itself. None with fewer than twenty places or ten a variable,
    when variables tell the same, or when one tells of a single place.
    """
    y, table = told(values), told(background)
    x = np.column_stack([np.ones(y.size), table.reshape(y.size, -1)])
    weight = np.ones(y.size) if ns is None else told(ns)
    if (weight <= 0).any() or weight.shape != y.shape:
        raise ValueError("each place has one size, above 0")
    if y.size < max(FEWEST_PLACES, FEWEST_PER_VARIABLE * (x.shape[1] - 1)):
        return None
    root = np.sqrt(weight / weight.mean())
    scaled = x * root[:, None]
    scaled = scaled / np.maximum(np.abs(scaled).max(axis=0), 1e-300)
    left, sizes, _ = np.linalg.svd(scaled, full_matrices=False)
    leverage = (left**2).sum(axis=1)
    if sizes[-1] < 1e-10 * sizes[0] or leverage.max() > 1 - _ALONE:
        return None
    return _around(y, root, left, leverage, level)


def _around(y: Array, root: Array, left: Array, leverage: Array, level: float) -> Expected:
    fitted = left @ (left.T @ (y * root))
    residual = y * root - fitted
    freedom = y.size - left.shape[1] - 1
    squares = float((residual**2).sum())
    others = np.maximum(0.0, (squares - residual**2 / (1 - leverage)) / freedom)
    gap = residual / (1 - leverage) / root
    z_of(level)  # refuses a level outside 0–1
    t = float(special.stdtrit(freedom, (1 + level) / 2))
    reach = t * np.sqrt(others / (1 - leverage)) / root
    centred = (y - np.average(y, weights=root**2)) * root
    total = float((centred**2).sum())
    explained = 1 - squares / total if total > 0 else 0.0
    value = y - gap
    return Expected(value, gap, value - reach, value + reach, float(np.clip(explained, 0, 1)))
