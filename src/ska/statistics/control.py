"""Control charts: whether a place's own values over time are more than its ordinary variation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from ska.statistics.arrays import Array, Flags, Places, counted
from ska.statistics.funnel import binomial_limits

THREE_SIGMA = 0.9973
"""Shewhart's limits enclose this share of a normal process."""
PER_MOVING_RANGE = 2.66
"""3/1.128: the natural limits from the mean moving range of two (Wheeler 1993)."""
FEWEST_POINTS = 4
"""With fewer values behind them limits are not drawn and no rule is tried."""


class Rule(StrEnum):
    """A sign of something other than ordinary variation (Shewhart 1931; Wheeler 1993)."""

    OUTSIDE = "outside"
    EIGHT_ON_ONE_SIDE = "eight_on_one_side"
    THREE_NEAR_A_LIMIT = "three_near_a_limit"

    @property
    def word(self) -> str:
        """Return the rule in Swedish."""
        return _WORDS[self]


_WORDS = {
    Rule.OUTSIDE: "utanför gränserna",
    Rule.EIGHT_ON_ONE_SIDE: "åtta värden i rad på samma sida om mittlinjen",
    Rule.THREE_NEAR_A_LIMIT: "tre av fyra värden i rad närmare gränsen än mittlinjen",
}


@dataclass(frozen=True)
class Signal:
    """A rule that was met; *position* is the value (counted from 0) that completed it."""

    rule: Rule
    position: int


@dataclass(frozen=True)
class ControlChart:
    """Values over time with their centre and limits; NaN is a period without value.

    *has_limits* is false where a phase has too few values behind it; centre, low and high are NaN
    there. Shares are fractions, other values in their own unit.
    """

    value: Array
    centre: Array
    low: Array
    high: Array
    has_limits: Flags
    signals: tuple[Signal, ...]


def p_chart(
    counts: ArrayLike, ns: ArrayLike, *, shifts: Sequence[int] = (), until: int | None = None
) -> ControlChart:
    """Return the chart of shares over time (W. A. Shewhart 1931), a period without value n = 0.

    The centre is the pooled share of the phase; the limits are exact binomial, since three sigma
    of a few pupils reaches outside 0–100 per cent. *shifts* are the positions from which a shift
    is accepted: centre and limits start anew there. With *until* only values before it are behind
    the limits, so that what came after is judged by what was.
    """
    x, n = counted(counts, ns, fewest=0)
    known = n > 0
    value = np.where(known, x / np.maximum(n, 1), np.nan)
    centre, low, high = (np.full(x.shape, np.nan) for _ in range(3))
    for phase, base in _phases(known, shifts, until):
        share = float(x[base].sum() / n[base].sum())
        centre[phase] = share
        usual = np.floor(np.median(n[base]))  # of a period without value; no pupil is half
        sizes = np.where(known[phase], n[phase], usual)
        low[phase], high[phase] = binomial_limits(sizes, share, THREE_SIGMA)
    return _chart(value, centre, low, high)


def xmr_chart(
    values: ArrayLike, *, shifts: Sequence[int] = (), until: int | None = None
) -> ControlChart:
    """Return the chart of individual values and moving ranges, NaN for a period without value.

    D. J. Wheeler, Understanding Variation (1993): the limits stand 2.66 mean moving ranges from
    the mean, so that they need no n. A range is never taken across a gap. See ``p_chart`` for
    *shifts* and *until*.
    """
    value = np.asarray(values, dtype=float)
    known = np.isfinite(value)
    centre, low, high = (np.full(value.shape, np.nan) for _ in range(3))
    for phase, base in _phases(known, shifts, until):
        mean = float(value[base].mean())
        following = base[1:][np.diff(base) == 1]
        ranges = np.abs(value[following] - value[following - 1])
        if not ranges.size:
            continue
        reach = PER_MOVING_RANGE * float(ranges.mean())
        centre[phase], low[phase], high[phase] = mean, mean - reach, mean + reach
    return _chart(value, centre, low, high)


def _phases(known: Flags, shifts: Sequence[int], until: int | None) -> list[tuple[Places, Places]]:
    """Return (all positions, those the limits rest on) for each phase with enough values."""
    if any(not 0 < at < known.size for at in shifts):
        raise ValueError("a shift starts after the first value and before the end")
    starts = [0, *sorted(set(shifts)), known.size]
    found = []
    for first, end in pairwise(starts):
        phase = np.arange(first, end)
        base = phase[known[phase]]
        if until is not None:
            base = base[base < until]
        if base.size >= FEWEST_POINTS:
            found.append((phase, base))
    return found


def _chart(value: Array, centre: Array, low: Array, high: Array) -> ControlChart:
    has_limits = np.isfinite(centre)
    side = np.where(np.isfinite(value) & has_limits, np.sign(value - centre), 0)
    signals = [
        *_outside(value, low, high),
        *_eight(side, centre),
        *_near(value, side, centre, (low, high)),
    ]
    signals.sort(key=lambda one: (one.position, one.rule))
    return ControlChart(value, centre, low, high, has_limits, tuple(signals))


def _outside(value: Array, low: Array, high: Array) -> list[Signal]:
    edge = 1e-12  # NaN is never outside
    outside = (value < low - edge) | (value > high + edge)
    return [Signal(Rule.OUTSIDE, int(at)) for at in np.flatnonzero(outside)]


def _eight(side: Array, centre: Array) -> list[Signal]:
    """A value without side (missing, on the centre) or a new phase starts the count anew."""
    found, run = [], 0
    for at in range(side.size):
        same = at > 0 and side[at] == side[at - 1] and centre[at] == centre[at - 1]
        run = 0 if side[at] == 0 else run + 1 if same else 1
        if run == 8:
            found.append(Signal(Rule.EIGHT_ON_ONE_SIDE, at))
    return found


def _near(value: Array, side: Array, centre: Array, limits: tuple[Array, Array]) -> list[Signal]:
    limit = np.where(side > 0, limits[1], limits[0])
    with np.errstate(invalid="ignore"):
        near = np.where(np.abs(value - centre) > np.abs(limit - centre) / 2, side, 0)
    found, told = [], -1
    for at in range(3, value.size):
        window = slice(at - 3, at + 1)
        if at - 3 <= told or not (centre[window] == centre[at]).all():
            continue
        if not np.isfinite(value[window]).all():  # a gap is no value in a row
            continue
        if near[at] != 0 and (near[window] == near[at]).sum() >= 3:
            found.append(Signal(Rule.THREE_NEAR_A_LIMIT, at))
            told = at
    return found
