"""Reading one cell: numbers as publishers write them, symbols, and nonsense."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ska.values.importers.cells import MACHINE_NUMBER, SWEDISH_NUMBER, read_cells
from ska.values.rules import QUALITY_SYSTEM_SYMBOLS


def read(text, number=SWEDISH_NUMBER):
    frame = pl.DataFrame({"raw_value": [text]}, schema={"raw_value": pl.String})
    return read_cells(frame, QUALITY_SYSTEM_SYMBOLS, number=number).row(0)[1:]


@pytest.mark.parametrize(
    ("text", "value", "status"),
    [
        ("1 234,5", 1234.5, "value"),
        ("1\u00a0234,5", 1234.5, "value"),
        ("1\u202f234 567", 1234567.0, "value"),
        ("526708", 526708.0, "value"),
        ("100,0", 100.0, "value"),
        ("100", 100.0, "value"),
        ("-200", -200.0, "value"),
        ("−200", -200.0, "value"),
        ("44%", 44.0, "value"),
        ("44,5 %", 44.5, "value"),
        ("cirka 210", 210.0, "approximate"),
        ("~100", None, "rounded_near_100"),
        (".", None, "not_applicable_or_missing"),
        ("..", None, "suppressed_small_group"),
        ("...", None, "suppressed_near_all"),
        ("…", None, "suppressed_near_all"),
        ("-", None, "survey_rules_not_met"),
        ("", None, "missing"),
        ("  ", None, "missing"),
        (None, None, "missing"),
    ],
)
def test_what_a_cell_says(text, value, status):
    assert read(text) == (value, status, None)


@pytest.mark.parametrize("text", ["1.234", "12 34", "1,2,3", "abc", "*", "~99", "1e5", "4 5", "--"])
def test_what_is_neither_number_nor_symbol_gets_a_reason(text):
    value, status, reason = read(text)

    assert (value, status) == (None, None)
    assert reason


def test_the_point_is_a_decimal_only_where_machines_write():
    assert read("48.7", MACHINE_NUMBER) == (48.7, "value", None)


def test_a_number_without_end_is_no_number():
    assert read("1e999", MACHINE_NUMBER)[2]


@settings(deadline=None)
@given(st.integers(-(10**9), 10**9), st.integers(0, 99))
def test_swedish_numbers_come_back_as_written(whole, part):
    text = f"{whole:,}".replace(",", "\u00a0") + f",{part:02}"

    value, status, _ = read(text)

    assert status == "value"
    assert value == float(f"{whole}.{part:02}")


@settings(deadline=None)
@given(st.text(max_size=12))
def test_every_text_ends_as_value_status_or_reason(text):
    value, status, reason = read(text)

    assert (status is None) == (reason is not None)
    assert (value is not None) == (status in ("value", "approximate"))
