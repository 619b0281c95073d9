"""Years pooled, a change split, the smallest change to be seen, and where a place may stand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from tests.sizes import size
from tests.unit.statistics.examples import examples

from ska.statistics import (
    Measure,
    compare,
    detectable_change,
    gap_in_pupils,
    pool_years,
    position_limits,
    split_change,
    wilson_limits,
)

_years = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 60)), min_size=2, max_size=6)

# P. Das Gupta, Standardization and Decomposition of Rates (US Bureau of the Census, 1993), example
# 5.1: household headship by age, 1970 and 1985; figures as given by R's DasGuptR 2.1.0.
AGES_1970 = [12.9, 10.9, 9.5, 8.0, 7.8, 8.4, 8.6, 7.8, 7.0, 5.9, 4.7, 3.6, 4.9]
AGES_1985 = [10.1, 11.2, 11.6, 10.9, 9.4, 7.7, 6.3, 6.0, 6.3, 5.9, 5.1, 4.0, 5.5]
RATES_1970 = [1.9, 25.8, 45.7, 49.6, 51.2, 51.6, 51.8, 54.9, 58.7, 60.4, 62.8, 66.6, 66.8]
RATES_1985 = [2.2, 24.3, 45.8, 52.5, 56.1, 55.6, 56.0, 57.4, 57.2, 61.2, 63.9, 68.6, 72.2]


def test_the_households_of_das_gupta_are_split_as_in_the_book():
    split = split_change(RATES_1970, AGES_1970, RATES_1985, AGES_1985)

    assert split.change == pytest.approx(47.6940 - 44.7268, abs=1e-4)
    assert split.composition == pytest.approx(1.2269, abs=1e-4)
    assert split.rate == pytest.approx(1.7403, abs=1e-4)


@st.composite
def _groups(draw):
    groups = draw(st.integers(1, 6))
    side = st.lists(
        st.tuples(st.floats(0, 100), st.integers(0, 50)), min_size=groups, max_size=groups
    )
    return draw(side), draw(side)


@examples
@given(_groups())
def test_nothing_is_left_over_of_a_split_change(groups):
    (first, n), (second, m) = ([list(one) for one in zip(*side, strict=True)] for side in groups)
    empty = np.array(n) + np.array(m) == 0
    if sum(n) == 0 or sum(m) == 0 or empty.any():
        with pytest.raises(ValueError, match="pupils"):
            split_change(first, n, second, m)
        return
    there, back = split_change(first, n, second, m), split_change(second, m, first, n)

    assert there.change == pytest.approx(there.composition + there.rate, abs=1e-9)
    assert there.composition_by_group.sum() == pytest.approx(there.composition, abs=1e-9)
    assert (back.composition, back.rate) == pytest.approx((-there.composition, -there.rate))


def test_a_group_that_is_new_is_composition_only():
    split = split_change([70.0, 0.0], [50, 0], [70.0, 40.0], [50, 50])

    assert (split.composition, split.rate) == pytest.approx((-15.0, 0.0))


@examples
@given(_years)
def test_pooled_years_agree_with_scipy(years):
    x, n = np.array([min(one) for one in years]), np.array([max(one) for one in years])
    pooled = pool_years(x, n)
    low, high = wilson_limits(x.sum(), n.sum())

    assert (pooled.low[0], pooled.high[0]) == (low, high)
    if 0 < x.sum() < n.sum():
        test = stats.chi2_contingency([x, n - x], correction=False)
        assert pooled.p_same[0] == pytest.approx(test.pvalue, abs=1e-9)
    else:
        assert pooled.p_same[0] == 1


def test_years_that_differ_clearly_are_pooled_with_a_caution():
    pooled = pool_years([[30, 31, 29], [20, 30, 45], [8, 0, 0]], [[50] * 3, [50] * 3, [10, 0, 0]])

    assert pooled.share.tolist() == pytest.approx([0.6, 95 / 150, 0.8])
    assert [bool(one) for one in pooled.caution] == [False, True, False]
    with_gap, without = pool_years([20, 0, 35], [50, 0, 50]), pool_years([20, 35], [50, 50])
    assert with_gap.p_same == pytest.approx(without.p_same)
    with pytest.raises(ValueError, match="pupils"):
        pool_years([[0, 0]], [[0, 0]])


@pytest.mark.parametrize(
    ("count", "n", "later", "rise", "fall"),
    [
        (42, 60, 60, 0.1987, 0.2499),
        (50, 100, 100, 0.1930, 0.1930),
        (160, 200, 150, 0.1056, 0.1328),
        (360, 400, 400, 0.0512, 0.0669),
    ],
)
def test_the_smallest_change_is_near_the_textbooks(count, n, later, rise, fall):
    """Cohen's arcsine formula by statsmodels 0.15.0, NormalIndPower; ours is exact, so near it."""
    found = detectable_change(count, n, later)

    assert found.rise == pytest.approx(rise, abs=0.005)
    assert found.fall == pytest.approx(fall, abs=0.005)


@pytest.mark.prove
@pytest.mark.parametrize(("count", "n", "later"), [(7, 10, 12), (42, 60, 60), (90, 100, 80)])
def test_what_can_be_seen_is_seen_in_four_years_of_five(count, n, later):
    """Drawn anew, and judged by the very function that the pages use."""
    random, years = np.random.default_rng(31), size(500, 20_000)
    found = detectable_change(count, n, later)
    for step in (found.rise, -found.fall if found.fall else None):
        if step is None:
            continue
        before = random.binomial(n, count / n, years)
        after = random.binomial(later, count / n + step, years)
        seen = {}
        for pair in zip(before.tolist(), after.tolist(), strict=True):
            if pair not in seen:
                told = compare(Measure(100 * pair[0] / n, n), Measure(100 * pair[1] / later, later))
                seen[pair] = told.is_clear and (told.gap or 0) * step > 0
        share = np.mean([seen[pair] for pair in zip(before.tolist(), after.tolist(), strict=True)])

        assert share == pytest.approx(0.8, abs=3 * np.sqrt(0.16 / years))


@examples
@given(st.integers(1, 40), st.data())
def test_a_change_to_be_seen_stays_within_none_and_all_and_mirrors(n, data):
    count = data.draw(st.integers(0, n))
    found, turned = detectable_change(count, n), detectable_change(n - count, n)

    assert found.rise is None or 0 < found.rise <= 1 - count / n + 1e-9
    assert (found.rise is None) == (turned.fall is None)
    assert found.rise is None or found.rise == pytest.approx(turned.fall, abs=1e-6)


def test_a_larger_school_sees_smaller_changes():
    rises = [detectable_change(n // 2, n).rise for n in (20, 60, 200, 800)]

    assert rises == sorted(rises, reverse=True)
    assert detectable_change(5, 5).rise is None


@examples
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 60)), min_size=1, max_size=25))
def test_positions_are_intervals_that_hold_the_place_in_the_list(rows):
    x, n = np.array([min(one) for one in rows]), np.array([max(one) for one in rows])
    first, last = position_limits(x, n)
    share = x / n
    above = (share[None] > share[:, None]).sum(axis=1)
    below = (share[None] < share[:, None]).sum(axis=1)

    assert (first >= 1).all()
    assert (last <= len(rows)).all()
    assert (first <= above + 1).all()
    assert (last >= len(rows) - below).all()


@pytest.mark.prove
def test_all_true_positions_are_within_their_limits():
    random, runs = np.random.default_rng(41), size(40, 1500)
    held = []
    for _ in range(runs):
        n, true = random.integers(20, 300, 30), random.uniform(0.3, 0.95, 30)
        first, last = position_limits(random.binomial(n, true), n)
        place = (-true).argsort().argsort() + 1
        held.append(((first <= place) & (place <= last)).all())

    assert np.mean(held) >= 0.95


def test_a_gap_is_told_in_pupils_a_half_counts_up():
    assert gap_in_pupils([-0.16, 0.125, 0.0], [20, 20, 500]).tolist() == [3, 3, 0]
