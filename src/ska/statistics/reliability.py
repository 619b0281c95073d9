"""How much of the differences between places is real: from values with n, or from their years."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

ALL_OR_NONE = 1e-9
FEWEST_PLACES = 20
"""With fewer places the spread between them is too poorly known to be told."""


def reliability_of_shares(shares: Sequence[float], sizes: Sequence[int]) -> float | None:
    """Return the share (0–1) of the variance between places that is not chance.

    *shares* are fractions, *sizes* the people behind each. The variance between places is the
    moment estimate of DerSimonian and Laird (1986, Controlled Clinical Trials 7), the chance that
    of a place of median size: r = between / (between + p(1 − p)/n) (Adams 2009, The Reliability of
    Provider Profiling, RAND TR-653). None with fewer than FEWEST_PLACES places, or when all pupils
    are, or are not, in the share.
    """
    p, n = np.asarray(shares, dtype=float), np.asarray(sizes, dtype=float)
    if len(p) < FEWEST_PLACES:
        return None
    pooled = float((p * n).sum() / n.sum())
    chance = pooled * (1 - pooled)
    if chance < ALL_OR_NONE:
        return None
    weights = n / chance
    spread = float((weights * (p - pooled) ** 2).sum()) - (len(p) - 1)
    scale = float(weights.sum() - (weights**2).sum() / weights.sum())
    between = max(0.0, spread / scale)
    return between / (between + chance / float(np.median(n)))


def stability(values: Sequence[Sequence[float | None]]) -> float | None:
    """Return how much of the variance stays with the places from one period to another (0–1).

    *values* hold a row a place and a column a period, None where there is no value. Each period's
    own level is taken away first, so that what moves all places alike is not counted. The measure
    is the intraclass correlation ICC(1) of Shrout and Fleiss (1979, Psychological Bulletin 86),
    with the mean group size of Snedecor and Cochran for places with unequally many periods. None
    with fewer than FEWEST_PLACES places that have at least two values, or when nothing varies.
    """
    table = np.array(
        [[np.nan if one is None else one for one in row] for row in values], dtype=float
    )
    if table.size == 0:
        return None
    table = table[(~np.isnan(table)).sum(axis=1) >= 2]
    known = ~np.isnan(table)
    if len(table) < FEWEST_PLACES:
        return None
    table = table[:, known.any(axis=0)]
    table = table - np.nanmean(table, axis=0)
    sizes = (~np.isnan(table)).sum(axis=1)
    means = np.nanmean(table, axis=1)
    total, places = int(sizes.sum()), len(table)
    among = float((sizes * (means - np.nansum(table) / total) ** 2).sum()) / (places - 1)
    within = float(np.nansum((table - means[:, None]) ** 2)) / (total - places)
    size = (total - float((sizes**2).sum()) / total) / (places - 1)
    whole = among + (size - 1) * within
    return max(0.0, (among - within) / whole) if whole > 0 else None
