"""The scale of how many people stand behind values: even steps, or powers where they differ."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ska.charts.picture import axis_over


def sizes_drawn(ns: Sequence[int]) -> tuple[list[int], bool]:
    """Return the numbers of people at which limits are drawn, and whether the scale is log."""
    low, high = max(1, round(min(ns) * 0.85)), round(max(ns) * 1.1) + 1
    is_log = high > 30 * low
    points = np.geomspace(low, high, 90) if is_log else np.linspace(low, high, 90)
    return sorted({round(float(one)) for one in points}), is_log


def size_ticks(ns: Sequence[int], *, is_log: bool) -> list[int]:
    """Return the numbers that are written along the scale of *ns*."""
    if is_log:
        steps = [factor * 10**power for power in range(7) for factor in (1, 2, 5)]
    else:
        step = int(axis_over([float(ns[0]), float(ns[-1])], share=False, decimals=0).step) or 1
        steps = list(range(0, ns[-1] + 1, step))
    return [one for one in steps if ns[0] <= one <= ns[-1]]
