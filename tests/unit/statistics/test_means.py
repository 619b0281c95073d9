"""Means with a known spread are judged as shares are; without it nothing is made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from tests.unit.statistics.examples import examples

from ska.statistics import Measure, Verdict, compare


def mean(value, n=40, spread=2.0, label="", **more):
    return Measure(value, n, label, share=False, spread=spread, **more)


def test_a_clear_difference_of_means_is_told_in_their_unit():
    told = compare(
        mean(12.1, label="2025"), mean(13.6, label="2026"), over_time=True, subject="Värdet"
    )

    assert told.is_clear
    assert told.title == "Värdet ökade till 13,6"
    assert told.gap_in_pupils is None
    assert "procentenheter" not in told.sentence
    assert "Det är en tydlig skillnad: 1,5." in told.sentence


def test_a_small_difference_of_means_is_within_variation():
    told = compare(mean(12.1), mean(12.6))

    assert told.verdict is Verdict.WITHIN_VARIATION
    assert "Skillnaden är 0,5, och ryms inom vanlig variation." in told.sentence


def test_a_mean_beside_the_country_is_judged_against_a_fixed_value():
    country = Measure(12.0, label="Riket", share=False, whole=True)
    low, high = stats.t.interval(0.95, 39, 12.8, 2.0 / 40**0.5)
    told = compare(country, mean(12.8))

    assert told.is_clear
    assert (told.interval.low, told.interval.high) == pytest.approx((low - 12, high - 12), abs=1e-4)


@pytest.mark.parametrize(
    ("measure", "reason"),
    [
        (Measure(5.9, 40, share=False), "källan visar inte hur mycket slumpen kan påverka"),
        (Measure(5.9, None, share=False, spread=1.0), "antalet elever är inte känt"),
        (Measure(5.9, 1, share=False, spread=0.0), "det är bara en elev"),
        (Measure(59.0), "antalet elever är inte känt"),
        (Measure(None, word="för få elever"), "för få elever"),
        (Measure(59.0, 40), ""),
        (mean(5.9), ""),
        (Measure(59.0, whole=True), ""),
    ],
)
def test_without_what_it_takes_there_is_no_interval_but_a_reason(measure, reason):
    assert measure.no_interval == reason
    assert (measure.interval() is None) == bool(reason)


def test_a_mean_is_never_compared_with_a_share():
    assert compare(mean(12.0), Measure(70.0, 40)).reason == "den ena är en andel och den andra inte"


def test_the_interval_of_a_mean_is_written_in_its_own_decimals():
    assert mean(12.1).written_interval() == "11,5–12,7"


@pytest.mark.parametrize("spread", [-1.0, float("nan")])
def test_no_spread_is_negative_or_unknown_in_disguise(spread):
    with pytest.raises(ValueError, match="spread"):
        mean(5.0, spread=spread)


_means = st.builds(mean, st.floats(0, 20), st.integers(2, 90), st.floats(0, 6))


@examples
@given(_means, _means)
def test_the_verdict_on_means_does_not_depend_on_who_comes_first(first, second):
    one, other = compare(first, second), compare(second, first)

    assert one.verdict is other.verdict
    assert one.interval.low == pytest.approx(-other.interval.high, abs=1e-6)
