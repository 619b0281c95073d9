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


def test_a_mean_outside_the_drawn_limits_is_what_is_called_different():
    told = zip([7.2, 7.4, 5.9, 7.1], [2.1, 2.0, 2.3, 1.9], [60, 240, 90, 35], strict=True)
    given = [Measure(mean, n, share=False, spread=spread) for mean, spread, n in told]
    level = compare_with_common_level(given)
    low, high = level.limits([60, 240, 90, 35])

    for at, one in enumerate(level.told):
        assert one.is_clear == (not low[at] <= given[at].value <= high[at])
        assert one.gap_in_pupils is None
    assert [one.is_clear for one in level.told] == [False, False, True, False]
    assert level.told[2].gap == pytest.approx(5.9 - level.funnel.target)
    assert level.measure.written_with_count() == "7,0 (425\u00a0elever)"


def test_of_equal_means_hardly_any_is_called_different():
    random = np.random.default_rng(7)
    ns = random.integers(30, 300, size=40)
    found = 0
    for _run in range(50):
        answers = [np.clip(random.normal(7, 2.2, n), 0, 10) for n in ns]
        level = compare_with_common_level(
            [
                Measure(float(one.mean()), len(one), share=False, spread=float(one.std(ddof=1)))
                for one in answers
            ]
        )
        found += sum(one.is_clear for one in level.told)

    assert found <= 8  # of 2 000; at most 4 on average


def test_means_without_a_known_spread_have_no_common_level():
    assert "standardavvikelsen" in reason_against_a_level([Measure(7.0, 40, share=False)] * 2)
