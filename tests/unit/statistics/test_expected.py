"""Expected values against statsmodels, and what must always hold."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from tests.sizes import size
from tests.unit.statistics.examples import examples

from ska.statistics import expect

# K. A. Brownlee's stack loss data (1965), in R and statsmodels: loss, air flow, water temperature.
LOSS = [42.0, 37, 37, 28, 18, 18, 19, 20, 15, 14, 14, 13, 11, 12, 8, 7, 8, 8, 9, 15, 15]
FLOW = [80.0, 80, 75, 62, 62, 62, 62, 62, 58, 58, 58, 58, 58, 58, 50, 50, 50, 50, 50, 56, 70]
WATER = [27.0, 27, 25, 24, 22, 23, 24, 24, 23, 18, 18, 17, 18, 19, 18, 18, 19, 19, 20, 20, 20]
BACKGROUND = np.column_stack([FLOW, WATER])
# statsmodels 0.15.0, OLS(...).get_influence().resid_studentized_external
STUDENTIZED = [
    1.377079, -0.465687, 1.649412, 2.026642, -0.544182, -0.9779, -1.112272, -0.765327, -1.124367,
    0.689184, 0.689184, 0.82678, -0.284859, -0.370149, 0.476319, 0.154602, 0.060568, 0.060568,
    -0.034476, 0.583467, -3.470732,
]  # fmt: skip
# statsmodels 0.15.0, WLS with weights 10 … 30, each place predicted from a fit without it.
WITHOUT = [
    35.154752, 36.454624, 29.845852, 21.459637, 19.388882, 20.944239, 22.578803, 22.456942,
    18.963869, 11.137919, 11.119788, 9.340938, 11.506298, 12.916388, 6.733249, 6.873021, 8.336794,
    8.338867, 9.851492, 12.950346, 25.006137,
]  # fmt: skip
LOW = [25.000714, 26.079722, 21.108718]
HIGH = [45.30879, 46.829525, 38.582986]


def test_each_place_is_expected_from_the_others_as_statsmodels_does():
    found = expect(LOSS, BACKGROUND)
    t = stats.t.ppf(0.975, 17)

    assert found.gap / ((found.high - found.low) / 2 / t) == pytest.approx(STUDENTIZED, abs=1e-5)
    assert found.explained == pytest.approx(0.9087609423502954)
    assert found.beyond.tolist() == [False] * 20 + [True]


def test_places_are_weighed_by_their_pupils_as_statsmodels_does():
    found = expect(LOSS, BACKGROUND, np.arange(10, 31))

    assert found.value == pytest.approx(WITHOUT, abs=1e-5)
    assert found.low[:3] == pytest.approx(LOW, abs=1e-4)
    assert found.high[:3] == pytest.approx(HIGH, abs=1e-4)


def test_too_few_places_or_variables_that_tell_the_same_give_nothing():
    assert expect(LOSS[:19], BACKGROUND[:19]) is None
    assert expect(LOSS, np.column_stack([BACKGROUND, np.arange(21.0)])) is None
    assert expect(LOSS, np.column_stack([FLOW, FLOW])) is None
    only_one = np.zeros(21)
    only_one[3] = 1
    assert expect(LOSS, only_one) is None
    with pytest.raises(ValueError, match="size"):
        expect(LOSS, BACKGROUND, [0] * 21)


@examples
@given(st.integers(0, 10_000), st.floats(0.1, 1000), st.floats(-100, 100))
def test_units_of_measure_do_not_matter(seed, scale, step):
    random = np.random.default_rng(seed)
    background, y = random.normal(size=(30, 2)), random.normal(200, 20, 30)
    found, other = expect(y, background), expect(y, background * scale + step)

    assert found.value == pytest.approx(other.value, rel=1e-6)
    assert np.isfinite([found.value, found.low, found.high]).all()
    assert 0 <= found.explained <= 1


@pytest.mark.prove
def test_a_place_like_the_others_is_seldom_beyond():
    random, found = np.random.default_rng(51), []
    for _ in range(size(150, 5000)):
        background, n = random.normal(size=(40, 3)), random.integers(10, 200, 40)
        y = 220 + background @ [8, -4, 2] + random.normal(size=40) * 40 / np.sqrt(n)
        found.append(expect(y, background, n).beyond.mean())

    assert np.mean(found) == pytest.approx(0.05, abs=3 * np.std(found) / np.sqrt(len(found)))
