"""Drift over years against published and independent figures."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from tests.sizes import size
from tests.unit.statistics.examples import examples

from ska.statistics import drift_of_shares, drift_of_values

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
