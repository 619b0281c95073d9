"""Reliability against what is known from how the numbers were made."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.statistics.examples import examples

from ska.statistics import reliability_of_shares, stability


def _schools(spread, size, places=4000, seed=7):
    random = np.random.default_rng(seed)
    true = np.clip(random.normal(0.7, spread, places), 0, 1)
    return random.binomial(size, true) / size, [size] * places


@pytest.mark.parametrize(("spread", "size"), [(0.1, 20), (0.1, 100), (0.05, 40)])
def test_the_real_share_of_the_spread_is_found_again(spread, size):
    shares, sizes = _schools(spread, size)

    # A school's own chance is p(1 − p)/n of its own p, smaller on average by the spread's variance.
    expected = spread**2 / (spread**2 + 0.21 / size)

    assert reliability_of_shares(shares, sizes) == pytest.approx(expected, abs=0.03)


def test_schools_that_differ_by_chance_alone_have_no_reliability():
    shares, sizes = _schools(0.0, 25)

    assert reliability_of_shares(shares, sizes) < 0.06


def test_larger_schools_are_more_reliable():
    small = reliability_of_shares(*_schools(0.08, 15))
    large = reliability_of_shares(*_schools(0.08, 150))

    assert small < large


def test_too_few_schools_or_none_that_differ_give_no_number():
    assert reliability_of_shares([0.5] * 19, [20] * 19) is None
    assert reliability_of_shares([1.0] * 40, [20] * 40) is None
    assert stability([]) is None
    assert stability([[1.0, 2.0]] * 19) is None
    assert stability([[1.0, None]] * 40) is None
    assert stability([[5.0, 5.0]] * 40) is None


def test_what_moves_every_school_alike_is_not_unsteadiness():
    random = np.random.default_rng(3)
    level = random.normal(200, 20, 60)
    years = [[float(one), float(one) + 12, float(one) - 5] for one in level]

    assert stability(years) == pytest.approx(1.0)


@examples
@given(
    st.lists(
        st.lists(st.one_of(st.none(), st.floats(-1e4, 1e4)), min_size=3, max_size=3),
        min_size=20,
        max_size=40,
    )
)
def test_stability_is_a_share_or_nothing(rows):
    found = stability(rows)

    assert found is None or 0 <= found <= 1


@examples
@given(st.lists(st.tuples(st.floats(0, 1), st.integers(1, 500)), min_size=20, max_size=60))
def test_reliability_is_a_share_or_nothing(pairs):
    found = reliability_of_shares(*zip(*pairs, strict=True))

    assert found is None or 0 <= found <= 1
