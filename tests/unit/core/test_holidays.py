from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ska.core.holidays import (
    add_working_days,
    holiday_name,
    is_working_day,
    next_working_day,
    previous_working_day,
    this_or_next_working_day,
)

days = st.dates(date(2020, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 1, 6), "Trettondedag jul"),
        (date(2026, 4, 3), "Långfredagen"),
        (date(2026, 5, 14), "Kristi himmelsfärdsdag"),
        (date(2026, 6, 19), "Midsommarafton"),
        (date(2026, 12, 24), "Julafton"),
        (date(2026, 12, 31), "Nyårsafton"),
        (date(2027, 3, 26), "Långfredagen"),
        (date(2028, 6, 6), "Sveriges nationaldag"),
        (date(2027, 11, 6), "Alla helgons dag"),
    ],
)
def test_red_days_and_the_three_eves_are_free(day, name):
    assert holiday_name(day) is not None
    assert not is_working_day(day)


@pytest.mark.parametrize(
    "day",
    [date(2026, 4, 2), date(2026, 4, 30), date(2026, 1, 5), date(2026, 10, 30), date(2026, 5, 15)],
)
def test_half_days_and_bridge_days_are_working_days(day):
    assert is_working_day(day)


def test_weekends_are_free_without_a_name():
    assert not is_working_day(date(2026, 8, 29))
    assert holiday_name(date(2026, 8, 29)) is None


def test_steps_over_christmas():
    assert next_working_day(date(2026, 12, 23)) == date(2026, 12, 28)
    assert previous_working_day(date(2026, 12, 28)) == date(2026, 12, 23)
    assert this_or_next_working_day(date(2026, 12, 31)) == date(2027, 1, 4)
    assert add_working_days(date(2026, 8, 31), 5) == date(2026, 9, 7)
    assert add_working_days(date(2026, 11, 26), -10) == date(2026, 11, 12)


@given(days, st.integers(1, 30))
def test_there_and_back_again_ends_on_the_same_working_day(day, count):
    start = this_or_next_working_day(day)

    assert add_working_days(add_working_days(start, count), -count) == start


@given(days)
def test_a_free_stretch_is_never_longer_than_five_days(day):
    following = next_working_day(day)

    assert is_working_day(following)
    assert following - day <= timedelta(days=6)
