"""Pairs that moved: the interval against the likelihood itself, the words alike both ways."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq, minimize_scalar
from scipy.stats import binom, norm

from ska.statistics import (
    Measure,
    Verdict,
    describe_shift,
    describe_shifts,
    shift_interval,
    shift_p,
)

THAN = "provbetyget"


def measures(lower, higher, n):
    return [Measure(100 * one / n, n) for one in (lower, higher)]


def told(lower, higher, n):
    return describe_shift(*measures(lower, higher, n), THAN)


def by_likelihood(lower, higher, n):
    """The same score interval with the likeliest share found by search, not by formula."""

    def off(at, sign):
        def unlikely(down):
            up, still = down + at, 1 - 2 * down - at
            parts = ((lower, down), (higher, up), (n - lower - higher, still))
            return -sum(count * np.log(max(share, 1e-300)) for count, share in parts if count)

        ends = max(0.0, -at), (1 - at) / 2
        down = minimize_scalar(unlikely, bounds=ends, method="bounded", options={"xatol": 1e-13}).x
        down = min((*ends, down), key=unlikely)
        z = norm.ppf(0.975)
        return sign * (higher - lower - n * at) - z * np.sqrt(max(n * (2 * down + at - at**2), 0))

    net = (higher - lower) / n
    return brentq(off, -0.9999, net, args=(1,)), brentq(off, net, 0.9999, args=(-1,))


@pytest.mark.parametrize(
    ("lower", "higher", "n"), [(21, 5, 64), (3, 27, 74), (1, 7, 21), (0, 4, 30), (12, 12, 80)]
)
def test_the_interval_is_the_score_interval_of_the_likelihood(lower, higher, n):
    found = shift_interval(lower, higher, n)

    assert (found.low, found.high) == pytest.approx(by_likelihood(lower, higher, n), abs=1e-5)


def test_the_chance_is_mcnemars_by_the_binomial():
    assert shift_p(21, 5) == pytest.approx(
        2 * binom.cdf(5, 26, 0.5) - binom.pmf(5, 26, 0.5), abs=1e-12
    )
    assert shift_p(4, 4) == 1.0
    assert shift_p(0, 0) == 1.0


@pytest.mark.parametrize("n", [15, 40, 64])
def test_balanced_moves_are_called_clear_in_at_most_one_of_twenty(n):
    for moving in (0.2, 0.4):
        false = 0.0
        for moved in range(n + 1):
            weight = binom.pmf(moved, n, moving)
            clear = [down for down in range(moved + 1)
                     if told(down, moved - down, n).is_clear] if weight > 1e-6 else []  # fmt: skip
            false += weight * sum(binom.pmf(down, moved, 0.5) for down in clear)
        assert false <= 0.052


def test_a_lower_grade_is_told_in_the_same_words_as_a_higher():
    down, up = told(21, 5, 64), told(5, 21, 64)

    assert down.verdict is up.verdict is Verdict.CLEAR_DIFFERENCE
    assert (down.gap, up.gap) == (-25.0, 25.0)
    assert down.title == "Betyget är oftare lägre än provbetyget"
    assert up.title == "Betyget är oftare högre än provbetyget"
    assert "tydlig skillnad: 25,0 procentenheter, 16\u00a0elever." in down.sentence
    mirrored = down.sentence.split("Övervikten")[1].replace("lägre", "högre")
    assert mirrored == up.sentence.split("Övervikten")[1]


@given(st.integers(1, 200).flatmap(lambda n: st.tuples(
    st.just(n), st.integers(0, n)).flatmap(lambda one: st.tuples(
        st.just(one[0]), st.just(one[1]), st.integers(0, one[0] - one[1])))))  # fmt: skip
def test_mirrored_pairs_give_mirrored_answers(drawn):
    n, lower, higher = drawn
    here, there = shift_interval(lower, higher, n), shift_interval(higher, lower, n)

    assert -1 <= here.low <= (higher - lower) / n + 1e-9 <= here.high + 2e-9 <= 1 + 3e-9
    assert (here.low, here.high) == pytest.approx((-there.high, -there.low), abs=1e-8)
    assert shift_p(lower, higher) == pytest.approx(shift_p(higher, lower), abs=1e-12)


def test_what_is_not_known_is_not_judged():
    unknown = describe_shift(Measure(20.0), Measure(10.0), THAN)
    hidden = describe_shift(Measure(None, word="för få elever"), Measure(30.0, 40), THAN)
    country = describe_shift(Measure(20.0, whole=True), Measure(9.0, whole=True), THAN)

    assert {one.verdict for one in (unknown, hidden, country)} == {Verdict.CANNOT_TELL}
    assert (unknown.reason, hidden.reason) == ("antalet elever är inte känt", "för få elever")
    assert unknown.gap == -10.0
    assert hidden.gap is None
    assert "tydlig" not in unknown.sentence + hidden.sentence + country.sentence


def test_of_many_that_are_looked_at_together_a_weak_one_is_not_clear():
    weak, strong, even = measures(3, 12, 60), measures(1, 24, 60), measures(7, 8, 60)
    hidden = (Measure(None, word="för få elever"), Measure(30.0, 40))
    told = describe_shifts([weak, *[even] * 9, hidden], THAN)
    verdicts = [one.verdict for one in told]

    assert describe_shift(*weak, THAN).is_clear
    assert set(verdicts[:-1]) == {Verdict.WITHIN_VARIATION}
    assert 0 in told[0].interval  # as strict as the verdict
    assert verdicts[-1] is Verdict.CANNOT_TELL
    assert describe_shifts([strong, *[even] * 9], THAN)[0].is_clear
    assert describe_shifts([weak, strong, strong, even], THAN)[0].is_clear


@pytest.mark.parametrize("pair", [(3, 12, 60), (21, 5, 64), (7, 8, 60), (0, 0, 10)])
def test_one_that_is_looked_at_alone_is_judged_as_alone(pair):
    assert describe_shifts([measures(*pair)], THAN) == [describe_shift(*measures(*pair), THAN)]
    assert describe_shifts([], THAN) == []
