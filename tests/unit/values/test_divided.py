"""The gate when pupils are divided: by background, by their parents' education."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.factories.divided import DividedDice, first_divisions, left_over, narrowed
from tests.factories.suppression import SCHEMA
from tests.sizes import size
from tests.unit.values.test_gate import HIDDEN, LATER, UNITS, row, shown, told_keys, whole
from tests.unit.values.test_suppression import limits

from ska.values.gate import pass_gate
from ska.values.rules import Audience

TABLES = size(200, 10_000)
PARTS = 20
SWEDISH, FOREIGN, UNKNOWN = (
    {"pupil_group": f"background:{one}"} for one in ("swedish", "foreign", "unknown")
)
HIGH = {"pupil_group": "parents:high"}


def of_second(drawn, one):
    """Tell whether a row is by another division than the first of its year."""
    division = one["pupil_group"].partition(":")[0]
    first = first_divisions(drawn)
    years = {one["period"], one["carried_from"] or one["period"]}
    return division != "all" and any(first.get(year, division) != division for year in years)


@pytest.mark.parametrize("part", range(PARTS))
def test_no_hidden_count_is_narrowed_down_by_a_division(part):
    """Of a second division nothing is told at all: only the whole says anything of it."""
    for seed in range(part, TABLES, PARTS):
        drawn = DividedDice(seed).table()
        audience = list(Audience)[seed % 2]
        told = pass_gate(drawn.frame, audience)
        second = [one for one in told.to_dicts() if of_second(drawn, one)]
        assert all(one["value"] is None and one["n"] is None for one in second), seed
        assert narrowed(drawn, told, limits(drawn, audience)) == [], seed
        assert left_over(drawn, told, limits(drawn, audience)) == [], seed


@pytest.mark.parametrize("part", range(4))
def test_what_is_told_of_the_whole_is_what_was_told_before_anyone_was_divided(part):
    for seed in range(part, size(300, 4_000), 4):
        frame = DividedDice(seed).table().frame
        audience = list(Audience)[seed % 2]
        whole = pl.col("pupil_group") == "all"
        told = pass_gate(frame, audience).filter(whole)
        assert told.equals(pass_gate(frame.filter(whole), audience)), seed


@pytest.mark.parametrize("part", range(4))
def test_a_division_never_loosens(part):
    for seed in range(part, size(80, 2_000), 4):
        frame = DividedDice(seed).table().frame
        base = frame.with_columns(limit_inside=pl.lit(None, pl.Int64))
        inside, outside = (told_keys(base, audience) for audience in Audience)
        raised = told_keys(base.with_columns(limit_inside=pl.lit(9, pl.Int64)), Audience.INSIDE)
        assert outside <= inside, seed
        assert raised <= inside, seed


@pytest.mark.parametrize("part", range(4))
def test_what_is_told_of_a_group_has_many_on_both_sides(part):
    """Five inside and ten outside, five who reached the level and five who did not, or none."""
    for seed in range(part, size(200, 4_000), 4):
        drawn = DividedDice(seed).table()
        audience = list(Audience)[seed % 2]
        for one in pass_gate(drawn.frame, audience).to_dicts():
            if one["pupil_group"] == "all" or one["value"] is None:
                continue
            assert one["status"] == "value", seed  # never "nearly all"
            assert one["n"] >= (5 if audience is Audience.INSIDE else 10), seed
            if one["unit"] == "%":
                reached = round(one["n"] * one["value"] / 100)
                assert all(few == 0 or few >= 5 for few in (reached, one["n"] - reached)), seed


def test_the_whole_minus_a_group_does_not_give_a_small_group_away():
    rows = [row(60, 50), row(60.9, 46, **SWEDISH), row(50, 4, **FOREIGN)]
    assert shown(*rows) == [60, HIDDEN, HIDDEN]


def test_nor_does_it_give_away_those_whom_nobody_put_out():
    rows = [row(60, 50), row(60.9, 46, **SWEDISH)]
    assert shown(*rows)[1] == HIDDEN
    both = [row(60, 50), row(66.7, 30, **SWEDISH), row(43.8, 16, **FOREIGN)]  # four of unknown
    assert HIDDEN in shown(*both)[1:]


def test_few_on_either_side_of_a_group_are_hidden_whatever_is_measured():
    assert shown(row(90, 30, **FOREIGN)) == [HIDDEN]  # three who did not reach it
    assert shown(row(10, 30, **FOREIGN)) == [HIDDEN]  # three who did
    assert shown(row(50, 8, **FOREIGN), audience=Audience.OUTSIDE) == [HIDDEN]
    near = row(None, 30, status="rounded_near_100", **FOREIGN)
    assert shown(near) == [HIDDEN]


def test_two_large_groups_are_told_beside_the_whole():
    rows = [row(60, 50), row(66.7, 30, **SWEDISH), row(50, 20, **FOREIGN)]
    assert shown(*rows) == [60, 66.7, 50]
    units = [
        row(66.7, 30, area=UNITS[1], **SWEDISH), row(50, 20, area=UNITS[1], **FOREIGN),
        row(60, 50, area=UNITS[1]), whole(60, 100), whole(66.7, 60, **SWEDISH),
        whole(50, 40, **FOREIGN),
    ]  # fmt: skip
    assert HIDDEN not in shown(*rows, *units)


def test_two_divisions_are_never_told_together():
    rows = [row(60, 50), row(66.7, 30, **SWEDISH), row(50, 20, **FOREIGN), row(50, 30, **HIGH)]
    assert shown(*rows) == [60, 66.7, 50, HIDDEN]
    assert shown(*rows[:1], row(50, 30, **HIGH)) == [60, 50]


def test_the_division_that_was_put_out_first_stays_also_when_it_is_taken_back():
    first = [row(60, 50), row(66.7, 30, superseded_at=LATER, **SWEDISH)]
    later = row(50, 30, recorded_at=LATER, **HIGH)
    assert shown(*first, later) == [60, HIDDEN, HIDDEN]  # corrected, and another is hidden
    assert shown(row(60, 50), row(66.7, 30, **SWEDISH), later) == [60, 66.7, HIDDEN]
    early = {"recorded_at": LATER}
    assert shown(row(50, 30, **HIGH), row(66.7, 30, **early, **SWEDISH))[1] == HIDDEN


def test_another_year_may_be_divided_by_another_thing():
    rows = [row(60, 50), row(66.7, 30, **SWEDISH)]
    rows += [row(60, 50, period="VT24"), row(50, 30, period="VT24", **HIGH)]
    assert shown(*rows) == [60, 66.7, 60, 50]


def test_a_group_is_told_only_where_all_pupils_are():
    assert shown(row(66.7, 30, **SWEDISH)) == [HIDDEN]
    hidden = row(None, None, status="suppressed_small_group")
    assert shown(hidden, row(66.7, 30, **SWEDISH))[1] == HIDDEN


def test_a_group_of_girls_is_never_told():
    rows = [row(60, 60), row(60, 40, gender="K"), row(60, 20, gender="M")]
    assert shown(*rows, row(60, 20, gender="K", **FOREIGN)) == [60, 60, 60, HIDDEN]


def test_many_small_schools_hide_their_groups_and_not_the_huvudmans():
    """Four schools, each with few of foreign background: they hide each other."""
    rows = [whole(60, 200), whole(66.7, 150, **SWEDISH), whole(40, 50, **FOREIGN)]
    for area, few in zip(UNITS, (4, 6, 15, 25), strict=True):
        reached = {4: 2, 6: 2, 15: 6, 25: 10}[few]
        rows += [
            row(60, 50, area=area), row(100 * reached / few, few, area=area, **FOREIGN),
            row(100 * (30 - reached) / (50 - few), 50 - few, area=area, **SWEDISH),
        ]  # fmt: skip
    told = shown(*rows)
    assert told[:3] == [60, 66.7, 40]
    assert all(one == 60 for one in told[3::3])
    assert told[4:9] == [HIDDEN, HIDDEN, 60, HIDDEN, HIDDEN]


def test_a_division_by_gender_that_is_not_put_out_ties_nothing():
    """Girls, boys and backgrounds of the same 60, and no cross: any cross fits them."""
    rows = [
        row(60, 60), row(60, 30, gender="K"), row(60, 30, gender="M"),
        row(66.7, 30, **SWEDISH), row(53.3, 30, **FOREIGN),
    ]  # fmt: skip
    assert shown(*rows) == [60, 60, 60, 66.7, 53.3]


def test_a_small_cross_of_gender_and_group_is_hidden_with_its_neighbours():
    rows = [
        row(60, 60), row(60, 30, gender="K"), row(60, 30, gender="M"),
        row(59.2, 49, **SWEDISH), row(63.6, 11, **FOREIGN),
        row(50, 4, gender="K", **FOREIGN), row(71.4, 7, gender="M", **FOREIGN),
        row(61.5, 26, gender="K", **SWEDISH), row(56.5, 23, gender="M", **SWEDISH),
    ]  # fmt: skip
    told = shown(*rows)
    assert told[:3] == [60, 60, 60]
    assert told[5:] == [HIDDEN] * 4


@given(
    sizes=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=2, max_size=4),
    audience=st.sampled_from(list(Audience)),
    put_out=st.sets(st.integers(0, 3), min_size=1),
)
@settings(max_examples=size(150, 2_000), deadline=None)
def test_whoever_subtracts_the_told_groups_from_the_whole_finds_no_few(sizes, audience, put_out):
    """One school, one whole, whichever of its groups are put out: what is left is none or many."""
    total = [sum(part) for part in zip(*sizes, strict=True)]
    if not sum(total):
        return
    lines = [{"counts": total}] + [
        {"counts": list(counts), "pupil_group": f"background:{at}"}
        for at, counts in enumerate(sizes)
        if at in put_out and sum(counts)
    ]
    frame = pl.DataFrame(
        [
            row(100 * c[0] / sum(c), sum(c), **{k: v for k, v in one.items() if k != "counts"})
            for one in lines
            for c in [one["counts"]]
        ],
        schema=SCHEMA,
        orient="row",
    )
    told = pass_gate(frame, audience).to_dicts()
    if told[0]["value"] is None or all(one["value"] is None for one in told[1:]):
        return
    left = list(total)
    for one, line in zip(told[1:], lines[1:], strict=True):
        if one["value"] is not None:
            left = [here - there for here, there in zip(left, line["counts"], strict=True)]
    assert sum(left) == 0 or sum(left) >= (5 if audience is Audience.INSIDE else 10)
    assert all(one == 0 or one >= 5 for one in left)
