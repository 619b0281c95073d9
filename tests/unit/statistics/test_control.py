"""Control charts against the textbook's, and the rules one by one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sizes import size
from tests.unit.statistics.examples import examples

from ska.statistics import Rule, p_chart, xmr_chart

# NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2: flowrate of ten batches.
FLOW = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
# The same, 6.3.3.2: defects among 50 chips on each of thirty wafers.
WAFERS = [
    12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22,
    8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6,
]  # fmt: skip


def rules_of(chart):
    return [(one.rule, one.position) for one in chart.signals]


def test_the_flowrates_of_nist_are_found_again():
    chart = xmr_chart(FLOW)

    assert chart.centre[0] == pytest.approx(50.81)
    # NIST divides by 1.128; Wheeler's 2.66 is that constant rounded.
    assert (chart.low[0], chart.high[0]) == pytest.approx((45.8159, 55.8041), abs=0.002)
    assert chart.signals == ()


def test_the_wafers_of_nist_are_found_again():
    """Three sigma lets 3 to 20 chips of 50 pass; the exact limits differ by one chip each way."""
    chart = p_chart(WAFERS, [50] * 30)

    assert chart.centre[0] == pytest.approx(0.2313, abs=5e-5)
    assert chart.low[0] * 50 == pytest.approx(np.ceil(50 * 0.0524), abs=1 + 1e-9)
    assert chart.high[0] * 50 == pytest.approx(np.floor(50 * 0.4102), abs=1 + 1e-9)
    assert [at for rule, at in rules_of(chart) if rule is Rule.OUTSIDE] == [14, 22]


def test_an_accepted_shift_starts_centre_and_limits_anew():
    counts, sizes = [30, 31, 29, 30, 42, 41, 43, 42], [50] * 8

    assert Rule.OUTSIDE not in {rule for rule, _ in rules_of(p_chart(counts, sizes))}
    judged = p_chart(counts, sizes, until=4)
    assert {at for rule, at in rules_of(judged) if rule is Rule.OUTSIDE} == {4, 5, 6, 7}
    accepted = p_chart(counts, sizes, shifts=[4])
    assert (accepted.centre[0], accepted.centre[7]) == pytest.approx((0.6, 0.84))
    assert accepted.signals == ()


def test_eight_on_one_side_are_told_once_and_not_across_a_shift():
    values = [*([10.0, 10.4] * 4), *([11.0, 11.4] * 5)]

    assert (Rule.EIGHT_ON_ONE_SIDE, 15) in rules_of(xmr_chart(values))
    assert not rules_of(xmr_chart(values, shifts=[8]))


def test_three_of_four_near_a_limit():
    values = [10.0, 11, 10, 11, 10, 11, 10, 11, 12.2, 12.2, 10.5, 12.2]
    chart = xmr_chart(values, until=8)

    assert (Rule.THREE_NEAR_A_LIMIT, 11) in rules_of(chart)
    assert Rule.OUTSIDE not in {one.rule for one in chart.signals}


def test_four_in_a_row_are_four_values_and_no_gap():
    """Three values around a year without one are three, as eight on one side start anew there."""
    steady = [10.0, 11, 10, 11, 10, 11, 10, 11]
    chart = xmr_chart([*steady, 12.2, 12.2, np.nan, 12.2, 12.2], until=8)

    assert rules_of(chart) == []


def test_three_values_are_too_few_for_limits():
    chart = xmr_chart([1.0, 2.0, 30.0])

    assert not chart.has_limits.any()
    assert chart.signals == ()
    assert not p_chart([1, 2, 3], [9, 9, 9]).has_limits.any()
    assert not xmr_chart([1.0, np.nan, 2, np.nan, 3, np.nan, 9]).has_limits.any()


def test_a_gap_is_no_moving_range_and_no_value():
    chart = xmr_chart([10.0, 11, np.nan, 30, 31, 30])

    assert chart.high[0] - chart.centre[0] == pytest.approx(2.66)
    assert all(one.position != 2 for one in chart.signals)
    counted = p_chart([3, 4, 0, 3, 4], [9, 9, 0, 9, 9])
    assert np.isnan(counted.value[2])
    assert counted.has_limits.all()


@examples
@given(
    st.lists(
        st.one_of(st.none(), st.tuples(st.integers(0, 90), st.integers(1, 90))),
        min_size=4, max_size=12,
    )
)  # fmt: skip
def test_a_year_without_value_stands_in_any_series_of_counts(years):
    x, n = zip(*[(min(one), max(one)) if one else (0, 0) for one in years], strict=True)
    chart = p_chart(x, n)
    has_value = np.array(n) > 0

    assert chart.has_limits.all() == (has_value.sum() >= 4)
    if chart.has_limits.all():
        assert np.isfinite([chart.low, chart.high]).all()
        alone = p_chart(np.array(x)[has_value], np.array(n)[has_value])
        assert chart.low[has_value] == pytest.approx(alone.low)
        assert chart.high[has_value] == pytest.approx(alone.high)


def test_a_shift_outside_the_series_is_refused():
    with pytest.raises(ValueError, match="shift"):
        xmr_chart(FLOW, shifts=[10])


@examples
@given(st.lists(st.floats(-1e3, 1e3), min_size=4, max_size=25), st.floats(-50, 50))
def test_the_chart_moves_and_mirrors_with_its_values(values, step):
    chart = xmr_chart(values)
    moved, turned = xmr_chart(np.array(values) + step), xmr_chart(-np.array(values))

    assert np.isfinite(chart.centre).all()
    assert moved.high == pytest.approx(chart.high + step, abs=1e-6)
    assert turned.high == pytest.approx(-chart.low, abs=1e-6)


@pytest.mark.prove
def test_a_steady_school_is_seldom_outside():
    """Ten years of pupils at one level: 0.27 % are told, a little more by limits from ten years."""
    random, charts = np.random.default_rng(12), size(150, 5000)
    outside = years = xmr = 0
    for _ in range(charts):
        n = random.integers(10, 120, 10)
        chart = p_chart(random.binomial(n, random.uniform(0.2, 0.9)), n)
        outside += sum(one.rule is Rule.OUTSIDE for one in chart.signals)
        loose = xmr_chart(random.normal(0, 1, 10))
        xmr += sum(one.rule is Rule.OUTSIDE for one in loose.signals)
        years += 10

    assert outside / years <= 0.0027 + 2 * np.sqrt(0.0027 / years)
    assert xmr / years <= 0.01
