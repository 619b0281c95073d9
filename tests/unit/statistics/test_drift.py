"""Drift over years against published and independent figures."""

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
    describe_drift,
    describe_drifts,
    drift_of_shares,
    drift_of_values,
    limits_of_drift,
)

_rows = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=3, max_size=9)
_values = st.lists(st.one_of(st.just(np.nan), st.floats(0, 100)), min_size=3, max_size=9)


def test_the_trend_of_agresti_is_found_again():
    """Infant malformation by alcohol (Agresti, Categorical Data Analysis, table 3.7), scores 0–4.

    z = 1.3519 and p = 0.1764 by statsmodels 0.15.0, Table.test_ordinal_association.
    """
    malformed, others = np.array([48, 38, 5, 1, 1]), np.array([17066, 14464, 788, 126, 37])
    found = drift_of_shares(malformed, malformed + others)

    assert found.p[0] == pytest.approx(0.1763923951737736, abs=1e-9)
    assert found.slope[0] > 0


@examples
@given(_rows)
def test_a_drift_of_shares_agrees_with_the_correlation_of_pupils_and_years(row):
    """The test's square is (N − 1) r², r between each pupil's year and being in the share."""
    x, n = np.array([min(one) for one in row]), np.array([max(one) for one in row])
    found = drift_of_shares(x, n)
    if not found.known[0]:
        assert (found.p[0], found.slope[0]) == (1, 0)
        return
    year = np.repeat(np.arange(len(n)), n)
    hit = np.concatenate([[1] * a + [0] * (b - a) for a, b in zip(x, n, strict=True)])
    r = np.corrcoef(year, hit)[0, 1]

    assert found.p[0] == pytest.approx(stats.chi2.sf((n.sum() - 1) * r * r, 1), abs=1e-9)
    assert found.slope[0] == pytest.approx(stats.linregress(year, hit).slope, abs=1e-9)


@examples
@given(_values)
def test_a_drift_of_values_agrees_with_kendall(row):
    found = drift_of_values(row)
    time = np.flatnonzero(np.isfinite(row))
    value = np.array(row)[time]
    assert 0 <= found.p[0] <= 1
    assert np.isfinite(found.slope[0])
    if found.known[0] and len(set(value)) == len(value):
        assert found.p[0] == pytest.approx(
            stats.kendalltau(time, value, method="exact").pvalue, abs=1e-9
        )
        assert found.slope[0] == pytest.approx(stats.theilslopes(value, time).slope)


@pytest.mark.parametrize("row", [[3, 3, 4, 5, 5, 7, 6, 9], [1, 1, 1, 2, 2, 0, 2, 2, 3]])
def test_ties_are_weighed_as_scipy_weighs_them(row):
    """SciPy's normal p tells the variance of the sum of signs; ours steps one pair towards 0."""
    value, (first, second) = np.array(row, dtype=float), np.triu_indices(len(row), 1)
    s = abs(np.sign(value[second] - value[first]).sum())
    test = stats.kendalltau(np.arange(len(row)), value, method="asymptotic")
    deviation = s / stats.norm.isf(test.pvalue / 2)

    assert drift_of_values(value).p[0] == pytest.approx(2 * stats.norm.sf((s - 1) / deviation))


@examples
@given(_rows)
def test_time_turned_round_turns_the_slope_and_keeps_the_p(row):
    x, n = np.array([min(one) for one in row]), np.array([max(one) for one in row])
    there, back = drift_of_shares(x, n), drift_of_shares(x[::-1], n[::-1])

    assert there.p[0] == pytest.approx(back.p[0], abs=1e-9)
    assert there.slope[0] == pytest.approx(-back.slope[0], abs=1e-9)


def test_four_values_are_never_a_clear_drift_and_five_may_be():
    assert drift_of_values([1.0, 2, 3, 4]).p[0] == pytest.approx(2 / 24)
    assert drift_of_values([1.0, 2, 3, 4, 5]).p[0] == pytest.approx(2 / 120)
    assert not drift_of_values([1.0, np.nan, 2, np.nan]).known[0]
    assert not drift_of_values([2.0, 2, 2, 2]).known[0]


def test_many_rows_are_judged_at_once():
    found = drift_of_values([[1.0, 2, 3, 4, 5], [5.0, 4, 3, 2, 1], [3.0, 3, 3, 3, 3]])

    assert found.slope.tolist() == [1, -1, 0]
    assert found.known.tolist() == [True, True, False]


@pytest.mark.prove
def test_steady_schools_seem_to_drift_no_oftener_than_told():
    random, schools = np.random.default_rng(2), size(4000, 100_000)
    n = random.integers(10, 90, (schools, 6))
    shares = drift_of_shares(random.binomial(n, random.uniform(0.3, 0.9, (schools, 1))), n)
    values = drift_of_values(random.normal(200, 20, (schools // 10, 6)))

    assert (shares.p <= 0.05).mean() <= 0.05 + 2 * np.sqrt(0.05 / schools)
    assert (values.p <= 0.05).mean() <= 0.05 + 2 * np.sqrt(0.05 / (schools / 10))


def years(values, n=None, first=2020, **more):
    return [Measure(one, n, str(first + at), **more) for at, one in enumerate(values)]


def test_a_steady_rise_of_counted_shares_is_told_with_its_size_a_year():
    told = describe_drift(years([60.0, 64, 68, 71, 76], 100))

    assert told.is_clear
    assert told.title == "Andelen har ökat 2020–2024"
    assert told.sentence == (
        "Andelen har ökat 2020–2024, med i snitt 3,9 procentenheter om året (mellan 1,0 och 6,8)."
    )


def test_a_drift_that_a_few_pupils_explain_is_within_variation():
    told = describe_drift(years([60.0, 65, 70, 75, 80], 20))

    assert told.verdict is Verdict.WITHIN_VARIATION
    assert not told.title
    assert not any(word in told.sentence for word in ("ökat", "minskat"))


def test_many_places_are_judged_together_and_more_strictly_than_each_alone():
    sure = years([80.0, 72, 65, 55], 100)
    steady = years([70.0, 71, 70, 70.0], 100)
    unsure = years([80.0, 76, 73, 70.0], 150)
    few = years([60.0, 70], 50)
    places = [sure, unsure, few, *[steady] * 18]
    told = describe_drifts(places, [f"Skola {at}" for at in range(len(places))])

    assert describe_drift(unsure).is_clear
    assert [one.is_clear for one in told[:4]] == [True, False, False, False]
    assert told[0].sentence.startswith("Skola 0 har minskat 2020–2023, med i snitt 8,2")
    assert told[2].reason == "det finns färre än tre värden"
    assert describe_drifts([sure], ["Skolan"])[0].interval == describe_drift(sure).interval
    assert describe_drifts([few], ["Skolan"])[0].word.startswith("kan inte avgöras")
    assert describe_drifts([], []) == []


@examples
@given(_rows)
def test_the_limits_of_a_drift_leave_out_none_just_when_the_test_finds_one(row):
    x, n = np.array([min(one) for one in row]), np.array([max(one) for one in row])
    found = drift_of_shares(x, n)
    low, high = limits_of_drift(found, 0.95)

    assert low[0] <= found.slope[0] <= high[0]
    if found.known[0] and abs(found.p[0] - 0.05) > 1e-9:
        assert (low[0] > 0 or high[0] < 0) == (found.p[0] < 0.05)


@pytest.mark.prove
def test_the_limits_of_a_drift_hold_the_true_drift_as_often_as_told():
    random, schools = np.random.default_rng(3), size(4000, 100_000)
    n = random.integers(20, 120, (schools, 5))
    slope = random.uniform(-0.06, 0.06, (schools, 1))
    share = random.uniform(0.4, 0.6, (schools, 1)) + slope * (np.arange(5) - 2)
    low, high = limits_of_drift(drift_of_shares(random.binomial(n, share), n), 0.95)
    held = ((low <= slope[:, 0]) & (slope[:, 0] <= high)).mean()

    assert 0.94 <= held <= 0.97


@pytest.mark.prove
@pytest.mark.parametrize("drifting", [0, 10, 40])
def test_of_many_drifts_called_clear_few_are_chance(drifting):
    random, families, places = np.random.default_rng(4), size(60, 1500), 50
    false = []
    for _family in range(families):
        slope = np.where(np.arange(places) < drifting, 0.07, 0.0)[:, None]
        n = random.integers(30, 90, (places, 4))
        x = random.binomial(n, 0.5 + slope * (np.arange(4) - 1.5))
        rows = [
            [Measure(100 * a / b, b, str(at)) for at, (a, b) in enumerate(zip(*row, strict=True))]
            for row in zip(x.tolist(), n.tolist(), strict=True)
        ]
        clear = [one.is_clear for one in describe_drifts(rows, ["x"] * places)]
        false.append(sum(clear[drifting:]) / max(sum(clear), 1))

    assert np.mean(false) <= 0.05 + 2 * np.std(false) / np.sqrt(families)


def test_five_years_in_order_are_told_without_n_and_four_are_not():
    rising = describe_drift(years([5.1, 5.4, 5.5, 5.9, 6.2], share=False), subject="Värdet")

    assert rising.title == "Värdet har ökat 2020–2024"
    assert rising.sentence.endswith("med i snitt 0,3 om året.")
    four = describe_drift(years([60.0, 70, 80, 90]))
    assert four.word == (
        "kan inte avgöras (antalet elever är inte känt och det finns färre än fem värden)"
    )


def test_years_of_another_definition_or_without_value_are_not_counted():
    old = years([10.0, 20, 30], 100, basis="old")
    new = years([60.0, 61], 100, 2023)
    assert describe_drift([*old, *new]).reason == "det finns färre än tre värden"
    assert describe_drift([]).reason == "det finns färre än tre värden"
    gap = [*years([60.0, 64], 100), Measure(None, label="2022"), *years([70.0, 76], 100, 2023)]
    assert describe_drift(gap).is_clear
    assert describe_drift(years([50.0] * 4, 40)).verdict is Verdict.WITHIN_VARIATION
    assert "hela tiden" in describe_drift(years([5.0] * 6, share=False)).reason
