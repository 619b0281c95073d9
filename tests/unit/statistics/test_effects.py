"""The effect ledger on made-up units: what it finds, what it refuses, what cannot be changed."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sizes import size

from ska.statistics import Earlier, EffectVerdict, Outcome, follow_up, plan_effect

YEARS = ("2020", "2021", "2022", "2023")
LOWER = Outcome(higher_is_better=False)


def units(count=80, years=4, seed=1, noise=5.0):
    random = np.random.default_rng(seed)
    level = random.normal(75, 8, (count, 1))
    table = level + random.normal(0, noise, (count, years + 1))
    names = tuple(f"enhet {at:03d}" for at in range(count))
    periods = tuple(str(2020 + at) for at in range(years))
    return Earlier(names, periods, table[:, :years]), table[:, years:]


def middle(earlier):
    """Return a unit with many like it."""
    return earlier.units[int(np.argsort(earlier.values.mean(axis=1))[len(earlier.units) // 2])]


def raised(later, earlier, unit, step):
    changed = later.copy()
    changed[earlier.units.index(unit)] += step
    return changed


def test_a_change_as_large_as_told_is_found_and_points_the_right_way():
    earlier, later = units()
    plan = plan_effect(middle(earlier), earlier)
    told = follow_up(plan, earlier, raised(later, earlier, plan.unit, 2 * plan.detectable))

    assert told.verdict is EffectVerdict.IMPROVEMENT
    assert told.word == "pekar mot förbättring"
    assert told.p <= 0.05
    assert told.sentence.startswith("Pekar mot förbättring. Från åren före till åren efter blev")
    assert told.sentence.endswith("Det visar inte att insatsen är orsaken.")


@pytest.mark.parametrize(
    ("step", "outcome", "verdict"),
    [
        (-2, None, EffectVerdict.DETERIORATION),
        (-2, LOWER, EffectVerdict.IMPROVEMENT),
        (2, LOWER, EffectVerdict.DETERIORATION),
    ],
)
def test_the_way_that_is_sought_decides_the_word(step, outcome, verdict):
    earlier, later = units()
    plan = plan_effect(middle(earlier), earlier)
    changed = raised(later, earlier, plan.unit, step * plan.detectable)

    assert follow_up(plan, earlier, changed, outcome).verdict is verdict


def test_no_change_is_told_with_the_largest_that_it_may_hide():
    earlier, later = units()
    plan = plan_effect(middle(earlier), earlier)
    told = follow_up(plan, earlier, later)

    assert told.verdict is EffectVerdict.NO_LARGER_DIFFERENCE
    assert told.word.startswith("ingen skillnad större än ")
    assert told.limit > abs(told.estimate)
    assert "orsaken" not in told.sentence


def test_the_estimate_and_the_rank_are_those_of_a_plain_recount():
    """Written anew, unit by unit, with nothing of ours but the order of the matches."""
    earlier, later = units(60)
    name = middle(earlier)
    plan, values = plan_effect(name, earlier), earlier.values
    told = follow_up(plan, earlier, later)
    own = earlier.units.index(name)
    time = np.arange(4) - 1.5
    features = np.array([[row.mean(), (row * time).sum() / 5] for row in values])
    features = (features - features.mean(0)) / features.std(0)
    gaps, noise = [], []
    for at in range(60):
        apart = [np.sqrt(((features[at] - one) ** 2).mean()) for one in features]
        others = sorted((d, to) for to, d in enumerate(apart) if to not in (at, own))[:10]
        near = [to for d, to in others if d <= 1]
        change = later[:, 0] - values.mean(axis=1)
        gaps.append(change[at] - change[near].mean() if len(near) >= 5 else None)
        yearly = values[at] - values[near].mean(axis=0)
        noise.append(((yearly - yearly.mean()) ** 2).sum())
    known = [at for at in range(60) if gaps[at] is not None]
    common = np.mean([noise[at] for at in known]) / 3
    z = {at: gaps[at] / np.sqrt((noise[at] + 4 * common) / 7) for at in known}
    as_large = sum(abs(z[at]) >= abs(z[own]) for at in known if at != own)

    assert told.estimate == pytest.approx(gaps[own])
    assert (told.as_large, told.placebos) == (as_large, len(known) - 1)
    assert told.p == pytest.approx((1 + as_large) / len(known))
    assert f" avvek {as_large or 'ingen'} minst lika mycket" in told.sentence
    reach = np.quantile([abs(z[at]) for at in known if at != own], 0.95)
    limit = abs(gaps[own]) + reach * np.sqrt((noise[own] + 4 * common) / 7)
    assert limit <= told.limit <= limit + 0.1


def test_three_earlier_values_cannot_tell():
    earlier, later = units()
    name = middle(earlier)
    values = earlier.values.copy()
    values[earlier.units.index(name), 1] = np.nan  # a repeated round is no value
    thin = Earlier(earlier.units, YEARS, values)
    plan = plan_effect(name, thin)
    told = follow_up(plan, thin, later)

    assert (plan.matches, plan.detectable) == ((), None)
    assert told.verdict is EffectVerdict.CANNOT_TELL
    assert told.word == "kan inte avgöras (det finns färre än fyra tidigare värden)"
    assert told.p is None


def test_the_other_reasons_are_told():
    earlier, later = units()
    name = middle(earlier)
    few = Earlier(earlier.units[:39], YEARS, earlier.values[:39])
    assert plan_effect(few.units[0], few).reason == "det finns för få enheter att jämföra med"
    odd = raised(earlier.values, earlier, name, 500.0)
    alone = Earlier(earlier.units, YEARS, odd)
    assert plan_effect(name, alone).reason == "det finns för få liknande enheter"
    bare = Earlier(earlier.units, YEARS, earlier.values, np.full((80, 1), np.nan))
    assert plan_effect(name, bare).reason == "bakgrunden är inte känd"
    plan = plan_effect(name, earlier)
    missing = raised(later, earlier, name, np.nan)
    assert follow_up(plan, earlier, missing).reason == "det finns inget värde efter insatsen"
    nobody = np.where(np.arange(80)[:, None] == earlier.units.index(name), later, np.nan)
    assert "för få av de liknande enheterna" in follow_up(plan, earlier, nobody).reason
    still = Earlier(earlier.units, YEARS, np.full((80, 4), 70.0))
    flat = follow_up(plan_effect(name, still), still, np.full((80, 1), 70.0))
    assert flat.word == "kan inte avgöras (inga värden har ändrats mellan åren)"


@settings(max_examples=size(10, 200))
@given(st.integers(0, 10**6), st.floats(-40, 40))
def test_a_changed_outcome_changes_neither_matches_nor_fingerprint(seed, step):
    earlier, later = units()
    plan = plan_effect(middle(earlier), earlier)
    other = later + np.random.default_rng(seed).normal(step, 20, later.shape)
    told = follow_up(plan, earlier, other)

    assert plan_effect(plan.unit, earlier) == plan
    assert told.verdict is not EffectVerdict.CANNOT_TELL
    assert 0 < told.p <= 1
    assert np.isfinite([told.estimate, told.limit]).all()


def test_matches_without_an_outcome_are_neither_counted_nor_told_of():
    earlier, later = units()
    plan = plan_effect(middle(earlier), earlier)
    missing = later.copy()
    for name in plan.matches[:3]:
        missing[earlier.units.index(name)] = np.nan
    kept = [earlier.units.index(name) for name in plan.matches[3:]]
    own, change = earlier.units.index(plan.unit), later[:, 0] - earlier.values.mean(axis=1)
    told = follow_up(plan, earlier, missing)

    assert told.estimate == pytest.approx(change[own] - change[kept].mean())
    assert f"än hos {len(kept)}\u00a0liknande enheter" in told.sentence


def test_earlier_values_changed_afterwards_are_not_accepted():
    earlier, later = units()
    plan = plan_effect(middle(earlier), earlier)
    for at in (0, earlier.units.index(plan.matches[0])):
        values = earlier.values.copy()
        values[at, 0] += 0.1
        revised = Earlier(earlier.units, YEARS, values)

        assert plan_effect(plan.unit, revised).fingerprint != plan.fingerprint
        with pytest.raises(ValueError, match="frozen"):
            follow_up(plan, revised, later)


def test_all_values_turned_round_give_the_opposite_word():
    earlier, later = units()
    plan = plan_effect(middle(earlier), earlier)
    changed = raised(later, earlier, plan.unit, 2 * plan.detectable)
    turned = Earlier(earlier.units, YEARS, -earlier.values)
    told = follow_up(plan_effect(plan.unit, turned), turned, -changed)
    same = follow_up(plan, earlier, changed)

    assert told.verdict is EffectVerdict.DETERIORATION
    assert told.estimate == pytest.approx(-same.estimate)
    assert told.p == same.p


def test_background_is_matched_on_when_it_is_known():
    earlier, _ = units(200)
    background = np.repeat([[1.0], [9.0]], 100, axis=0)
    with_it = Earlier(earlier.units, YEARS, earlier.values, background)
    name = middle(earlier)
    half = earlier.units.index(name) < 100
    plan = plan_effect(name, with_it)

    assert {earlier.units.index(one) < 100 for one in plan.matches} == {half}
    assert list(plan.distances) == sorted(plan.distances)
    assert plan.fingerprint != plan_effect(name, earlier).fingerprint


def test_what_moves_every_unit_alike_is_no_effect():
    earlier, later = units()
    plan = plan_effect(middle(earlier), earlier)

    moved = follow_up(plan, earlier, later + 15)
    assert moved.verdict is follow_up(plan, earlier, later).verdict


@pytest.mark.parametrize(
    "bad", [(("a", "a"), YEARS, np.zeros((2, 4))), (("a",), YEARS, np.zeros((1, 3)))]
)
def test_a_table_that_does_not_fit_is_refused(bad):
    with pytest.raises(ValueError, match=r"once|column"):
        Earlier(*bad)


@pytest.mark.prove
def test_on_noise_alone_improvement_is_claimed_in_one_case_of_forty():
    claims = []
    for seed in range(size(25, 1000)):
        earlier, later = units(60, seed=seed)
        plan = plan_effect(earlier.units[0], earlier)
        if not plan.reason:
            claims.append(follow_up(plan, earlier, later).verdict is EffectVerdict.IMPROVEMENT)

    assert np.mean(claims) <= 0.05
