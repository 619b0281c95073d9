"""What every array function takes: numbers of pupils, and that they are shares is checked once."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.intp]


def counted(counts: ArrayLike, ns: ArrayLike, *, fewest: int = 1) -> tuple[Array, Array]:
    """Return counts and sizes as arrays of one shape.

    Raises ValueError unless all are whole numbers with 0 ≤ count ≤ n and n ≥ *fewest*. An unknown
    size is no number of pupils: leave such places out and say why (``Measure.no_interval``).
    """
    x, n = np.broadcast_arrays(np.asarray(counts, dtype=float), np.asarray(ns, dtype=float))
    if not (np.isfinite(x).all() and np.isfinite(n).all()):
        raise ValueError("counts and sizes are numbers; leave out what is not known")
    if ((n < fewest) | (x < 0) | (x > n)).any() or (np.rint(x) != x).any() or (n % 1 != 0).any():
        raise ValueError("counts lie between 0 and n, in whole pupils")
    return x, n


def told(values: ArrayLike) -> Array:
    """Return the values as an array; ValueError when one is missing or infinite."""
    found = np.asarray(values, dtype=float)
    if not np.isfinite(found).all():
        raise ValueError("a missing value is left out, never NaN")
    return found
