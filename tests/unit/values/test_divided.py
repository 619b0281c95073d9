"""What is told by group narrows nothing that is hidden, and tells of no few: random tables."""

from datetime import timedelta

import polars as pl
import pytest
from tests.factories.divided import GROUP_SCHEMA, HUVUDMAN, DividedDice, few, narrowed
from tests.factories.suppression import DAY
from tests.sizes import size

from ska.values.gate import as_told, pass_gate
from ska.values.rules import WHOLE, Audience, Nature, smallest_group

TABLES = size(60, 10_000)
PARTS = 20


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_hidden_is_narrowed_by_groups_and_no_few_are_told(part):
    for seed in range(part, TABLES, PARTS):
        divided = DividedDice(seed).table()
        audience = list(Audience)[seed % 2]
        whole, groups = divided.told(audience)
        if "value" in groups["status"]:
            assert few(divided, groups, smallest_group(audience, Nature.BACKGROUND)) == [], seed
            assert narrowed(divided, whole, groups) == [], seed


def row(group, value, n, **said):
    return {
        "measure": "Godkänt", "definition_version": 1, "period_type": "school_year",
        "period": "2024/25", "scope": "all", "gender": "T", **HUVUDMAN,
        "organizer_number": HUVUDMAN["area_code"], "unit": "%", "nature": "result",
        "value": value, "n": n, "status": "value", "raw_value": "x", "recorded_at": DAY,
        "is_beside": False, "pupil_group": group, "is_own": True,
    } | said  # fmt: skip


def told(*rows, audience=Audience.INSIDE):
    """Return which groups are told beside a whole that the gate lets through."""
    numbered = [{**one, "value_id": at} for at, one in enumerate(rows)]
    frame = pl.DataFrame(numbered, schema=GROUP_SCHEMA, orient="row")
    whole = pass_gate(frame.filter(pupil_group=WHOLE), audience)
    shown = as_told(frame.filter(pl.col("pupil_group") != WHOLE), whole, audience)
    return dict(shown.select("pupil_group", "value").iter_rows())


ALL, SWEDISH, FOREIGN = row(WHOLE, 60.0, 100), row("b:s", 66.7, 60), row("b:f", 50.0, 40)
BOTH = {"b:s": 66.7, "b:f": 50.0}
HIDDEN = dict.fromkeys(BOTH)


def test_large_groups_that_add_up_are_told():
    assert told(ALL, SWEDISH, FOREIGN) == BOTH
    assert told(ALL, SWEDISH, FOREIGN, audience=Audience.OUTSIDE) == BOTH


@pytest.mark.parametrize("at", ["b:s", WHOLE, "unit", "other year"])
def test_any_repeated_number_of_the_measure_hides_the_groups(at):
    unit = {"area_type": "school_unit", "area_code": "10000000"}
    rows = [ALL, SWEDISH, FOREIGN, row(WHOLE, 60.0, 50, **unit)]
    again = {"b:s": 1, WHOLE: 0, "unit": 3, "other year": 3}[at]
    rows[again] = {**rows[again], "carried_from": "2023/24"}
    if at == "other year":
        rows[again] |= {"period": "2025/26", "carried_from": "2024/25"}
    assert told(*rows) == HIDDEN


@pytest.mark.parametrize("reached", range(21))
def test_of_twenty_pupils_five_inside_and_ten_outside_stand_on_both_sides(reached):
    other = row("b:s", 50.0, 100)
    few = row("b:f", 5.0 * reached, 20)
    whole = row(WHOLE, 100 * (50 + reached) / 120, 120)
    both = (5 <= reached <= 15, reached == 10)
    for audience, may_be_told in zip(Audience, both, strict=True):
        shown = told(whole, other, few, audience=audience)
        assert (shown["b:f"] is not None) == may_be_told
        assert (shown["b:s"] is not None) == may_be_told


def test_what_is_written_in_whole_per_cent_may_stand_for_too_few():
    swedish = row("b:s", 29.67, 600)
    six = told(row(WHOLE, 23.0, 800), swedish, row("b:f", 3.0, 200))  # five to seven pupils
    assert six == {"b:s": 29.67, "b:f": 3.0}
    assert told(row(WHOLE, 21.53, 850), swedish, row("b:f", 2.0, 250)) == HIDDEN  # four to six


def test_groups_of_more_than_a_thousand_add_up_though_no_value_is_exact():
    whole = row(WHOLE, 66.6, 20_000)
    assert told(whole, row("b:s", 70.0, 15_000), row("b:f", 56.4, 5_000)) == {
        "b:s": 70.0, "b:f": 56.4,
    }  # fmt: skip
    assert told(whole, row("b:s", 70.0, 15_000), row("b:f", 57.4, 5_000)) == HIDDEN


def test_a_raised_limit_hides_what_stands_on_fewer():
    raised = {"limit_inside": 21, "limit_outside": 21}
    assert told(*({**one, **raised} for one in (ALL, SWEDISH, FOREIGN))) == HIDDEN


def test_a_definition_has_groups_of_its_own():
    assert told(ALL, {**SWEDISH, "definition_version": 2}, FOREIGN)["b:s"] is None


@pytest.mark.parametrize(
    "rows",
    [
        (ALL, SWEDISH, {**FOREIGN, "status": "approximate"}),
        ({**ALL, "status": "approximate"}, SWEDISH, FOREIGN),
        (ALL, SWEDISH, row("b:f", 47.6, 42)),  # two too many, of whom none reached the level
        ({**ALL, "superseded_at": DAY + timedelta(days=1)}, SWEDISH, FOREIGN),
    ],
    ids=["an approximate group", "an approximate whole", "too many", "a whole taken back"],
)
def test_what_does_not_stand_together_is_not_told(rows):
    assert set(told(*rows).values()) == {None}


def test_one_group_that_is_all_there_is_is_not_told():
    assert told(ALL, row("b:s", 60.0, 100)) == {"b:s": None}


def test_a_whole_that_came_after_its_groups_has_them():
    late = {**ALL, "recorded_at": DAY + timedelta(days=1)}
    assert told(late, SWEDISH, FOREIGN) == BOTH
