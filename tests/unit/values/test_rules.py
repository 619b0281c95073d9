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
    Part,
    ValueStatus,
    also_hidden,
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


parts = st.lists(
    st.builds(Part, n=st.none() | st.integers(0, 40), is_hidden=st.booleans()),
    min_size=1,
    max_size=12,
)


@given(parts=parts, limit=st.integers(5, 20))
def test_what_is_hidden_cannot_be_worked_out_from_the_whole(parts, limit):
    hidden = also_hidden(parts, limit)

    assert all(after for part, after in zip(parts, hidden, strict=True) if part.is_hidden)
    if any(hidden) and not all(hidden):
        together = sum(p.n or 0 for p, is_hidden in zip(parts, hidden, strict=True) if is_hidden)
        assert sum(hidden) >= 2
        assert together >= limit


@given(parts=parts, limit=st.integers(5, 20))
def test_nothing_is_hidden_where_nothing_was(parts, limit):
    open_parts = [Part(part.n, is_hidden=False) for part in parts]

    assert also_hidden(open_parts, limit) == [False] * len(parts)


def test_the_next_lowest_is_hidden_too():
    parts = [Part(4, is_hidden=True), Part(30, is_hidden=False), Part(12, is_hidden=False)]

    assert also_hidden(parts, 5) == [True, False, True]


def test_every_status_has_words_and_no_symbol():
    for status in ValueStatus:
        assert len(status_word(status)) > 4
        assert status_word(status)[0] not in ".*-"
