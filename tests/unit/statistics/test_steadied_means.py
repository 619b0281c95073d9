"""Steadied means against statsmodels, the mixed model's equations, and the truth they aim at."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from tests.sizes import size
from tests.unit.statistics.examples import examples

from ska.statistics import steady_means

MEAN = np.array([212.4, 228.9, 219.3, 241.0, 203.7, 225.1, 233.8, 216.6])
DEVIATION = np.array([41.0, 38.5, 44.2, 36.0, 47.1, 40.0, 39.3, 43.0])
N = np.array([24, 61, 18, 45, 33, 70, 27, 52])
# statsmodels 0.15.0: combine_effects(MEAN, pooled variance / N, method_re="dl"), tau2 and the mean
BETWEEN, COMMON = 91.06985184, 223.0807876307

_places = st.lists(
    st.tuples(st.floats(100, 340), st.floats(0, 60), st.integers(1, 90)), min_size=5, max_size=30
)


def test_the_common_level_and_what_is_borrowed_are_those_of_statsmodels():
    found = steady_means(MEAN, DEVIATION, N)
    error = float(((N - 1) * DEVIATION**2).sum() / (N - 1).sum()) / N

    assert found.common == pytest.approx(COMMON, abs=1e-8)
    assert found.borrowed == pytest.approx(error / (error + BETWEEN), abs=1e-8)
    assert found.value == pytest.approx(MEAN - found.borrowed * (MEAN - COMMON), abs=1e-6)


def test_value_and_interval_are_those_of_hendersons_mixed_model_equations():
    """C. R. Henderson, Biometrics 31 (1975), 423–447: solved as one table of equations."""
    found = steady_means(MEAN, DEVIATION, N)
    weight = N / float(((N - 1) * DEVIATION**2).sum() / (N - 1).sum())
    table = np.zeros((9, 9))
    table[0, 0], table[0, 1:], table[1:, 0] = weight.sum(), weight, weight
    table[1:, 1:] = np.diag(weight + 1 / BETWEEN)
    known = np.concatenate([[(weight * MEAN).sum()], weight * MEAN])
    inverse = np.linalg.inv(table)
    solved = inverse @ known
    pick = np.hstack([np.ones((8, 1)), np.eye(8)])
    spread = np.sqrt(np.einsum("ij,jk,ik->i", pick, inverse, pick))

    assert found.value == pytest.approx(pick @ solved, abs=1e-6)
    assert (found.high - found.low) / 2 == pytest.approx(stats.norm.ppf(0.975) * spread, abs=1e-6)


def test_schools_that_differ_by_chance_alone_are_all_told_the_same():
    found = steady_means([220.0, 221, 219, 220, 222, 218], [40.0] * 6, [30] * 6)

    assert found.borrowed == pytest.approx(1.0)
    assert found.value == pytest.approx(found.common)
    assert (found.high - found.low).min() > 10  # what all share is not known exactly either


def test_too_few_places_or_pupils_that_are_all_alike_give_nothing():
    assert steady_means([210.0, 220, 230, 240], [40.0] * 4, [30] * 4) is None
    assert steady_means([210.0, 220, 230, 240, 250], [0.0] * 5, [30] * 5) is None
    assert steady_means([210.0, 220, 230, 240, 250], [40.0] * 5, [1] * 5) is None


@pytest.mark.parametrize(("deviation", "n"), [(-1.0, 20), (10.0, 0)])
def test_what_is_no_mean_is_refused(deviation, n):
    with pytest.raises(ValueError, match="means need"):
        steady_means([210.0] * 5, [deviation] * 5, [n] * 5)


@examples
@given(_places)
def test_a_steadied_mean_lies_between_its_own_and_the_common(rows):
    mean, deviation, n = (np.array(one) for one in zip(*rows, strict=True))
    found = steady_means(mean, deviation, n)
    if found is None:
        return

    assert np.isfinite([found.value, found.low, found.high]).all()
    assert (np.minimum(mean, found.common) - 1e-6 <= found.value).all()
    assert (found.value <= np.maximum(mean, found.common) + 1e-6).all()
    assert ((found.borrowed >= 0) & (found.borrowed <= 1)).all()
    assert (found.borrowed[np.argsort(-n, kind="stable")] >= np.sort(found.borrowed) - 1e-9).all()


@pytest.mark.prove
def test_steadied_means_are_nearer_the_truth_and_their_intervals_hold():
    random, runs = np.random.default_rng(23), size(60, 3000)
    errors_own, errors_steadied, held = [], [], []
    for _ in range(runs):
        n, true = random.integers(8, 80, 60), random.normal(220, 9, 60)
        means = random.normal(true, 45 / np.sqrt(n))
        deviations = 45 * np.sqrt(random.chisquare(n - 1) / (n - 1))
        found = steady_means(means, deviations, n)
        errors_own.append(((means - true) ** 2).sum())
        errors_steadied.append(((found.value - true) ** 2).sum())
        held.append(((found.low <= true) & (true <= found.high)).mean())

    assert np.mean(errors_steadied) < 0.75 * np.mean(errors_own)
    assert 0.93 <= np.mean(held) <= 0.97
