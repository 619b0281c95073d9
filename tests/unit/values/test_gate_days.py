"""The gate on numbers of different days: what is put out late, repeated, and published beside."""

from __future__ import annotations

import pytest
from tests.factories.beside import table_beside
from tests.factories.suppression import Dice, confined
from tests.unit.values.test_gate import HIDDEN, LATER, UNITS, row, shown, whole
from tests.unit.values.test_suppression import limits, told_too_much

from ska.values.gate import pass_gate
from ska.values.rules import Audience

THEN, NOW = {"superseded_at": LATER}, {"recorded_at": LATER}
BEFORE, AGAIN = {"period": "VT24"}, {"period": "VT25", "carried_from": "VT24"}
MEAN = {"unit": "index 0–10"}
FEW = {"status": "suppressed_small_group"}


def test_those_whom_no_sheet_lists_are_as_many_also_where_the_whole_is_published_beside():
    """12 others now, so 28 of the 40 then: the school that is too small now had the other 12."""
    rows = [
        row(7, 12, **BEFORE, **THEN, **MEAN), row(None, None, **BEFORE, **FEW, **NOW, **MEAN),
        whole(6, 40, **BEFORE, is_beside=True, **MEAN),
        row(5.6, 28, area=UNITS[1], **AGAIN, **THEN, **MEAN), whole(6, 40, **AGAIN, **THEN, **MEAN),
        row(5, 30, area=UNITS[1], **NOW, **MEAN), whole(5.5, 42, **NOW, **MEAN),
    ]  # fmt: skip
    told = shown(*rows)
    assert told[:2] == [HIDDEN, "suppressed_small_group"]
    assert HIDDEN in told[-2:]


def test_a_late_whole_of_which_all_reached_the_level_tells_it_of_its_few():
    """Its larger part was 76,7 % before, so the numbers do not add up; readers need not know."""
    rows = [
        row(100, 1, **AGAIN), row(76.7, 43, area=UNITS[1], **AGAIN),
        row(100, 65, **BEFORE, area="Norr", area_type="group", members=" ".join(UNITS[:2]), **NOW),
    ]  # fmt: skip
    assert shown(*rows)[0] == HIDDEN
    assert shown(*rows)[2] == HIDDEN


def test_a_whole_that_is_a_rounding_smaller_than_its_parts_is_told():
    rows = [row(50, 4), row(61.8, 5_000, area=UNITS[1]), row(50, 60, area=UNITS[2])]
    assert shown(*rows, whole(61.6, 5_064))[1:] == [61.8, HIDDEN, 61.6]


def test_what_is_published_of_another_day_does_not_hide_that_few_are_left():
    """27 of the 30 are boys, so three are girls, whatever is published of girls."""
    rows = [row(7, 30, **MEAN), row(7, 27, gender="M", **MEAN)]
    assert HIDDEN in shown(*rows)
    for n in (23, None):
        beside = row(6, n, gender="K", is_beside=True, **MEAN)
        assert HIDDEN in shown(*rows, beside)[:2]


def test_a_mean_that_is_published_without_its_group_does_not_tell_ours():
    """Published: 7,0 for all and 7,1 for boys, and that girls are too few; ours would tell four."""
    rows = [row(7, 30, **MEAN), row(7.1, 26, gender="M", **MEAN), row(6.4, 4, gender="K", **MEAN)]
    beside = [row(7, None, **MEAN), row(7.1, None, gender="M", **MEAN)]
    told = shown(*rows, *({**one, "is_beside": True} for one in beside))
    assert HIDDEN in told[:2]
    assert told[2:] == [HIDDEN, 7, 7.1]


def test_shares_that_are_published_without_their_groups_tell_of_each_other():
    """81,8 % of all and 69,2 % of the independent: with our nine of nine they are 13 and 22."""
    rows = [
        row(81.8, 22), row(100, 9, scope="municipal"),
        row(None, None, scope="independent", status="withheld"),
    ]  # fmt: skip
    beside = [row(81.8, None), row(69.2, None, scope="independent")]
    told = shown(*rows, *({**one, "is_beside": True} for one in beside))
    assert told[:3] == [HIDDEN, HIDDEN, "withheld"]


def test_a_published_share_beside_the_group_of_ours_would_tell_how_few_did_not_reach_the_level():
    assert shown(row(96, 50)) == ["rounded_near_100"]
    assert shown(row(96, 50), row(96, None, is_beside=True)) == [HIDDEN, 96]


def test_a_group_that_may_be_larger_with_the_same_share_is_hidden_well():
    """Girls are too few; others publish their share. Ours of the boys may tell no more of them."""
    rows = [row(50, 4, gender="K"), row(50, 44, gender="M"), row(50, 48)]
    beside = row(50, None, gender="K", is_beside=True)
    assert shown(*rows, beside) == [HIDDEN, HIDDEN, 50, 50]


def test_a_count_that_is_published_tells_ours_whatever_its_group():
    about = {"unit": "antal elever"}
    rows = [row(3, 52, **about), row(30, 60, area=UNITS[1], **about), whole(33, 112, **about)]
    beside = whole(33, None, is_beside=True, **about)
    assert shown(*rows, beside)[:2] == [HIDDEN, HIDDEN]


def test_a_count_that_is_published_of_another_group_does_not_tell_ours():
    """None of 16 girls are published; that none of all is counted would tell it of our four."""
    about = {"unit": "antal elever"}
    rows = [row(0, 25, **about), row(0, 4, gender="K", **about)]
    assert shown(*rows, row(0, 16, gender="K", is_beside=True, **about))[:2] == [HIDDEN, HIDDEN]


def test_what_is_published_of_a_line_that_ours_keeps_back_is_read():
    """Published: five of seven girls. With five of five boys the two of the whole are told."""
    rows = [row(83.3, 12), row(100, 5, gender="M"), row(None, None, gender="K", **FEW)]
    told = shown(*rows, row(71.4, 7, gender="K", is_beside=True))
    assert told == [HIDDEN, HIDDEN, "suppressed_small_group", 71.4]


def test_what_ours_keeps_back_is_read_as_published_also_where_ours_of_the_whole_stands():
    """61 boys are published and ours are withheld; with our 87 girls they tell our 148 in all.

    The whole's mean is published too, without its group.
    """
    rows = [row(4.1, 148, **MEAN), row(5.2, 87, gender="K", **MEAN)]
    rows += [row(None, None, gender="M", status="withheld", **MEAN)]
    beside = [row(4.1, None, **MEAN), row(2.5, 61, gender="M", **MEAN)]
    told = shown(*rows, *({**one, "is_beside": True} for one in beside))
    assert told[:3] == [HIDDEN, HIDDEN, "withheld"]


def test_of_two_others_who_publish_the_same_line_both_are_read():
    """One publishes the share of the boys, the other their group: our whole tells the girls."""
    rows = [row(50, 30), row(50, 26, gender="M"), row(50, 4, gender="K")]
    beside = [row(50, None, gender="M"), row(50, 26, gender="M")]
    for some in (beside, beside[::-1], beside[1:]):
        told = shown(*rows, *({**one, "is_beside": True} for one in some))
        assert [told[0], told[2]] == [HIDDEN, HIDDEN]


def test_a_published_whole_of_another_day_than_ours_does_not_tell_its_few():
    """40 are published, so 36 would leave four; ours of 52 leaves twelve others as well."""
    rows = [row(7, 36, **MEAN), row(7, 4, area=UNITS[1], **MEAN), whole(7, 52, **MEAN)]
    assert shown(*rows) == [7, HIDDEN, 7]
    assert shown(*rows, whole(7, 40, is_beside=True, **MEAN)) == [HIDDEN, HIDDEN, 7, 7]


def test_what_was_before_a_number_that_is_hidden_later_is_hidden_well_also_in_another_sheet():
    """Three did not reach the level now; so the seven of before are hidden.

    Both years leave them over: 40 with 33 others then, 41 with 34 now.
    """
    rows = [
        row(100, 7, **BEFORE, **THEN), row(78.6, 14, **BEFORE, **NOW),
        row(45, 20, area=UNITS[1], **BEFORE, **NOW), whole(58.8, 34, **BEFORE, **NOW),
        row(0, 33, area=UNITS[1], **AGAIN, **THEN), whole(17.5, 40, **AGAIN, **THEN),
        row(0, 34, area=UNITS[1], period="VT25", **NOW), whole(17.1, 41, period="VT25", **NOW),
    ]  # fmt: skip
    told = shown(*rows)
    assert told[0] == told[4] == HIDDEN
    assert HIDDEN in told[5:]


def test_of_a_unit_that_nobody_put_out_no_pupils_of_neither_gender_are_thought():
    """20 girls and 64 in all are published of the group, so its boys are 44, ours too."""
    first, second = UNITS[:2]
    group = {"area": "Norr", "area_type": "group", "members": f"{first} {second}"}
    rows = [
        row(7, 44, gender="M", **group, **MEAN), row(7, 6, area=second, gender="K", **MEAN),
        row(7, 4, area=second, gender="M", **MEAN),
        whole(7, 22, gender="K", **MEAN), whole(7, 46, gender="M", **MEAN),
    ]  # fmt: skip
    beside = [
        row(7, 54, **MEAN), row(7, 20, gender="K", **group, **MEAN),
        row(7, 4, area=second, gender="M", **MEAN),
    ]  # fmt: skip
    told = shown(*rows, *({**one, "is_beside": True} for one in beside))
    assert set(told[:5]) == {HIDDEN}


def test_those_whom_no_sheet_lists_are_no_more_than_there_is_room_for():
    """17 others then; now at most six with those that are withheld, so they are few."""
    about = {"unit": "antal elever", "limit_inside": 8}
    rows = [
        row(10, 30, area=UNITS[2], **THEN, **about), whole(27, 60, **THEN, **about),
        row(None, None, area=UNITS[1], status="withheld", **NOW, **about),
        row(15, 28, area=UNITS[2], **NOW, **about), whole(21, 60, **NOW, **about),
    ]  # fmt: skip
    assert HIDDEN in shown(*rows)[3:]


def test_a_repeated_number_does_not_stand_for_a_year_that_has_corrected_it_elsewhere():
    """27 of the 30 are in the group of the first school: so three are in the other.

    Its 14 are of before the correction, and leave no 13 whom no sheet lists.
    """
    group = {"area": "Norr", "area_type": "group", "members": UNITS[0]}
    rows = [
        row(6, 14, **AGAIN, **MEAN), row(6, 14, **group, **AGAIN, **MEAN),
        row(6, 3, area=UNITS[1], **AGAIN, **MEAN),
        row(6, 27, **group, **BEFORE, **NOW, **MEAN), whole(6, 30, **BEFORE, **NOW, **MEAN),
    ]  # fmt: skip
    told = shown(*rows)
    assert told[2] == HIDDEN
    assert HIDDEN in told[-2:]


@pytest.mark.parametrize(
    ("seed", "audience"),
    [(103_862, "inside"), (104_528, "outside"), (122_831, "inside"), (122_831, "outside")],
)
def test_tables_that_once_told_a_hidden_count_do_no_more(seed, audience):
    drawn, reader = Dice(seed).table(), Audience(audience)
    assert confined(drawn, pass_gate(drawn.frame, reader), limits(drawn, reader)) == []


@pytest.mark.parametrize("seed", [1_741, 2_990, 20_247, 21_069, 21_159])
def test_tables_beside_published_ones_that_once_told_a_hidden_count_do_no_more(seed):
    assert told_too_much(table_beside(seed)) == []
