"""What was only tried by drawing, against a published example or somebody else's computation."""

from itertools import combinations
from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from tests.unit.statistics.examples import examples

from ska.statistics import (
    Measure,
    compare_with_common_level,
    drift_of_shares,
    funnel_of_means,
    limits_of_drift,
    mean_limits,
    p_chart,
    position_limits,
    rate_reach,
    reliability_of_shares,
    stability,
    steady_shares,
)

SCHOOLS = np.array([
    (18, 25), (22, 40), (15, 20), (30, 36), (9, 18), (41, 52), (27, 30), (33, 60), (12, 22),
    (25, 28), (38, 50), (20, 24), (16, 30), (29, 33), (35, 39), (11, 25), (24, 30), (19, 36),
    (44, 51), (21, 22), (13, 21), (28, 47),
])  # fmt: skip
# statsmodels 0.15.0: combine_effects(shares, p(1 − p)/n, method_re="dl").tau2, p that of all pupils
BETWEEN = 0.018342607299
# Shrout and Fleiss 1979, tables 2 and 3: four judges of six targets, and the paper's mean squares.
JUDGED = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
TARGETS, ERROR = 11.24, 1.02

_groups = st.lists(
    st.tuples(st.floats(-50, 50), st.floats(0.1, 30), st.integers(2, 400)), min_size=1, max_size=9
)
_years = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 40)).filter(any), min_size=3, max_size=7
)


def test_the_mean_of_nist_has_the_limits_of_nist():
    """NIST/SEMATECH e-Handbook 1.3.5.2, ZARR13.DAT: 195 values, 9.261460 ± 0.022789."""
    (low,), (high,) = mean_limits([9.261460], [0.022789], [195])

    assert (low, high) == pytest.approx((9.258242, 9.264679), abs=1e-6)


@examples
@given(_groups, st.sampled_from([0.9, 0.95, 0.998]))
def test_the_limits_of_means_are_those_of_scipy(rows, level):
    mean, deviation, n = (np.array(one) for one in zip(*rows, strict=True))
    expected = stats.t.interval(level, n - 1, mean, deviation / np.sqrt(n))

    assert mean_limits(mean, deviation, n, level) == pytest.approx(np.array(expected), abs=1e-9)


@examples
@given(st.lists(st.lists(st.floats(0, 20), min_size=2, max_size=12), min_size=2, max_size=8))
def test_a_funnel_of_means_has_the_pooled_spread_of_all_pupils(places):
    pupils = np.concatenate(places)
    off = np.concatenate([np.array(one) - np.mean(one) for one in places])
    n = np.array([len(one) for one in places])
    freedom = pupils.size - len(places)
    error = sqrt(float((off**2).sum()) / freedom) / np.sqrt(n)
    funnel = funnel_of_means(
        [np.mean(one) for one in places], [np.std(one, ddof=1) for one in places], n
    )
    low, high = stats.t.interval(0.95, freedom, pupils.mean(), np.where(error > 0, error, 1))

    assert funnel.target == pytest.approx(pupils.mean(), abs=1e-9)
    if error.all():
        assert funnel.low == pytest.approx(low, abs=1e-9)
        assert funnel.high == pytest.approx(high, abs=1e-9)


@examples
@given(
    st.lists(st.tuples(st.integers(0, 90), st.integers(1, 90)), min_size=3, max_size=19).filter(
        lambda rows: 0 < sum(min(one) for one in rows) < sum(max(one) for one in rows)
    )
)
def test_a_place_is_called_different_where_the_binomial_of_scipy_says_so(rows):
    x, n = np.array([min(one) for one in rows]), np.array([max(one) for one in rows])
    share = x.sum() / n.sum()
    level = compare_with_common_level(
        [Measure(100 * a / b, int(b)) for a, b in zip(x, n, strict=True)]
    )
    tail = np.minimum(stats.binom.cdf(x, n, share), stats.binom.sf(x - 1, n, share))
    is_sure = np.abs(tail - 0.001) > 1e-9, np.abs(tail - 0.025) > 1e-9

    assert (np.array([one.is_clear for one in level.told]) == (tail <= 0.001))[is_sure[0]].all()
    assert (np.array(level.beyond_inner) == (tail <= 0.025))[is_sure[1]].all()


def test_a_p_chart_has_the_quantiles_of_scipy_for_each_years_own_size():
    counts, sizes = np.array([40, 51, 38, 62, 45]), np.array([60, 70, 55, 80, 61])
    chart = p_chart(counts, sizes)
    share = counts.sum() / sizes.sum()
    tail = stats.norm.sf(3)

    assert chart.low * sizes == pytest.approx(stats.binom.ppf(tail, sizes, share), abs=1e-6)
    assert chart.high * sizes == pytest.approx(stats.binom.isf(tail, sizes, share), abs=1e-6)


def test_one_group_reaches_as_far_as_agresti_and_caffo():
    """statsmodels 0.15.0: confint_proportions_2indep(24, 50, 12, 48, method="agresti-caffo")."""
    low, high = 0.03849700243652435, 0.4030414591019372

    assert rate_reach([48], [50], [25], [48]) == pytest.approx(100 * (high - low) / 2, abs=1e-9)


def test_the_reach_of_several_groups_is_that_of_weighed_rates_counted_one_by_one():
    first, first_n, second, second_n = [60, 80, 35], [50, 20, 80], [48, 90, 0], [75, 30, 45]
    spread = 0.0
    for group in range(3):
        weight = (first_n[group] / 150 + second_n[group] / 150) / 2
        for value, n in ((first[group], first_n[group]), (second[group], second_n[group])):
            near = (value / 100 * n + 1) / (n + 2)
            spread += weight**2 * near * (1 - near) / (n + 2)
    expected = 100 * stats.norm.ppf(0.975) * sqrt(spread)

    assert rate_reach(first, first_n, second, second_n) == pytest.approx(expected, abs=1e-9)


@examples
@given(_years)
def test_the_limits_of_a_drift_are_the_slope_and_the_error_of_the_pupils_own_line(rows):
    """Each pupil is 0 or 1 at a year: SciPy's line, and (N − 1)r² for the square of the test."""
    x, n = (np.array(one) for one in zip(*[(a, a + b) for a, b in rows], strict=True))
    found = drift_of_shares(x, n)
    if not found.known[0] or found.p[0] > 0.999:
        return
    years = np.repeat(np.arange(len(n)), n)
    passed = np.concatenate([np.arange(size) < count for count, size in zip(x, n, strict=True)])
    line = stats.linregress(years, passed.astype(float))
    error = abs(line.slope) / (sqrt(n.sum() - 1) * abs(line.rvalue))
    reach = stats.norm.ppf(0.975) * error
    (low,), (high,) = limits_of_drift(found, 0.95)

    assert (low, high) == pytest.approx((line.slope - reach, line.slope + reach), abs=1e-9)


def _mid_p(x, n, y, m):
    """Twice the smaller tail of Fisher's test by SciPy, with half of what was seen."""
    low, high = (
        stats.fisher_exact([[x, n - x], [y, m - y]], alternative=one).pvalue
        for one in ("less", "greater")
    )
    return 2 * min(low, high) - (low + high - 1)


def test_positions_are_those_of_every_pair_counted_one_by_one():
    x, n = SCHOOLS.T
    first, last = np.ones(len(x), dtype=int), np.full(len(x), len(x))
    pairs = list(combinations(range(len(x)), 2))
    for one, other in pairs:
        if _mid_p(x[one], n[one], x[other], n[other]) <= 0.05 / len(pairs):
            above, below = sorted((one, other), key=lambda at: -x[at] / n[at])
            first[below] += 1
            last[above] -= 1
    found = position_limits(x, n)

    assert first.max() > 1
    assert [one.tolist() for one in found] == [first.tolist(), last.tolist()]


def test_a_steadied_share_lies_within_the_beta_of_scipy():
    x, n = SCHOOLS.T
    found = steady_shares(x, n)
    precision = n * found.borrowed / (1 - found.borrowed)  # the same for all
    after = stats.beta(found.common * precision + x, (1 - found.common) * precision + n - x)

    assert np.ptp(precision) == pytest.approx(0, abs=1e-6)
    assert found.value == pytest.approx(after.mean(), abs=1e-9)
    assert np.array([found.low, found.high]) == pytest.approx(
        np.array(after.interval(0.95)), abs=1e-9
    )


def test_the_real_part_of_the_spread_is_that_of_statsmodels():
    x, n = SCHOOLS.T
    share = x.sum() / n.sum()
    chance = share * (1 - share) / np.median(n)

    assert reliability_of_shares(x / n, n) == pytest.approx(BETWEEN / (BETWEEN + chance), abs=1e-9)


def test_stability_is_read_from_the_mean_squares_of_the_paper():
    """The six targets eight times over, for there must be twenty; the judges' levels are away."""
    among, within = 8 * 5 * TARGETS / 47, 8 * 15 * ERROR / 144

    assert stability([[float(one) for one in row] for row in JUDGED] * 8) == pytest.approx(
        (among - within) / (among + 3 * within), abs=0.001
    )


def test_stability_is_the_analysis_of_variance_of_scipy():
    random = np.random.default_rng(17)
    table = random.normal(200, 15, (40, 1)) + random.normal(0, 9, (40, 5)) + [0, 4, -2, 9, 1]
    f = stats.f_oneway(*(table - table.mean(axis=0))).statistic

    assert stability(table.tolist()) == pytest.approx((f - 1) / (f + 4), abs=1e-9)
