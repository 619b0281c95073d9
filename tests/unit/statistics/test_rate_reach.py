"""How far chance moves the rate's part of a split: it holds what is true as often as it says."""

import numpy as np

from ska.statistics import rate_reach, split_change


def test_the_true_part_lies_within_reach_nineteen_times_of_twenty():
    chance = np.random.default_rng(7)
    ns, later = np.array([34, 35]), np.array([60, 22])
    before, after = np.array([0.6, 0.75]), np.array([0.5, 0.97])
    truth = split_change(100 * before, ns, 100 * after, later).rate
    inside = 0
    for _ in range(2000):
        first = 100 * chance.binomial(ns, before) / ns
        second = 100 * chance.binomial(later, after) / later
        rate = split_change(first, ns, second, later).rate
        inside += abs(rate - truth) <= rate_reach(first, ns, second, later)

    assert 0.93 <= inside / 2000 <= 0.98


def test_a_group_of_one_side_only_adds_nothing():
    both = rate_reach([60], [50], [40], [50])
    new = rate_reach([60, 0], [50, 0], [40, 80], [50, 50])

    assert 0 < new < both
