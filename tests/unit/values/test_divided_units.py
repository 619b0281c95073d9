"""Units' groups narrow nothing that is hidden, and leave no few of the huvudman's."""

from datetime import timedelta

import polars as pl
import pytest
from tests.factories.divided import GROUP_SCHEMA, HUVUDMAN, few, narrowed
from tests.factories.divided_units import DividedUnits, cornered, few_left
from tests.factories.suppression import DAY
from tests.sizes import size

from ska.values.gate import as_told, pass_gate
from ska.values.rules import WHOLE, Audience, Nature, smallest_group

TABLES = size(60, 10_000)
PARTS = 20
NEXT_DAY = DAY + timedelta(days=1)


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_hidden_is_narrowed_by_units_and_no_few_are_left(part):
    for seed in range(part, TABLES, PARTS):
        divided = DividedUnits(seed).table()
        audience = list(Audience)[seed % 2]
        whole, groups = divided.told(audience)
        if "value" in groups["status"]:
            limit = smallest_group(audience, Nature.BACKGROUND)
            assert few(divided, groups, limit) == [], seed
            assert few_left(divided, groups, limit) == [], seed
            assert narrowed(divided, whole, groups) == [], seed
            assert cornered(divided, whole, groups) == [], seed


def rows(area, swedish, foreign, whole=None, **said):
    """Return the rows of an area: how many reached the level of how many, by group and in all."""
    counts = {"b:s": swedish, "b:f": foreign}
    sums = tuple(map(sum, zip(swedish, foreign, strict=True)))
    kind = {"area_type": "school_unit", "area_code": area} if area else {}
    return [
        {
            "measure": "Godkänt", "definition_version": 1, "period_type": "school_year",
            "period": "2024/25", **HUVUDMAN, "organizer_number": HUVUDMAN["area_code"],
            "unit": "%", "nature": "result", "value": 100 * reached / n, "n": n,
            "status": "value", "raw_value": "x", "recorded_at": DAY, "is_beside": False,
            "pupil_group": name, "is_own": True, **kind,
        } | said
        for name, (reached, n) in {WHOLE: whole or sums, **counts}.items() if n
    ]  # fmt: skip


def told(*areas, audience=Audience.INSIDE):
    """Return the areas of which the groups are told, beside wholes that the gate lets through."""
    numbered = [
        {**one, "value_id": at} for at, one in enumerate(row for some in areas for row in some)
    ]
    frame = pl.DataFrame(numbered, schema=GROUP_SCHEMA, orient="row")
    whole = pass_gate(frame.filter(pupil_group=WHOLE), audience)
    assert whole.filter(status="value").height, "the gate let nothing through"
    shown = as_told(frame.filter(pl.col("pupil_group") != WHOLE), whole, audience)
    return {
        code for code, name, value in shown.select("area_code", "pupil_group", "value").iter_rows()
        if value is not None
    }  # fmt: skip


ALL = HUVUDMAN["area_code"]
NORTH, SOUTH, WEST = "10000001", "10000002", "10000003"
WHOLE_ROWS = rows("", (150, 200), (60, 100))
OF_NORTH, OF_SOUTH = rows(NORTH, (50, 70), (20, 35)), rows(SOUTH, (40, 60), (15, 30))


def test_units_are_told_beside_the_huvudman():
    assert told(WHOLE_ROWS, OF_NORTH) == {ALL, NORTH}
    assert told(WHOLE_ROWS, OF_NORTH, OF_SOUTH) == {ALL, NORTH, SOUTH}
    assert told(WHOLE_ROWS, OF_NORTH, audience=Audience.OUTSIDE) == {ALL, NORTH}


def test_units_that_are_all_of_the_huvudman_are_told():
    assert told(WHOLE_ROWS, OF_NORTH, rows(SOUTH, (100, 130), (40, 65))) == {ALL, NORTH, SOUTH}
    one_too_many = rows(SOUTH, (101, 130), (39, 65))
    assert told(WHOLE_ROWS, OF_NORTH, one_too_many) == {ALL}


def test_a_unit_alone_with_the_huvudmans_pupils_has_its_groups():
    assert told(WHOLE_ROWS, rows(NORTH, (150, 200), (60, 100))) == {ALL, NORTH}


@pytest.mark.parametrize(("left", "is_told"), [(4, False), (5, True), (0, False)])
def test_what_is_left_of_a_group_is_five_on_both_sides_or_no_unit_is_told(left, is_told):
    reached = rows(SOUTH, (40, 60), (40 - left, 50))
    missed = rows(SOUTH, (40, 60), (20, 45 - left))
    for unit in (reached, missed):
        assert told(WHOLE_ROWS, OF_NORTH, unit) == ({ALL, NORTH, SOUTH} if is_told else {ALL})


def test_a_unit_with_few_has_none_and_leaves_the_others_theirs():
    assert told(WHOLE_ROWS, OF_NORTH, rows(SOUTH, (40, 60), (4, 30))) == {ALL, NORTH}


def test_of_whom_nobody_is_left_in_a_group_the_others_are_told_nothing():
    whole = rows("", (150, 200), (60, 100))
    assert told(whole, rows(NORTH, (50, 70), (60, 100))) == {ALL}


def test_units_without_the_huvudmans_groups_are_not_told():
    assert told(WHOLE_ROWS[:1], OF_NORTH, OF_SOUTH) == set()
    few_in_all = rows("", (150, 200), (4, 100))
    assert told(few_in_all, rows(NORTH, (50, 70), (0, 0)), OF_SOUTH) == set()


def test_whoever_is_nearly_all_that_is_left_is_not_told_by_subtraction():
    west = rows(WEST, (0, 0), (0, 0), whole=(80, 90))  # of 85 who reached it and 20 who did not
    assert told(WHOLE_ROWS, OF_NORTH, OF_SOUTH, west) == {ALL, NORTH, SOUTH}
    nearly = rows(WEST, (0, 0), (0, 0), whole=(82, 92))
    assert told(WHOLE_ROWS, OF_NORTH, OF_SOUTH, nearly) == {ALL}


def test_a_unit_without_a_group_of_the_huvudmans_leaves_nobody_over():
    some = rows(NORTH, (50, 70), (20, 35))[:2]  # the foreign are not told apart from who is left
    assert told(WHOLE_ROWS, some) == {ALL}


def test_a_unit_whose_whole_came_after_the_groups_has_none():
    late = [{**OF_NORTH[0], "recorded_at": NEXT_DAY}, *OF_NORTH[1:]]
    assert told(WHOLE_ROWS, late) == {ALL}
    later = [{**row, "recorded_at": NEXT_DAY} for row in OF_NORTH[1:]]
    assert told(WHOLE_ROWS, [OF_NORTH[0], *later], OF_SOUTH) == {ALL, NORTH, SOUTH}


def test_a_corrected_unit_has_none_and_leaves_the_others_theirs():
    before = [{**row, "superseded_at": NEXT_DAY} for row in rows(NORTH, (50, 70), (19, 35))]
    after = [{**row, "recorded_at": NEXT_DAY} for row in OF_NORTH]
    assert told(WHOLE_ROWS, before, after, OF_SOUTH) == {ALL, SOUTH}


def test_a_number_repeated_at_any_unit_hides_all_groups():
    again = [{**OF_SOUTH[0], "carried_from": "2023/24"}]
    assert told(WHOLE_ROWS, OF_NORTH, again) == set()
