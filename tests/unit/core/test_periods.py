"""Periods in order, without holes, and where a day lies among them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ska.core.periods import (
    follow,
    kind_of,
    name_of,
    number_of,
    position_of,
    spelled,
    without_holes,
    year_of,
)


@pytest.mark.parametrize(
    ("kind", "periods", "expected"),
    [
        ("school_year", ["2023/24", "2021/22"], ("2021/22", "2022/23", "2023/24")),
        ("calendar_year", ["2025", "2023"], ("2023", "2024", "2025")),
        ("term", ["VT26", "VT25"], ("VT25", "HT25", "VT26")),
        ("school_year", [], ()),
    ],
)
def test_no_period_is_left_out(kind, periods, expected):
    assert without_holes(periods, kind) == expected


@given(st.sampled_from(["school_year", "calendar_year", "term"]), st.integers(2000, 2080))
def test_a_period_is_read_back(kind, number):
    number = number * 2 if kind == "term" else number

    assert number_of(name_of(number, kind), kind) == number


@pytest.mark.parametrize(
    ("day", "kind", "periods", "expected"),
    [
        (date(2024, 7, 1), "school_year", ("2024/25",), -0.5),
        (date(2025, 6, 30), "school_year", ("2024/25",), 0.5),
        (date(2026, 1, 12), "school_year", ("2024/25", "2025/26"), 1.03),
        (date(2025, 7, 1), "calendar_year", ("2024",), 0.99),
        (date(2025, 7, 1), "term", ("VT25",), 0.49),
    ],
)
def test_a_day_lies_where_its_year_is(day, kind, periods, expected):
    assert position_of(day, periods, kind) == pytest.approx(expected, abs=0.01)


def test_what_is_not_a_period_is_refused():
    with pytest.raises(ValueError, match="term"):
        number_of("XX25", "term")


@pytest.mark.parametrize(
    ("periods", "is_so"),
    [
        (["2024/25", "2025/26"], True),
        (["2023", "2026"], True),
        (["HT24", "VT25"], True),
        (["2025/26", "2024/25"], False),
        (["2024/25", "2026"], False),
        (["Hjo 2025/26", "Karlsborg 2025/26"], False),
        (["Ekskolan, faktiskt 2025", "Ekskolan, modellberäknat 2025"], False),
        (["2025/26", "2025/26"], False),
    ],
)
def test_only_periods_of_one_kind_one_after_the_other_follow_in_time(periods, is_so):
    assert follow(periods) is is_so


@pytest.mark.parametrize(
    ("period", "year"),
    [("2024/25", 2025), ("1999/00", 2000), ("VT26", 2026), ("HT25", 2025), ("2024", 2024)],
)
def test_a_period_ends_in_a_year(period, year):
    assert year_of(period, kind_of(period)) == year


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("VT25", "VT 2025"),
        ("HT04", "HT 2004"),
        ("från VT24 till VT25.", "från VT 2024 till VT 2025."),
        ("2024/25", "2024/25"),
        ("2025", "2025"),
        ("NVT25 och VT2025", "NVT25 och VT2025"),
    ],
)
def test_terms_are_read_with_their_whole_year(written, read):
    assert spelled(written).replace("\u00a0", " ") == read
    assert spelled(spelled(written)) == spelled(written)
