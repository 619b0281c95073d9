"""How unlike places are one of them in several measures at once, and what that is made of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ska.statistics.arrays import Array, Flags

LOW, HIGH = 0.1, 0.9
FEWEST_PLACES = 10
"""Fewer known places say nothing of what is low or high among all."""


@dataclass(frozen=True)
class Likeness:
    """Every place beside one of them.

    *scales* has the distance from a low to a high place in each measure, NaN where there is none;
    *parts*, a row a place, how far the place is from the one in each measure, in that distance;
    *index* the weighted mean of the parts. A place that lacks a measure has no index (NaN).
    """

    scales: Array
    parts: Array
    index: Array
    counts: Flags

    def nearest(self, own: int, most: int) -> list[int]:
        """Return the *most* places that are least unlike, of equals the first; never *own*."""
        rounded = np.rint(self.index * 1e9)  # what machines round unlike is no difference
        order = np.argsort(np.where(np.isfinite(rounded), rounded, np.inf), kind="stable")
        return [int(at) for at in order if at != own and np.isfinite(self.index[at])][:most]


def likeness(values: Array, own: int, weights: Array) -> Likeness:
    """Return how unlike the place in row *own* every place of *values* is; 0 is the same.

    Weighted city-block distance on scaled differences (J. C. Gower, Biometrics 27, 1971, 857–871),
    with the distance between the 10th and the 90th percentile of all places in place of the range,
    which one very large municipality would set alone. *values* has a row a place and a column a
    measure, NaN where nothing is known. A measure counts when its weight is above 0, the own place
    has a value, and the places differ in it; whoever lacks a measure that counts has no index.
    """
    table = np.where(np.isfinite(values), values, np.nan)
    weight = np.asarray(weights, dtype=float)
    if weight.shape != (table.shape[1],) or not np.isfinite(weight).all() or (weight < 0).any():
        raise ValueError("each measure has one weight, 0 or more")
    scales = np.array([_scale(column[np.isfinite(column)]) for column in table.T])
    parts = np.abs(table - table[own]) / scales
    counts: Flags = np.asarray((weight > 0) & np.isfinite(parts[own]))
    index = np.full(len(table), np.nan)
    if counts.any():
        index = parts[:, counts] @ (weight[counts] / weight[counts].sum())
    return Likeness(scales, parts, index, counts)


def _scale(known: Array) -> float:
    if known.size < FEWEST_PLACES:
        return float("nan")
    low, high = np.quantile(known, [LOW, HIGH])
    return float(high - low) if high > low else float("nan")
