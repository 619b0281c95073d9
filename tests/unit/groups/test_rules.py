"""Which views stand for which meeting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import hypothesis.strategies as st
from hypothesis import given

from ska.organizers.rules import meetings_of

TODAY = date(2026, 11, 26)


@dataclass(frozen=True)
class Fixed:
    name: str
    meeting_on: date | None


days = st.none() | st.integers(-40, 40).map(lambda days: TODAY + timedelta(days=days))
views = st.lists(st.builds(Fixed, st.text("abc", max_size=2), days), max_size=12)


@given(views)
def test_every_view_stands_under_one_meeting(fixed):
    found = meetings_of(fixed, TODAY)
    told = [*found.next, *found.undated, *found.later, *found.earlier]

    assert sorted(told, key=repr) == sorted(fixed, key=repr)


@given(views)
def test_the_next_meeting_is_the_first_that_has_not_been(fixed):
    found = meetings_of(fixed, TODAY)
    ahead = [one.meeting_on for one in fixed if one.meeting_on and one.meeting_on >= TODAY]

    assert found.next_on == min(ahead, default=None)
    assert {one.meeting_on for one in found.next} <= {found.next_on}
    assert all(one.meeting_on > found.next_on for one in found.later)
    assert all(one.meeting_on < TODAY for one in found.earlier)


@given(views)
def test_what_is_nearest_is_read_first(fixed):
    found = meetings_of(fixed, TODAY)
    later = [one.meeting_on for one in found.later]
    earlier = [one.meeting_on for one in found.earlier]

    assert later == sorted(later)
    assert earlier == sorted(earlier, reverse=True)


def test_the_meeting_of_today_is_the_next_all_day():
    today, tomorrow = Fixed("i dag", TODAY), Fixed("i morgon", TODAY + timedelta(days=1))
    found = meetings_of([tomorrow, today], TODAY)

    assert found.next == (today,)
    assert found.later == (tomorrow,)


def test_views_of_one_meeting_stand_in_swedish_order():
    fixed = [Fixed(name, None) for name in ("Ämnen", "bråk", "Årskurs 6", "Algebra")]

    assert [one.name for one in meetings_of(fixed, TODAY).undated] == [
        "Algebra", "bråk", "Årskurs 6", "Ämnen",
    ]  # fmt: skip
