"""Funnel limits: exact by every count, and how often equal places are flagged."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special, stats
from tests.sizes import size
from tests.unit.statistics.examples import examples

from ska.statistics import binomial_limits, funnel_of_means, funnel_of_shares

pytestmark = pytest.mark.prove


def test_of_equal_places_at_most_the_nominal_share_is_outside_to_each_side():
    """Every size and level; the next count inside would have been too many."""
    n = np.arange(1, size(401, 5001))
    for share in np.arange(0.01, 1, 0.07 if len(n) == 400 else 0.01):
        for level in (0.95, 0.998):
            low, high = binomial_limits(n, share, level)
            first, last = np.rint(low * n), np.rint(high * n)
            below = np.where(first > 0, special.bdtr(np.maximum(first - 1, 0), n, share), 0.0)
            above = np.where(last < n, special.bdtrc(np.minimum(last, n), n, share), 0.0)
            tail = (1 - level) / 2

            assert (below <= tail + 1e-12).all()
            assert (above <= tail + 1e-12).all()
            assert (special.bdtr(first, n, share) > tail).all()


@examples
@given(st.integers(1, 3000), st.floats(0.001, 0.999), st.sampled_from([0.9, 0.95, 0.998]))
def test_the_limits_are_the_quantiles_of_scipy(n, share, level):
    low, high = binomial_limits(n, share, level)
    tail = (1 - level) / 2
    first = stats.binom.ppf(tail, n, share)
    first += stats.binom.cdf(first, n, share) <= tail  # ppf has ≥, ours >

    assert float(low) * n == pytest.approx(first)
    assert float(low) <= share + 1 / n
    assert 0 <= float(low) <= float(high) <= 1


def _equal_schools(random, schools):
    n = random.integers(5, 150, schools)
    return random.binomial(n, random.uniform(0.2, 0.95)), n


def test_equal_places_around_their_own_pooled_share_are_seldom_flagged():
    random = np.random.default_rng(4)
    flagged = np.concatenate(
        [funnel_of_shares(*_equal_schools(random, 50)).flagged for _ in range(size(200, 8000))]
    )
    widened = np.concatenate(
        [
            funnel_of_shares(*_equal_schools(random, 50), overdispersed=True).flagged
            for _ in range(size(200, 8000))
        ]
    )

    assert flagged.mean() <= 0.05
    assert widened.mean() <= 0.05


def test_equal_means_are_flagged_no_oftener_than_told():
    random, found = np.random.default_rng(8), []
    for _ in range(size(200, 8000)):
        n = random.integers(2, 80, 30)
        pupils = [random.normal(220, 45, one) for one in n]
        means, deviations = (
            np.array([getattr(np, what)(one, **how) for one in pupils])
            for what, how in (("mean", {}), ("std", {"ddof": 1}))
        )
        found.append(funnel_of_means(means, deviations, n).flagged.mean())

    assert np.mean(found) <= 0.05 + 2 * np.std(found) / np.sqrt(len(found))
    assert np.mean(found) >= 0.035


def test_overdispersion_is_that_of_the_paper():
    """Spiegelhalter 2005, section 5, by hand: z against the target, tenths drawn in, then τ²,

    but the mean square is divided by what drawing in leaves of a normal one.
    """
    random = np.random.default_rng(9)
    n = random.integers(20, 200, 60)
    x = random.binomial(n, np.clip(random.normal(0.7, 0.12, 60), 0, 1))
    funnel = funnel_of_shares(x, n, 0.7, overdispersed=True)
    z = sorted((a / b - 0.7) / np.sqrt(0.21 / b) for a, b in zip(x, n, strict=True))
    low, high = (stats.scoreatpercentile(z, one) for one in (10, 90))
    drawn_in = np.clip(stats.norm.ppf((np.arange(200_000) + 0.5) / 200_000), -1.2815516, 1.2815516)
    phi = np.mean([min(max(one, low), high) ** 2 for one in z]) / np.mean(drawn_in**2)
    weights = [float(one) / 0.21 for one in n]
    scale = sum(weights) - sum(one**2 for one in weights) / sum(weights)

    assert funnel.between**2 == pytest.approx((60 * phi - 59) / scale, rel=1e-5)
    assert funnel.between == pytest.approx(0.12, abs=0.04)
    exact_low, _ = binomial_limits(n, 0.7)
    real = stats.norm.ppf(0.975) * funnel.between
    assert funnel.low == pytest.approx(
        np.maximum(0, 0.7 - np.sqrt((0.7 - exact_low) ** 2 + real**2))
    )


def test_places_that_differ_for_real_are_flagged_no_oftener_than_told_once_that_is_taken_in():
    random, plain, widened = np.random.default_rng(10), [], []
    for _ in range(size(60, 3000)):
        n = random.integers(15, 200, 60)
        x = random.binomial(n, np.clip(random.normal(0.75, 0.08, 60), 0, 1))
        plain.append(funnel_of_shares(x, n).flagged.mean())
        widened.append(funnel_of_shares(x, n, overdispersed=True).flagged.mean())

    assert np.mean(plain) > 0.2
    assert np.mean(widened) <= 0.07


def test_means_that_differ_for_real_are_flagged_no_oftener_than_told_once_that_is_taken_in():
    random, plain, widened = np.random.default_rng(11), [], []
    for _ in range(size(60, 3000)):
        n, level = random.integers(15, 200, 60), random.normal(220, 12, 60)
        means = random.normal(level, 45 / np.sqrt(n))
        plain.append(funnel_of_means(means, np.full(60, 45.0), n).flagged.mean())
        widened.append(funnel_of_means(means, np.full(60, 45.0), n, overdispersed=True))

    assert np.mean(plain) > 0.3
    assert np.mean([one.flagged.mean() for one in widened]) <= 0.07
    assert np.mean([one.between for one in widened]) == pytest.approx(12, abs=1.5)


def test_a_school_far_away_is_flagged_and_says_where_the_limit_was():
    funnel = funnel_of_shares([69, 73, 68, 30], [100, 100, 100, 100])

    assert funnel.target == pytest.approx(0.6)
    assert funnel.flagged.tolist() == [False, True, False, True]
    assert (funnel.low[0], funnel.high[0]) == pytest.approx((0.5, 0.69))


@examples
@given(
    st.lists(st.tuples(st.integers(0, 80), st.integers(1, 80)), min_size=1, max_size=30),
    st.booleans(),
)
def test_the_funnel_mirrors_and_is_never_nan(rows, overdispersed):
    x, n = np.array([min(one) for one in rows]), np.array([max(one) for one in rows])
    funnel = funnel_of_shares(x, n, overdispersed=overdispersed)
    other = funnel_of_shares(n - x, n, overdispersed=overdispersed)

    assert np.isfinite([funnel.low, funnel.high]).all()
    assert funnel.low == pytest.approx(1 - other.high, abs=1e-9)
    assert (funnel.low <= funnel.target + 1e-9).all()
    assert (funnel.high >= funnel.target - 1e-9).all()


@pytest.mark.parametrize(
    "given_", [([1.0], [0.0], [1]), ([1.0], [-1.0], [5]), ([np.nan], [1.0], [5])]
)
def test_means_without_a_known_spread_have_no_funnel(given_):
    with pytest.raises(ValueError, match=r"spread|left out"):
        funnel_of_means(*given_)
