"""Decision 27, row by row: who sees which own value, and what may never be worked out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ska.values.rules import (
    SMALLEST_GROUP,
    Audience,
    Cell,
    Limits,
    Nature,
    Origin,
    ValueStatus,
    is_count,
    smallest_group,
    status_shown,
    status_word,
)

V = ValueStatus


@pytest.mark.parametrize(
    ("audience", "nature", "is_unit", "measure", "raised", "limit"),
    [
        (Audience.INSIDE, Nature.RESULT, False, 0, Limits(), 5),
        (Audience.INSIDE, Nature.RESULT, True, 20, Limits(), 5),
        (Audience.OUTSIDE, Nature.RESULT, False, 0, Limits(), 10),
        (Audience.OUTSIDE, Nature.RESULT, False, 30, Limits(), 10),
        (Audience.OUTSIDE, Nature.RESULT, True, 0, Limits(), 10),
        (Audience.OUTSIDE, Nature.RESULT, True, 5, Limits(), 10),
        (Audience.OUTSIDE, Nature.RESULT, True, 30, Limits(), 30),
        (Audience.INSIDE, Nature.BACKGROUND, False, 0, Limits(), 5),
        (Audience.OUTSIDE, Nature.BACKGROUND, False, 0, Limits(), 10),
        (Audience.INSIDE, Nature.RESULT, False, 0, Limits(inside=8), 8),
        (Audience.INSIDE, Nature.RESULT, False, 0, Limits(inside=1, outside=1), 5),
        (Audience.OUTSIDE, Nature.RESULT, False, 0, Limits(inside=1, outside=1), 10),
        (Audience.OUTSIDE, Nature.RESULT, False, 0, Limits(outside=15), 15),
        (Audience.OUTSIDE, Nature.RESULT, False, 0, Limits(inside=12, outside=10), 12),
    ],
)
def test_the_smallest_group(audience, nature, is_unit, measure, raised, limit):
    found = smallest_group(
        audience, nature, is_school_unit=is_unit, measure_limit=measure, raised=raised
    )

    assert found == limit


def test_every_audience_and_nature_has_a_limit():
    assert set(SMALLEST_GROUP) == {(a, n) for a in Audience for n in Nature}


@pytest.mark.parametrize(
    ("cell", "limit", "status"),
    [
        (Cell(V.VALUE, 61.8, 68, is_share=True), 5, V.VALUE),
        (Cell(V.VALUE, 50.0, 4, is_share=True), 5, V.HIDDEN_BY_RULE),
        (Cell(V.VALUE, 7.2, 9), 10, V.HIDDEN_BY_RULE),
        (Cell(V.VALUE, 7.2, 10), 10, V.VALUE),
        (Cell(V.VALUE, 7.2, None), 5, V.HIDDEN_BY_RULE),
        (Cell(V.VALUE, 98.0, 50, is_share=True), 5, V.ROUNDED_NEAR_100),
        (Cell(V.VALUE, 92.0, 50, is_share=True), 5, V.ROUNDED_NEAR_100),
        (Cell(V.VALUE, 90.0, 50, is_share=True), 5, V.VALUE),
        (Cell(V.VALUE, 100.0, 50, is_share=True), 5, V.VALUE),
        (Cell(V.VALUE, 4.0, 50, is_share=True), 5, V.VALUE),
        (Cell(V.VALUE, 4.0, 50, is_share=True, nature=Nature.BACKGROUND), 5, V.HIDDEN_BY_RULE),
        (Cell(V.VALUE, 96.0, 50, is_share=True, nature=Nature.BACKGROUND), 5, V.HIDDEN_BY_RULE),
        (Cell(V.VALUE, 3.0, 52, is_count=True), 5, V.HIDDEN_BY_RULE),
        (Cell(V.VALUE, 0.0, 52, is_count=True), 5, V.VALUE),
        (Cell(V.VALUE, 45.0, 52, is_count=True), 5, V.VALUE),
        (Cell(V.WITHHELD, None, 50), 5, V.WITHHELD),
        (Cell(V.APPROXIMATE, 210.0, 210), 5, V.APPROXIMATE),
    ],
)
def test_what_becomes_of_an_own_cell(cell, limit, status):
    assert status_shown(cell, Origin.OWN, limit) is status


@given(
    status=st.sampled_from(list(ValueStatus)),
    value=st.none() | st.floats(0, 100),
    n=st.none() | st.integers(0, 50),
    limit=st.integers(5, 30),
)
def test_published_cells_keep_the_status_of_their_publisher(status, value, n, limit):
    cell = Cell(status, value, n, is_share=True)

    assert status_shown(cell, Origin.PUBLISHED, limit) is status


@given(n=st.integers(1, 60), inside=st.integers(0, 60), limit=st.integers(5, 30))
def test_an_own_share_never_tells_few_apart(n, inside, limit):
    inside = min(n, inside)
    cell = Cell(V.VALUE, 100 * inside / n, n, is_share=True)

    shown = status_shown(cell, Origin.OWN, limit)

    if shown.has_value:
        assert n >= limit
        assert not 1 <= n - inside <= 4


def test_a_count_is_known_by_its_unit():
    assert [is_count(unit) for unit in ("elever", "Antal anmälningar", "st")] == [True] * 3
    assert not any(is_count(unit) for unit in ("%", "", "index 0–10", "meritvärde"))


def test_what_the_gate_hides_has_one_word_whatever_the_reason():
    assert status_word(V.HIDDEN_BY_RULE) == "för få elever, eller skydd för en grupp med få"


def test_every_status_has_words_and_no_symbol():
    for status in ValueStatus:
        assert len(status_word(status)) > 4
        assert status_word(status)[0] not in ".*-"
