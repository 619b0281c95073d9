"""Steadied values against an independent fit, and the truth they aim at."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, stats
from tests.sizes import size
from tests.unit.statistics.examples import examples

from ska.statistics import steady_shares
from ska.statistics.steadied import fit_beta_binomial

_shares = st.lists(st.tuples(st.integers(0, 90), st.integers(1, 90)), min_size=5, max_size=40)


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


def test_too_few_places_or_none_that_differ_give_nothing():
    assert steady_shares([1, 2, 3, 4], [9, 9, 9, 9]) is None
    assert steady_shares([9] * 6, [9] * 6) is None


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


@pytest.mark.prove
def test_steadied_values_are_nearer_the_truth_and_their_intervals_hold():
    random, runs = np.random.default_rng(21), size(15, 400)
    errors_own, errors_steadied, held = [], [], []
    for _ in range(runs):
        n = random.integers(8, 120, 60)
        true = random.beta(14, 6, 60)
        x = random.binomial(n, true)
        found = steady_shares(x, n)
        errors_own.append(((x / n - true) ** 2).sum())
        errors_steadied.append(((found.value - true) ** 2).sum())
        held.append(((found.low <= true) & (true <= found.high)).mean())

    assert np.mean(errors_steadied) < 0.75 * np.mean(errors_own)
    assert 0.93 <= np.mean(held) <= 0.97
