"""A common level: the verdicts are those of the limits, and equal places are left alone."""

import numpy as np
import pytest

from ska.statistics import Measure, compare_with_common_level, reason_against_a_level


def measures(counts, ns):
    return [Measure(100 * count / n, n) for count, n in zip(counts, ns, strict=True)]


def test_what_lies_outside_the_drawn_limits_is_what_is_called_different():
    level = compare_with_common_level(measures([150, 78, 104, 39], [200, 100, 208, 50]))
    low, high = level.limits([200, 100, 208, 50])

    for at, told in enumerate(level.told):
        value = level.funnel.value[at]
        assert told.is_clear == (value < low[at] - 1e-9 or value > high[at] + 1e-9)
    assert [one.is_clear for one in level.told] == [False, False, True, False]
    assert level.told[2].gap_in_pupils == 34
    assert level.measure.written_with_count() == "66,5\u00a0% (371 av 558\u00a0elever)"


def test_of_equal_places_hardly_any_is_called_different():
    random = np.random.default_rng(7)
    ns = random.integers(8, 400, size=40)
    found = sum(
        sum(one.is_clear for one in compare_with_common_level(measures(row, ns)).told)
        for row in random.binomial(ns, 0.78, size=(50, 40))
    )

    assert found <= 8  # of 2 000; at most 4 on average


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([Measure(50.0, 20)] * 2, "minst 3 platser där antalet elever är känt"),
        ([Measure(50.0, 20)] * 3 + [Measure(50.0, 20, basis="annan")], "samma definition"),
    ],
)
def test_without_a_common_level_it_is_said_why(given, said):
    assert said in reason_against_a_level(given)
