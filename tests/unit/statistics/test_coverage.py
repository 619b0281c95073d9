"""How often the intervals hold the truth: exactly, by every outcome, and by drawing for means.

With k of n seen the interval is one of n + 1, so coverage is a sum of binomial chances. As p moves
it is smooth between the intervals' ends and jumps there: its least value stands beside an end, and
its mean over p is a sum of incomplete beta functions. Nothing is simulated for shares.
"""

import numpy as np
import pytest
from scipy import special
from tests.sizes import PROVE, size

from ska.statistics import exact_limits, mean_limits, wilson_limits

SMALL = [*range(5, 50), 50, 64, 77, 99, 100, 137, 250, 500, 1000, 5000]
SIZES = list(range(5, 5001)) if PROVE else SMALL
pytestmark = pytest.mark.prove


def mean_and_least(limits, n, low):
    """Return the mean coverage over p from *low* to 1 − *low*, and the least at any p.

    Both intervals mirror (another test's claim), so that the lower half tells of the upper.
    """
    k = np.arange(n + 1)
    bottom, top = limits(k, np.full(n + 1, n))
    inside = special.betainc(k + 1, n - k + 1, np.clip(top, low, 0.5))
    inside -= special.betainc(k + 1, n - k + 1, np.clip(bottom, low, 0.5))
    ends = np.unique(np.clip(np.concatenate([bottom, top, [low, 0.5]]), low, 0.5))
    least = 1.0
    for side in (-1e-12, 1e-12):
        p = np.clip(ends + side, max(low, 1e-9), 0.5)
        first, last = np.searchsorted(top, p), np.searchsorted(bottom, p, "right") - 1
        below = np.where(first > 0, special.bdtr(np.maximum(first - 1, 0), n, p), 0.0)
        least = min(least, float((special.bdtr(last, n, p) - below).min()))
    return float(inside.sum()) / (n + 1) / (0.5 - low), least


def floor_of(n):
    return 0.83 if n < 10 else 0.89 if n < 50 else 0.91 if n < 100 else 0.92


def test_wilson_holds_its_level_on_average_and_is_never_far_from_it():
    for n in SIZES:
        mean, least = mean_and_least(wilson_limits, n, 0.02)

        assert 0.945 <= mean <= 0.96, n
        assert least >= floor_of(n), n


def test_wilson_holds_its_level_on_a_grid_of_whole_per_cent_too():
    grid = np.arange(2, 99) / 100
    for n in (5, 9, 10, 49, 50, 100, 5000):
        k = np.arange(n + 1)[:, None]
        low, high = wilson_limits(k, np.full(k.shape, n))
        chance = special.bdtr(k, n, grid) - np.where(k > 0, special.bdtr(k - 1.0, n, grid), 0)
        covered = np.where((low <= grid) & (grid <= high), chance, 0).sum(axis=0)

        assert 0.945 <= covered.mean() <= 0.96
        assert covered.min() >= floor_of(n)


def test_the_exact_interval_holds_its_level_at_every_p():
    for n in SIZES if not PROVE else [*range(1, 400), *range(400, 5001, 50)]:
        mean, least = mean_and_least(exact_limits, n, 0.0)

        assert least >= 0.95 - 1e-9, n
        assert mean >= 0.95


def test_the_intervals_mirror():
    for n in (5, 17, 300):
        k = np.arange(n + 1)
        for limits in (wilson_limits, exact_limits):
            (low, high), (other_low, other_high) = limits(k, k * 0 + n), limits(n - k, k * 0 + n)

            assert low == pytest.approx(1 - other_high, abs=1e-12)
            assert high == pytest.approx(1 - other_low, abs=1e-12)


def test_intervals_of_means_of_normal_data_hold_their_level():
    random, draws = np.random.default_rng(5), size(20_000, 400_000)
    for n in (2, 5, 10, 30):
        data = random.normal(220, 40, (draws, n))
        low, high = mean_limits(data.mean(axis=1), data.std(axis=1, ddof=1), np.full(draws, n))
        covered = ((low <= 220) & (high >= 220)).mean()

        assert 0.94 <= covered <= 0.96


def test_intervals_of_means_of_grades_stay_near_their_level():
    """Grades are steps of 2.5 from 0 to 20 with many at the ends: far from normal."""
    random, draws = np.random.default_rng(6), size(10_000, 100_000)
    steps, chance = np.arange(0, 22.5, 2.5)[[0, 4, 5, 6, 7, 8]], [0.12, 0.25, 0.18, 0.2, 0.1, 0.15]
    data = random.choice(steps, size=(draws, 20), p=chance)
    low, high = mean_limits(data.mean(axis=1), data.std(axis=1, ddof=1), np.full(draws, 20))
    mean = float(steps @ np.array(chance))

    assert 0.93 <= ((low <= mean) & (high >= mean)).mean() <= 0.96
