"""What an address says of measures and weights, and what is told of those that cannot count."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ska.comparisons.likeness import (
    FEWEST,
    MOST,
    MOST_MEASURES,
    NOTHING,
    Table,
    Variable,
    asked_alike,
    told_alike,
)

PEOPLE = Variable("N01951", "Invånare", 2, "2025", "invånare")
SHARE = Variable("gr-a", "Andel", 1, "2024/25", "%")
NAMES = [(f"Kommun {at}", f"{at:04}") for at in range(12)]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (["a:5", "b:1"], (("a", 5), ("b", 1))),
        (["a"], (("a", 3),)),
        (["a:9", "b:x"], (("a:9", 3), ("b:x", 3))),
        (["a:0", "b:2"], (("b", 2),)),
        (["a:2", "a:4"], (("a", 4),)),
        (["", ":", ":3", "  "], ((":", 3),)),
        ([f"m{at}:1" for at in range(20)], tuple((f"m{at}", 1) for at in range(MOST_MEASURES))),
    ],
)
def test_measures_and_weights_are_read_from_the_address(written, told):
    assert asked_alike(written, None, None, None).weights == told


@given(st.lists(st.text(max_size=300), max_size=12), st.text(max_size=20), st.text(max_size=20))
def test_whatever_is_written_is_some_question(written, count, until):
    asked = asked_alike(written, count, until, count)

    assert FEWEST <= asked.count <= MOST
    assert len(asked.weights) <= MOST_MEASURES
    assert all(code and 1 <= weight <= 5 for code, weight in asked.weights)
    again = [value for name, value in asked.written if name == "lik"]
    assert asked_alike(again, str(asked.count), str(asked.until or ""), "").weights == asked.weights


def test_the_table_says_values_as_people_write_them():
    values = np.array([[1000.0 + 100 * at, 10.25 + at] for at in range(12)])

    told = told_alike(NOTHING, (PEOPLE, SHARE), Table(NAMES, 0, values))

    assert told.table[0] == ["Kommun 0", "0,00", "1\u00a0000 (0,00)", "10,3\u00a0% (0,00)"]
    assert told.table[1][:3] == ["Kommun 1", "0,11", "1\u00a0100 (0,11)"]
    assert told.said.startswith("7 kommuner som är minst olika Kommun 0 i Invånare, 2025, vikt 2;")
    assert [one.name for one in told.beside] == ["Skillnadsindex", "Invånare", "Andel"]


@pytest.mark.parametrize(
    ("column", "why"),
    [
        ([5.0] * 12, "kommunerna skiljer sig för lite åt i måttet"),
        ([1.0, 2.0, 3.0] + [np.nan] * 9, "för få kommuner har värde i måttet"),
    ],
)
def test_a_measure_that_cannot_count_says_why(column, why):
    values = np.column_stack([np.arange(12.0), column])

    told = told_alike(NOTHING, (PEOPLE, SHARE), Table(NAMES, 0, values))

    assert [one.left_out for one in told.variables] == ["", why]
    assert [one.code for one in told.counted] == ["N01951"]
    assert len(told.rows) == 8


def test_nothing_that_counts_is_nobody():
    told = told_alike(NOTHING, (SHARE,), Table(NAMES, 0, np.full((12, 1), np.nan)))

    assert (told.rows, told.said, told.beside, told.table) == ((), "", (), [])
    assert told.variables[0].lacking == 12
