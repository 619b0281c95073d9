"""The wheel's geometry: days, lanes and labels that never cover each other."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ska.charts.wheel import (
    CENTRE_X,
    HEIGHT,
    LINE,
    WIDTH,
    WheelStep,
    angle_of,
    draw_wheel,
)

FIRST, LAST = date(2026, 7, 1), date(2027, 6, 30)


def step(number, due, days=28, *, outer=True, name="Enhetsanalys klar"):
    return WheelStep(number, name, "mån 31 aug.", due - timedelta(days=days), due, outer)


@pytest.mark.parametrize(
    ("day", "angle"),
    [
        (date(2026, 8, 1), 0),
        (date(2026, 11, 1), 90),
        (date(2027, 2, 1), 180),
        (date(2027, 5, 1), 270),
        (date(2027, 7, 1), 330),
        (date(2028, 2, 15), 180 + 14 / 29 * 30),
    ],
)
def test_august_stands_at_the_top_and_the_year_runs_clockwise(day, angle):
    assert angle_of(day) == pytest.approx(angle)


def test_the_hand_shows_today_and_only_inside_the_year():
    inside = draw_wheel([], FIRST, LAST, date(2026, 11, 24))
    before = draw_wheel([], FIRST, LAST, date(2026, 6, 1))
    after = draw_wheel([], FIRST, LAST, date(2027, 8, 1))

    assert inside.hand is not None
    assert inside.passed
    assert [month.name for month in inside.months if month.is_now] == ["november"]
    assert before.hand is None
    assert not before.passed
    assert after.hand is None
    assert after.passed


steps = st.lists(
    st.builds(
        lambda number, day, days, outer, name: step(
            number, FIRST + timedelta(days=day), days, outer=outer, name=name
        ),
        st.integers(1, 30),
        st.integers(0, 364),
        st.integers(0, 200),
        st.booleans(),
        st.sampled_from(["Enkäter", "Plan mot kränkande behandling och aktiva åtgärder"]),
    ),
    max_size=20,
)


@given(steps, st.dates(FIRST, LAST))
def test_no_label_covers_another_or_leaves_the_picture(given_steps, today):
    wheel = draw_wheel(given_steps, FIRST, LAST, today)

    assert len(wheel.bars) == len(given_steps)
    for side in ("start", "end"):
        boxes = sorted(
            (bar.label_y - LINE, bar.label_y + (len(bar.lines) - 1) * LINE)
            for bar in wheel.bars
            if bar.anchor == side
        )
        if sum(bottom - top + LINE for top, bottom in boxes) < HEIGHT - 2 * LINE:
            for (_, bottom), (top, _) in pairwise(boxes):
                assert top >= bottom - 1
            assert all(top >= -LINE and bottom <= HEIGHT + LINE for top, bottom in boxes)
    for bar in wheel.bars:
        assert 0 <= bar.dot_x <= WIDTH
        assert (bar.label_x > CENTRE_X) is (bar.anchor == "start")


@given(steps)
def test_two_steps_of_a_ring_never_share_the_place_of_their_dots(given_steps):
    wheel = draw_wheel(given_steps, FIRST, LAST, FIRST)

    for outer in (True, False):
        dots = [(bar.dot_x, bar.dot_y) for bar in wheel.bars if bar.step.outer is outer]
        assert len(set(dots)) == len(dots)
