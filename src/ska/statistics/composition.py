"""Why a value changed: other pupils, or other results for the same kinds of pupils."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ska.statistics.arrays import Array, told
from ska.statistics.intervals import LEVEL, z_of


@dataclass(frozen=True)
class Split:
    """A change, second − first, as *composition* (other mix of groups) + *rate* (other values).

    All in the unit of the values; the two arrays hold each group's part.
    """

    change: float
    composition: float
    rate: float
    composition_by_group: Array
    rate_by_group: Array


def split_change(
    first_values: ArrayLike, first_ns: ArrayLike, second_values: ArrayLike, second_ns: ArrayLike
) -> Split:
    """Split the change of a total into composition and rate (Kitagawa).

    E. M. Kitagawa, Journal of the American Statistical Association 50 (1955), 1168–1194: each
    group's value is weighed by its mean share of the two, and its share by its mean value, so that
    nothing is left over. One value and one n a group, in the same order; a group may be empty
    (n = 0) on one side, where its value is then taken to be that of the other side. Raises
    ValueError when a side has no pupils, or a group none on either side.
    """
    values = np.stack(np.broadcast_arrays(told(first_values), told(second_values)))
    ns = np.stack(np.broadcast_arrays(told(first_ns), told(second_ns)))
    if ns.shape != values.shape or (ns < 0).any() or (ns.sum(axis=1) == 0).any():
        raise ValueError("each group has one value and one size, and each side has pupils")
    if (ns.sum(axis=0) == 0).any():
        raise ValueError("a group without pupils on either side is left out")
    values = np.where(ns > 0, values, values[::-1])
    shares = ns / ns.sum(axis=1, keepdims=True)
    composition = (shares[1] - shares[0]) * values.mean(axis=0)
    rate = (values[1] - values[0]) * shares.mean(axis=0)
    change = float((shares[1] * values[1]).sum() - (shares[0] * values[0]).sum())
    return Split(change, float(composition.sum()), float(rate.sum()), composition, rate)


def rate_reach(
    first_values: ArrayLike,
    first_ns: ArrayLike,
    second_values: ArrayLike,
    second_ns: ArrayLike,
    level: float = LEVEL,
) -> float:
    """Return how far chance moves the rate's part of a split of shares in per cent, either way.

    The standard error of a difference of directly standardised rates (N. E. Breslow and N. E. Day,
    Statistical Methods in Cancer Research II, 1987, chapter 2), the groups' sizes taken as given;
    each share's variance with one more in and one more out, so that 0 and 100 have one too
    (A. Agresti and B. Caffo, The American Statistician 54 (2000), 280–288).
    """
    values = np.stack(np.broadcast_arrays(told(first_values), told(second_values))) / 100
    ns = np.stack(np.broadcast_arrays(told(first_ns), told(second_ns)))
    weight = (ns / ns.sum(axis=1, keepdims=True)).mean(axis=0)
    near = (values * ns + 1) / (ns + 2)
    variance = (near * (1 - near) / (ns + 2)).sum(axis=0)
    both = (ns > 0).all(axis=0)  # a group that is new or gone has no change of its own
    return 100 * z_of(level) * float(np.sqrt((weight**2 * variance)[both].sum()))
