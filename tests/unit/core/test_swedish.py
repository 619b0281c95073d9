from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ska.core import swedish
from ska.core.swedish import (
    format_date,
    format_date_long,
    format_date_range,
    format_date_short,
    format_date_table,
    format_number,
    format_percent,
    format_percentage_points,
    format_signed,
    format_term,
    format_time,
    format_week,
    parse_date,
    parse_number,
    parse_whole,
    sort_key,
)

TODAY = date(2026, 11, 24)
DAY = date(2026, 11, 5)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (1234.5, None, "1\u00a0234,5"),
        (999, None, "999"),
        (1000, None, "1\u00a0000"),
        (1234567, None, "1\u00a0234\u00a0567"),
        (-3.2, None, "\u22123,2"),
        (Decimal("91.10"), None, "91,10"),
        (0.125, 2, "0,13"),
        (2.5, 0, "3"),
        (-2.5, 0, "\u22123"),
        (-0.04, 1, "0,0"),
        (61.7647, 1, "61,8"),
        (7, 1, "7,0"),
        (1e-7, None, "0,0000001"),
    ],
)
def test_numbers_have_comma_groups_and_true_minus(value, decimals, text):
    assert format_number(value, decimals) == text


def test_what_is_not_a_number_is_refused():
    with pytest.raises(ValueError, match="finite"):
        format_number(float("nan"))


def test_shares_differ_in_percentage_points_and_never_in_percent():
    assert format_percent(91.1) == "91,1\u00a0%"
    assert format_percentage_points(1.2) == "+1,2\u00a0procentenheter"
    assert format_percentage_points(-6.3) == "\u22126,3\u00a0procentenheter"
    assert format_percentage_points(1, 0) == "+1\u00a0procentenhet"
    assert format_percentage_points(-0.01) == "0,0\u00a0procentenheter"


def test_a_change_shows_its_sign_unless_it_is_nothing():
    assert [format_signed(v, 1) for v in (1.24, -1.24, 0, 0.04, -0.04)] == [
        "+1,2",
        "\u22121,2",
        "0,0",
        "0,0",
        "0,0",
    ]


def test_counts_carry_their_noun():
    assert swedish.count_words(1, "elev", "elever") == "1\u00a0elev"
    assert swedish.count_words(0, "elev", "elever") == "0\u00a0elever"
    assert swedish.count_words(1234, "elev", "elever") == "1\u00a0234\u00a0elever"
    assert swedish.join_words(["a", "b", "c"]) == "a, b och c"
    assert swedish.join_words(["a"]) == "a"
    assert swedish.join_words([]) == ""


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("91,1", "91.1"),
        ("91.1", "91.1"),
        ("91,1 %", "91.1"),
        (" 91,1\u00a0% ", "91.1"),
        ("1 234,5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1\u00a0234", "1234"),
        ("\u22123,2", "-3.2"),
        ("-3", "-3"),
        ("+4", "4"),
        (",5", "0.5"),
    ],
)
def test_typed_numbers_are_understood(text, number):
    assert parse_number(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "många", "1,2,3", "1.2.3", "--1", "5 elever", "nan", "1e3"])
def test_other_texts_are_not_numbers(text):
    with pytest.raises(ValueError, match="Ange ett tal"):
        parse_number(text)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=3))
def test_a_written_number_is_read_back(value):
    assert parse_number(format_number(value)) == value


def test_dates_in_text_tables_and_tight_places():
    assert format_date(DAY) == "5 november 2026"
    assert format_date_long(DAY) == "torsdag 5 november 2026"
    assert format_date_short(DAY) == "tors 5 nov."
    assert format_date_table(DAY) == "2026-11-05"
    assert format_week(DAY) == "vecka\u00a045"
    assert format_term(DAY) == "HT\u00a02026"
    assert format_term(date(2027, 1, 7)) == "VT\u00a02027"


def test_a_range_repeats_only_what_differs():
    assert format_date_range(DAY, date(2026, 11, 9)) == "5–9 november 2026"
    assert format_date_range(date(2026, 10, 28), DAY) == "28 oktober–5 november 2026"
    assert format_date_range(DAY, date(2027, 1, 7)) == "5 november 2026–7 januari 2027"
    assert format_date_range(DAY, DAY) == "5 november 2026"


def test_clock_times_are_those_of_stockholm():
    summer = datetime(2026, 6, 1, 12, 30, tzinfo=UTC)

    assert format_time(summer) == "14.30"
    assert format_time(datetime(2026, 12, 1, 12, 30, tzinfo=UTC), in_table=True) == "13:30"
    with pytest.raises(ValueError, match="zone"):
        format_time(datetime(2026, 6, 1, 12, 30))  # noqa: DTZ001  # refused


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-05",
        "20261105",
        "2026-11-5",
        "5/11 2026",
        "5/11/2026",
        "5.11.2026",
        "5 nov 2026",
        "5 nov. 2026",
        " 5  November 2026 ",
        "torsdag 5 november 2026",
        "tors 5 nov.",
        "den 5 nov",
        "5/11",
        "5 november",
        "5\u00a0nov\u00a02026",
    ],
)
def test_a_date_is_understood_as_people_type_it(text):
    text = text.removeprefix("den ")

    assert parse_date(text, TODAY) == DAY


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("v. 45", date(2026, 11, 2)),
        ("v45", date(2026, 11, 2)),
        ("vecka 45", date(2026, 11, 2)),
        ("v. 53", date(2026, 12, 28)),
        ("v. 2", date(2027, 1, 11)),
        ("v. 45 2027", date(2027, 11, 8)),
        ("2027-v45", date(2027, 11, 8)),
        ("7/1", date(2027, 1, 7)),
        ("29 feb", date(2028, 2, 29)),
        ("15 sept", date(2026, 9, 15)),
    ],
)
def test_weeks_and_missing_years_mean_the_nearest(text, day):
    assert parse_date(text, TODAY) == day


@pytest.mark.parametrize(
    "text", ["", "snart", "31/2 2026", "v. 54", "2026-13-01", "5 no 2026", "x", "snart 2026"]
)
def test_other_texts_are_not_dates(text):
    with pytest.raises(ValueError, match="Skriv datumet som 2026-11-05"):
        parse_date(text, TODAY)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("mars 2026", "15 mars 2026"),
        ("Sept. 2025", "15 september 2025"),
        ("ht 2025", "15 oktober 2025"),
        ("VT2026", "15 mars 2026"),
        ("våren 2026", "15 mars 2026"),
    ],
)
def test_a_month_or_a_term_alone_is_answered_with_a_day_of_it(text, day):
    with pytest.raises(ValueError, match=f"^Skriv en dag också, till exempel {day}$"):
        parse_date(text, TODAY)


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)), st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_every_written_date_is_read_back(day, today):
    for write in (format_date, format_date_long, format_date_table):
        assert parse_date(write(day), today) == day


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)))
def test_a_week_without_year_is_at_most_half_a_year_away(today):
    week = today.isocalendar().week

    found = parse_date(f"v. {week}", today)

    assert 0 <= (today - found).days < 7


def test_the_alphabet_ends_with_a_ring_a_dots_o_dots():
    names = ["Öckerö", "Åmål", "Ängelholm", "Zinkgruvan", "Wermland", "Vara", "Ale", "Orust"]

    assert sorted(names, key=sort_key) == [
        "Ale",
        "Orust",
        "Vara",
        "Wermland",
        "Zinkgruvan",
        "Åmål",
        "Ängelholm",
        "Öckerö",
    ]


def test_composed_and_decomposed_letters_sort_alike_and_accents_do_not_move_a_name():
    assert sort_key("A\u030amål")[:4] == sort_key("Åmål")[:4]
    assert sorted(["Idun", "Idé", "Ider"], key=sort_key) == ["Idé", "Ider", "Idun"]
    assert sorted(["zon", "Ahl", "åk"], key=sort_key) == ["Ahl", "zon", "åk"]


def test_numbers_inside_names_sort_by_size():
    names = ["Åk 10", "Åk 9", "Åk 1"]

    assert sorted(names, key=sort_key) == ["Åk 1", "Åk 9", "Åk 10"]


@given(st.lists(st.text(max_size=8), max_size=12))
def test_the_order_does_not_depend_on_where_it_starts(names):
    backwards = names[::-1]

    assert sorted(names, key=sort_key) == sorted(backwards, key=sort_key)


@pytest.mark.parametrize(
    ("text", "number"),
    [("7", 7), ("007", 7), ("0", None), ("51", None), ("²", None), ("١", None), ("9" * 5000, None)],
)
def test_a_whole_number_is_read_or_is_none(text, number):
    assert parse_whole(text, 1, 50) == number
