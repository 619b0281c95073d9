"""Which links of the chain are there."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ska.core.ids import new_id
from ska.coverage.rules import LINKS, NOTHING, Coverage, Done, Measured, Row, joined, summed

ROW = Row("gr-1", "sub_goal", "Delmål 1", "/x", True, indicators=3)
ONE = frozenset({new_id()})
WHOLE = Done(ONE, ONE, ONE, ONE)


def test_the_first_missing_link_is_told():
    assert ROW.missing == "values"
    assert replace(ROW, measured=1).missing == "analysis"
    assert replace(ROW, measured=1, done=Done(analyses=ONE)).missing == "actions"
    assert replace(ROW, measured=1, done=Done(ONE, actions=ONE)).missing == "follow_up"
    assert replace(ROW, measured=1, done=WHOLE).missing is None


def test_voices_and_documents_stand_where_there_are_no_numbers():
    preschool = replace(ROW, indicators=0, done=WHOLE)

    assert preschool.has_values
    assert preschool.missing is None


def test_what_is_not_measured_starts_with_an_analysis():
    area = replace(ROW, indicators=0)

    assert area.missing == "analysis"
    assert replace(area, done=Done(analyses=ONE)).missing == "values"


def test_values_that_are_hidden_are_not_values():
    assert replace(ROW, hidden=3).missing == "values"
    assert replace(ROW, hidden=3).is_empty


def test_an_insats_that_answers_two_indicators_is_counted_once():
    done = {"indicator:a": WHOLE, "indicator:b": WHOLE}

    assert len(joined(["indicator:a", "indicator:b", "indicator:c"], done).actions) == 1


def test_values_are_summed_over_the_indicators_of_a_delmal():
    values = {
        "a": Measured(3, 1, "2023/24"),
        "b": Measured(0, 2),
        "c": Measured(1, 0, "2024/25"),
    }

    assert summed(["a", "b", "c", "d"], values) == {
        "measured": 2,
        "hidden": 1,
        "latest": "2024/25",
    }
    assert Measured(1, 0, "2023/24") + Measured(1, 1, None) == Measured(2, 1, "2023/24")


@given(st.lists(st.sampled_from(["whole", "empty", "values"]), max_size=12))
def test_whole_and_empty_never_count_more_than_there_are(kinds):
    made = {
        "whole": replace(ROW, measured=1, done=WHOLE),
        "empty": ROW,
        "values": replace(ROW, measured=1),
    }
    rows = tuple(made[kind] for kind in kinds)
    coverage = Coverage("nks-2023", (("Grundskolan", rows),), (), (), ())

    assert coverage.whole == kinds.count("whole")
    assert coverage.empty == kinds.count("empty")
    assert all(set(row.links) == set(LINKS) for row in coverage.rows)
    assert NOTHING | WHOLE == WHOLE
