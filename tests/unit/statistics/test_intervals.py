"""The intervals against their papers' worked examples, scipy, and what must always hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from tests.unit.statistics.examples import examples

from ska.statistics import difference_interval, exact_interval, wilson_interval


@st.composite
def shares(draw, largest=2000):
    n = draw(st.integers(1, largest))
    return draw(st.integers(0, n)), n


# R. G. Newcombe, Statistics in Medicine 17 (1998), 857–872, table I: methods 3 and 5.
@pytest.mark.parametrize(
    ("count", "n", "wilson", "exact"),
    [
        (81, 263, (0.2553, 0.3662), (0.2527, 0.3676)),
        (15, 148, (0.0624, 0.1605), (0.0578, 0.1617)),
        (0, 20, (0.0000, 0.1611), (0.0000, 0.1684)),
        (1, 29, (0.0061, 0.1718), (0.0009, 0.1776)),
    ],
)
def test_single_shares_agree_with_newcombe_1998(count, n, wilson, exact):
    ours, other = wilson_interval(count, n), exact_interval(count, n)

    assert (ours.low, ours.high) == pytest.approx(wilson, abs=5e-5)
    assert (other.low, other.high) == pytest.approx(exact, abs=5e-5)


# R. G. Newcombe, Statistics in Medicine 17 (1998), 873–890, table II: method 10.
@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ((56, 70), (48, 80), (0.0524, 0.3339)),
        ((9, 10), (3, 10), (0.1705, 0.8090)),
        ((6, 7), (2, 7), (0.0582, 0.8062)),
        ((5, 56), (0, 29), (-0.0381, 0.1926)),
        ((0, 10), (0, 20), (-0.1611, 0.2775)),
        ((0, 10), (0, 10), (-0.2775, 0.2775)),
        ((10, 10), (0, 20), (0.6791, 1.0000)),
        ((10, 10), (0, 10), (0.6075, 1.0000)),
    ],
)
def test_differences_agree_with_newcombe_1998(first, second, expected):
    ours = _difference(first, second)

    assert (ours.low, ours.high) == pytest.approx(expected, abs=5e-5)


@examples
@given(shares(), st.sampled_from([0.8, 0.9, 0.95, 0.99]))
def test_both_intervals_agree_with_scipy(share, level):
    count, n = share
    test = stats.binomtest(count, n)

    for ours, method in ((wilson_interval, "wilson"), (exact_interval, "exact")):
        low, high = test.proportion_ci(level, method)
        assert (ours(count, n, level).low, ours(count, n, level).high) == pytest.approx(
            (low, high), abs=1e-9
        )


@examples
@given(shares())
def test_the_interval_holds_its_own_share_and_stays_between_none_and_all(share):
    count, n = share

    for ours in (wilson_interval(count, n), exact_interval(count, n)):
        assert 0 <= ours.low <= ours.high <= 1
        assert ours.low - 1e-12 <= count / n <= ours.high + 1e-12


@examples
@given(shares(500), st.integers(2, 20))
def test_more_pupils_with_the_same_share_never_widen_the_interval(share, times):
    count, n = share
    small, large = wilson_interval(count, n), wilson_interval(count * times, n * times)

    assert large.high - large.low <= small.high - small.low + 1e-12


@examples
@given(shares(300), shares(300))
def test_a_difference_read_the_other_way_is_the_same_interval_mirrored(first, second):
    one, other = _difference(first, second), _difference(second, first)

    assert (one.low, one.high) == pytest.approx((-other.high, -other.low))
    assert (
        first[0] / first[1] - second[0] / second[1]
        in (
            pytest.approx(one.low),
            pytest.approx(one.high),
        )
        or one.low <= first[0] / first[1] - second[0] / second[1] <= one.high
    )


@pytest.mark.parametrize(("count", "n"), [(-1, 5), (6, 5), (0, 0)])
def test_what_is_not_a_share_is_refused(count, n):
    with pytest.raises(ValueError, match="is not a share"):
        wilson_interval(count, n)


def _difference(first, second):
    (count, n), (other, m) = first, second
    return difference_interval(
        count / n, wilson_interval(count, n), other / m, wilson_interval(other, m)
    )
