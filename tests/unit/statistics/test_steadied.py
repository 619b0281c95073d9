"""Steadied values against published examples, an independent fit, and the truth they aim at."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, stats
from tests.sizes import size
from tests.unit.statistics.examples import examples

from ska.statistics import steady_means, steady_shares
from ska.statistics.steadied import between_variance, fit_beta_binomial

# B. Efron and C. Morris, Scientific American 236 (1977), 119–127: hits of eighteen in 45 tries.
HITS = np.array([18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7])
_shares = st.lists(st.tuples(st.integers(0, 90), st.integers(1, 90)), min_size=5, max_size=40)


def test_the_batters_of_efron_and_morris_are_found_again():
    """Grand mean .265, shrinking factor .212: .400 becomes .294 and .156 becomes .242."""
    share = HITS / 45
    found = steady_means(share, np.full(18, np.sqrt(share.mean() * (1 - share.mean()) / 45)))

    assert found.common == pytest.approx(0.265, abs=5e-4)
    assert 1 - found.borrowed == pytest.approx(0.212, abs=1e-3)
    assert found.value[0] == pytest.approx(0.294, abs=5e-4)
    assert found.value[-1] == pytest.approx(0.242, abs=5e-4)


def test_the_intervals_are_those_of_morris_1983():
    """Equal variances V: V(1 − B(k − 1)/k) + 2/(k − 3) B² (y − mean)², B the shrinking factor."""
    share, variance = HITS / 45, (HITS / 45).mean() * (1 - (HITS / 45).mean()) / 45
    found, b = steady_means(share, np.full(18, np.sqrt(variance))), 1 - 0.2123
    own = variance * (1 - b * 17 / 18) + 2 / 15 * b * b * (share - share.mean()) ** 2

    assert (found.high - found.low) / 2 == pytest.approx(1.959964 * np.sqrt(own), abs=1e-4)


def test_the_spread_between_places_agrees_with_statsmodels():
    """0.0614572 by statsmodels 0.15.0, combine_effects(method_re="iterated")."""
    means = np.array([0.1, 0.5, 0.9, 0.3, 0.7, 0.65])
    errors = np.array([0.1, 0.12, 0.2, 0.15, 0.1, 0.3])

    assert between_variance(means, errors**2) == pytest.approx(0.06145724366641222, abs=1e-9)
    assert steady_means(means, errors).common == pytest.approx(0.4964321057537851, abs=1e-9)


@pytest.mark.parametrize("seed", range(4))
def test_the_fit_agrees_with_one_on_scipys_beta_binomial(seed):
    random = np.random.default_rng(seed)
    n = random.integers(5, 150, 60)
    x = random.binomial(n, random.beta(8, 3, 60))

    def loss(at):
        return -stats.betabinom.logpmf(x, n, np.exp(at[0]), np.exp(at[1])).sum()

    alpha, beta = np.exp(optimize.minimize(loss, [1.0, 1.0], method="BFGS").x)
    mean, precision = fit_beta_binomial(x, n)

    assert mean == pytest.approx(alpha / (alpha + beta), abs=1e-4)
    assert precision == pytest.approx(alpha + beta, rel=1e-3)


def test_a_small_school_borrows_much_and_a_large_one_little():
    random = np.random.default_rng(3)
    n = np.concatenate([[8, 800], random.integers(20, 100, 60)])
    x = random.binomial(n, np.concatenate([[1.0, 0.9], random.beta(14, 6, 60)]))
    found = steady_shares(x, n)

    assert found.borrowed[0] > 0.6
    assert found.borrowed[1] < 0.1
    assert found.common < found.value[0] < 1
    assert found.value == pytest.approx(
        found.borrowed * found.common + (1 - found.borrowed) * x / n, abs=1e-9
    )


def test_schools_that_differ_by_chance_alone_are_all_told_the_same():
    x, n = np.array([30, 31, 29, 30, 30, 31]), np.full(6, 60)
    found = steady_shares(x, n)

    assert found.borrowed.min() > 0.99
    assert steady_means([5.0, 5.1, 4.9, 5.0, 5.05], np.full(5, 0.5)).borrowed.min() == 0.5


def test_too_few_places_or_none_that_differ_give_nothing():
    assert steady_shares([1, 2, 3, 4], [9, 9, 9, 9]) is None
    assert steady_shares([9] * 6, [9] * 6) is None
    assert steady_means([1.0, 2, 3, 4], [1.0] * 4) is None
    with pytest.raises(ValueError, match="standard error"):
        steady_means([1.0] * 6, [0.0] * 6)


@examples
@given(_shares)
def test_a_steadied_share_lies_between_its_own_and_the_common(rows):
    x, n = np.array([min(one) for one in rows]), np.array([max(one) for one in rows])
    found = steady_shares(x, n)
    if found is None:
        return
    own = x / n

    assert np.isfinite([found.value, found.low, found.high]).all()
    assert (np.minimum(own, found.common) - 1e-9 <= found.value).all()
    assert (found.value <= np.maximum(own, found.common) + 1e-9).all()
    assert ((found.low >= 0) & (found.low <= found.high) & (found.high <= 1)).all()
    assert ((found.borrowed > 0) & (found.borrowed <= 1)).all()
    assert (np.argsort(n) == np.argsort(-found.borrowed, kind="stable")).all() or len(
        set(n)
    ) < n.size


@examples
@given(st.lists(st.tuples(st.floats(-50, 50), st.floats(0.1, 9)), min_size=5, max_size=30))
def test_a_steadied_mean_mirrors_and_is_never_nan(rows):
    means, errors = np.array(rows).T
    found, turned = steady_means(means, errors), steady_means(-means, errors)

    assert np.isfinite([found.value, found.low, found.high]).all()
    assert found.value == pytest.approx(-turned.value, abs=1e-6)
    assert ((found.borrowed >= 0) & (found.borrowed <= 1)).all()


@pytest.mark.prove
def test_steadied_values_are_nearer_the_truth_and_their_intervals_hold():
    random, runs = np.random.default_rng(21), size(15, 400)
    errors_own, errors_steadied, held, held_means = [], [], [], []
    for _ in range(runs):
        n = random.integers(8, 120, 60)
        true = random.beta(14, 6, 60)
        x = random.binomial(n, true)
        found = steady_shares(x, n)
        errors_own.append(((x / n - true) ** 2).sum())
        errors_steadied.append(((found.value - true) ** 2).sum())
        held.append(((found.low <= true) & (true <= found.high)).mean())
        errors = random.uniform(3, 20, 60)
        level = random.normal(220, 12, 60)
        means = steady_means(random.normal(level, errors), errors)
        held_means.append(((means.low <= level) & (level <= means.high)).mean())

    assert np.mean(errors_steadied) < 0.75 * np.mean(errors_own)
    assert 0.93 <= np.mean(held) <= 0.97
    assert 0.93 <= np.mean(held_means) <= 0.97
