"""p-values against scipy's own, and false finds against their level."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from tests.sizes import size
from tests.unit.statistics.examples import examples

from ska.statistics import (
    Measure,
    Verdict,
    benjamini_hochberg,
    compare,
    compare_many,
    difference_limits,
    difference_p,
    fixed_p,
    means_difference,
    means_p,
)
from ska.statistics.many import joint_level

PAPER = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
    0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000,
]  # fmt: skip


@st.composite
def shares(draw, largest=300):
    n = draw(st.integers(1, largest))
    return draw(st.integers(0, n)), n


@examples
@given(shares(), shares())
def test_the_exact_test_agrees_with_scipy(first, second):
    (x, n), (y, m) = first, second
    low, high = (
        stats.fisher_exact([[x, n - x], [y, m - y]], alternative=one).pvalue
        for one in ("less", "greater")
    )
    itself = low + high - 1
    expected = min(1.0, 2 * min(low - itself / 2, high - itself / 2))

    assert float(difference_p(x, n, y, m)) == pytest.approx(expected, abs=1e-9)


@examples
@given(shares(), st.floats(0.001, 0.999))
def test_the_binomial_test_agrees_with_scipy(share, fixed):
    x, n = share
    low, high = stats.binom.cdf(x, n, fixed), stats.binom.sf(x - 1, n, fixed)
    itself = stats.binom.pmf(x, n, fixed)
    expected = min(1.0, 2 * min(low - itself / 2, high - itself / 2))

    assert float(fixed_p(x, n, fixed)) == pytest.approx(expected, abs=1e-9)


@examples
@given(shares(), shares())
def test_a_p_value_read_the_other_way_is_the_same(first, second):
    (x, n), (y, m) = first, second
    p = float(difference_p(x, n, y, m))

    assert 0 <= p <= 1
    assert p == pytest.approx(float(difference_p(y, m, x, n)), abs=1e-9)
    assert p == pytest.approx(float(difference_p(n - x, n, m - y, m)), abs=1e-9)


def test_large_groups_stand_beside_small_ones():
    p = difference_p([9, 95_000, 0], [10, 100_000, 3], [95_000, 95_200, 0], [100_000, 100_000, 4])

    assert p[0] == pytest.approx(0.479, abs=0.01)  # scipy.stats.binomtest: 1 or more of 10 at 5 %
    assert p[1] == pytest.approx(2 * stats.norm.sf(200 / np.sqrt(2 * 4750 * 1.0)), abs=0.01)
    assert p[2] == 1


_means = st.tuples(st.floats(0, 20), st.floats(0.1, 9), st.integers(2, 200))


@examples
@given(_means, _means)
def test_welch_agrees_with_scipy(first, second):
    (one, one_sd, n), (two, two_sd, m) = first, second
    test = stats.ttest_ind_from_stats(two, two_sd, m, one, one_sd, n, equal_var=False)
    interval = means_difference(first, second)

    assert means_p(first, second) == pytest.approx(test.pvalue, abs=1e-9)
    assert (0 in interval) == (test.pvalue > 0.05)


def test_the_example_of_benjamini_and_hochberg_1995():
    """Their table of fifteen tests: four are found at 0.05, where Bonferroni finds three."""
    adjusted = benjamini_hochberg(PAPER)

    assert (adjusted <= 0.05).sum() == 4
    assert adjusted == pytest.approx(stats.false_discovery_control(PAPER))


@examples
@given(st.lists(st.floats(0, 1), min_size=1, max_size=60))
def test_adjusted_values_are_those_of_scipy_and_never_smaller(ps):
    adjusted = benjamini_hochberg(ps)

    assert adjusted == pytest.approx(stats.false_discovery_control(ps))
    assert (adjusted >= np.array(ps) - 1e-12).all()
    assert (np.diff(adjusted[np.argsort(ps)]) >= -1e-12).all()


@pytest.mark.prove
@pytest.mark.parametrize("true", [0, 10, 40])
def test_false_finds_hold_their_level(true):
    """Families of 50 pairs of schools with 8–200 pupils; *true* of them do differ, by 25 points."""
    random, families = np.random.default_rng(11 + true), size(150, 6000)
    shape = (families, 50)
    n, m = random.integers(8, 200, shape), random.integers(8, 200, shape)
    base = random.uniform(0.1, 0.7, shape)
    differs = np.arange(50) < true
    x, y = random.binomial(n, base), random.binomial(m, base + 0.25 * differs)
    p = difference_p(y, m, x, n)
    found = np.empty(shape, dtype=bool)
    for at in range(families):
        level = joint_level(p[at])
        low, high = difference_limits(y[at], m[at], x[at], n[at], level)
        found[at] = (p[at] <= 1 - level) & ((low > 0) | (high < 0))
    false = (found & ~differs).sum(axis=1) / np.maximum(found.sum(axis=1), 1)

    assert false.mean() <= 0.05 + 2 * false.std() / np.sqrt(families)
    assert true == 0 or found[:, :true].mean() > 0.3


def test_many_looks_take_back_what_one_look_would_have_called_clear():
    alike = [(Measure(50 + k % 3, 60), Measure(50 + (k + 1) % 3, 64)) for k in range(39)]
    one = (Measure(50.0, 60), Measure(70.0, 60))

    assert compare(*one).is_clear
    many = compare_many([one, *alike])
    assert many[0].verdict is Verdict.WITHIN_VARIATION
    assert many[0].interval.low < compare(*one).interval.low
    assert compare_many([one])[0] == compare(*one)


def test_what_all_pairs_say_together_is_heard():
    """Each p is 0.02: by itself too large for one in forty, but all forty cannot be chance."""
    together = [(Measure(50.0, 100), Measure(66.5, 100))] * 40

    assert 0.01 < float(difference_p(67, 100, 50, 100)) < 0.03
    assert all(one.is_clear for one in compare_many(together))


def test_many_clear_differences_stay_clear_and_the_unknown_cost_nothing():
    clear = [(Measure(40.0, 100), Measure(80.0, 100))] * 10
    unknown = [(Measure(40.0), Measure(80.0))] * 500
    country = [(Measure(74.0, whole=True), Measure(40.0, 100))]
    means = [(Measure(12.0, 80, share=False, spread=3), Measure(16.0, 80, share=False, spread=3))]
    told = compare_many([*unknown, *clear, *country, *means])

    assert all(one.verdict is Verdict.CANNOT_TELL for one in told[:500])
    assert all(one.is_clear for one in told[500:])
    assert compare_many([]) == []


@pytest.mark.parametrize(
    "sizes", [(5, 5), (10, 10), (8, 40), (20, 208), (10, 1000), (25, 400), (100, 100)]
)
def test_equal_schools_are_called_different_no_oftener_than_told(sizes):
    """Every outcome of both, at every whole per cent: the worst is 5.6 %, for 100 beside 100.

    Newcombe's interval alone reaches 9.4 % for 10 beside 1 000.
    """
    n, m = sizes
    x, y = np.meshgrid(np.arange(n + 1), np.arange(m + 1), indexing="ij")
    low, high = difference_limits(x, n, y, m)
    clear = ((low > 0) | (high < 0)) & (difference_p(x, n, y, m) <= 0.05)
    worst = max(
        float((stats.binom.pmf(x, n, p) * stats.binom.pmf(y, m, p))[clear].sum())
        for p in np.arange(1, 51) / 100
    )

    assert worst <= 0.057


@pytest.mark.parametrize(
    "bad", [([1], [0]), ([3], [2]), ([-1], [2]), ([1.5], [2]), ([1], [np.nan])]
)
def test_what_is_no_share_is_refused(bad):
    with pytest.raises(ValueError, match=r"pupils|known"):
        difference_p(*bad, [1], [2])
