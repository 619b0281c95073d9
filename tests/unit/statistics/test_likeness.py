"""The difference index: what must hold of it, a plain recount, and one example by hand."""

from math import isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ska.statistics import FEWEST_PLACES, likeness

HIGHEST = 40
NUMBERS = st.integers(-1000, 1000).map(lambda one: one / 10)
CELLS = st.one_of(NUMBERS, NUMBERS, NUMBERS, st.just(float("nan")))


@st.composite
def places(draw):
    """Return values of some places in some measures, which is the own, and weights."""
    count, measures = draw(st.integers(FEWEST_PLACES, HIGHEST)), draw(st.integers(1, 8))
    row = st.lists(CELLS, min_size=measures, max_size=measures)
    table = np.array(draw(st.lists(row, min_size=count, max_size=count)))
    weights = draw(st.lists(st.integers(0, 5), min_size=measures, max_size=measures))
    return table, draw(st.integers(0, count - 1)), np.array(weights, dtype=float)


def percentile(known, share):
    """Return the percentile by hand: between the two nearest in order, in proportion."""
    ordered = sorted(known)
    at = share * (len(ordered) - 1)
    low = int(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (at - low)


def recounted(table, own, weights, place):
    """Return the index of one place as the page tells it, cell by cell, without arrays."""
    total = summed = 0.0
    for at, weight in enumerate(weights):
        known = [row[at] for row in table if not isnan(row[at])]
        if not weight or isnan(table[own][at]) or len(known) < FEWEST_PLACES:
            continue
        apart = percentile(known, 0.9) - percentile(known, 0.1)
        if apart <= 0:
            continue
        summed += weight * abs(table[place][at] - table[own][at]) / apart
        total += weight
    return summed / total if total else float("nan")


def test_one_example_by_hand():
    """Eleven municipalities with 0, 10 … 100 in one measure, and 0, 1 … 10 in another.

    Between the 10th and 90th percentiles are 90 − 10 = 80 and 9 − 1 = 8. From the own one, with 50
    and 5, to the one with 60 and 3 it is 10/80 = 0.125 and 2/8 = 0.25. With the weights 3 and 1 the
    index is (3 × 0.125 + 1 × 0.25) / 4 = 0.15625.
    """
    first = [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]
    second = [0, 1, 2, 6, 4, 5, 3, 7, 8, 9, 10]

    told = likeness(np.array([first, second], dtype=float).T, 5, np.array([3.0, 1.0]))

    np.testing.assert_allclose(told.scales, [80, 8])
    np.testing.assert_allclose(told.parts[6], [0.125, 0.25])
    assert told.index[6] == pytest.approx(0.15625)
    assert told.index[5] == 0


@given(places())
def test_it_is_what_a_plain_recount_gives(made):
    table, own, weights = made
    told = likeness(table, own, weights)

    expected = [recounted(table.tolist(), own, weights, at) for at in range(len(table))]
    np.testing.assert_allclose(told.index, expected, rtol=1e-9, atol=1e-9)


@given(places(), st.data())
def test_it_is_the_same_read_from_the_other_place(made, data):
    table, own, weights = made
    other = data.draw(st.integers(0, len(table) - 1))
    both = np.isfinite(table[own]) & np.isfinite(table[other])
    weights = np.where(both, weights, 0)

    there, back = likeness(table, own, weights), likeness(table, other, weights)

    np.testing.assert_allclose(there.index[other], back.index[own], rtol=1e-12)


@given(places())
def test_it_is_zero_with_itself_and_never_below(made):
    table, own, weights = made
    told = likeness(table, own, weights)

    assert told.index[own] == 0 or (isnan(told.index[own]) and not told.counts.any())
    assert (told.index[np.isfinite(told.index)] >= 0).all()
    assert own not in told.nearest(own, HIGHEST)


@given(places())
def test_a_weight_of_nothing_is_a_measure_left_out(made):
    table, own, weights = made
    kept = weights > 0

    whole, less = likeness(table, own, weights), likeness(table[:, kept], own, weights[kept])

    np.testing.assert_allclose(whole.index, less.index, rtol=1e-12)


@given(places(), st.sampled_from([0.001, 0.5, 3.0, 1000.0]), st.integers(-500, 500))
def test_the_unit_of_measurement_does_not_matter(made, times, plus):
    """Kronor or thousands of kronor, shares or shares lacking: the same index, the same order."""
    table, own, weights = made
    first, second = (likeness(one, own, weights) for one in (table, -times * table + plus))

    np.testing.assert_allclose(first.index, second.index, rtol=1e-6, atol=1e-9)


@given(places(), st.integers(2, 9))
def test_only_how_the_weights_stand_to_each_other_matters(made, times):
    table, own, weights = made

    first, second = likeness(table, own, weights), likeness(table, own, weights * times)

    np.testing.assert_allclose(first.index, second.index, rtol=1e-12)


@given(places())
def test_what_is_missing_is_never_alike(made):
    """Whoever lacks a measure that counts has no index, and is not among the nearest."""
    table, own, weights = made
    told = likeness(table, own, weights)

    lacking = ~np.isfinite(table[:, told.counts]).all(axis=1)
    assert np.isnan(told.index[lacking]).all()
    assert not set(told.nearest(own, HIGHEST)) & set(np.flatnonzero(lacking))
    if told.counts.any():
        assert np.isfinite(told.index[~lacking]).all()


def test_the_nearest_stand_in_order_and_equals_as_they_came():
    table = np.array([[5.0], [9.0], [4.0], [6.0], [5.0], [1.0], [7.0], [8.0], [2.0], [3.0]])

    assert likeness(table, 0, np.ones(1)).nearest(0, 4) == [4, 2, 3, 6]


@pytest.mark.parametrize(
    "column", [[7.0] * 12, [*range(FEWEST_PLACES - 1), *[float("nan")] * 3]], ids=["same", "few"]
)
def test_a_measure_that_tells_nothing_apart_does_not_count(column):
    table = np.array([column, list(range(12))], dtype=float).T

    told = likeness(table, 0, np.ones(2))

    assert told.counts.tolist() == [False, True]
    assert isnan(told.scales[0])


def test_one_giant_does_not_press_the_others_together():
    """With the range as the scale, Stockholm alone would make all the others alike."""
    people = np.array([*range(3_000, 103_000, 1_000), 980_000], dtype=float)[:, None]

    told = likeness(people, 0, np.ones(1))

    assert told.index[50] > 0.5


@pytest.mark.parametrize("weights", [[1.0], [1.0, -1.0], [1.0, float("nan")]])
def test_weights_are_one_a_measure_and_never_below_nothing(weights):
    with pytest.raises(ValueError, match="one weight"):
        likeness(np.zeros((12, 2)), 0, np.array(weights))
