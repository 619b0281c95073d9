"""The gate on numbers of different days: what is put out late, repeated, and published beside."""

from __future__ import annotations

import pytest
from tests.factories.suppression import Dice, confined
from tests.unit.values.test_gate import HIDDEN, LATER, UNITS, row, shown, whole
from tests.unit.values.test_suppression import limits

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


@pytest.mark.parametrize(("seed", "audience"), [(103_862, "inside"), (104_528, "outside")])
def test_tables_that_once_told_a_hidden_count_do_no_more(seed, audience):
    drawn, reader = Dice(seed).table(), Audience(audience)
    assert confined(drawn, pass_gate(drawn.frame, reader), limits(drawn, reader)) == []
