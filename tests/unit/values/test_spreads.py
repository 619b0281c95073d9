"""How the people behind a mean differ: read where it can be true, told where it tells of nobody."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ska.values.gate import told_spread
from ska.values.importers.observations import Report, Source
from ska.values.importers.recognise import read_content
from ska.values.importers.taught_answers import together
from ska.values.rules import Audience

HEAD = "mått;område;period;värde;antal;standardavvikelse;enhet"


def read(*rows):
    return read_content("\n".join([HEAD, *rows]).encode(), "egna.csv")


def told(audience=Audience.INSIDE, **row):
    frame = pl.DataFrame({"value": 7.4, "n": 98, "spread": 2.13} | row)
    return frame.with_columns(told_spread(audience))["spread"][0]


def test_a_mean_is_read_with_its_spread():
    reading = read(
        "Trygghet;12345678;VT26;7,4;98;2,13;index 0–10",
        "Trygghet;12345679;VT26;7,1;40;;index 0–10",
        "Trivsel;12345678;VT26;3,1;98;0,9;skala 1–4",
    )

    assert reading.observations["spread"].to_list() == [2.13, None, 0.9]
    assert reading.report.is_complete


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("Trygghet;12345678;VT26;7,4;98;stor;index 0–10", "ett tal från 0"),
        ("Trygghet;12345678;VT26;7,4;98;-2;index 0–10", "ett tal från 0"),
        ("Närvaro;12345678;VT26;74,0;98;2,1;%", "inte vid en andel"),
        ("Trygghet;12345678;VT26;för få;;2,1;index 0–10", "inte vid en andel eller en lucka"),
        ("Trygghet;12345678;VT26;7,4;;2,1;index 0–10", "med antal"),
        ("Trygghet;12345678;VT26;9,5;98;4,0;index 0–10", "större än den kan vara"),
    ],
)
def test_a_spread_that_cannot_be_true_is_rejected_with_its_row(row, why):
    (rejected,) = read(row).report.rejections

    assert rejected.row == 2
    assert why in rejected.reason


@given(st.lists(st.integers(0, 10), min_size=2, max_size=60))
def test_what_people_really_answered_is_never_rejected(answers):
    mean, spread = np.mean(answers), np.std(answers, ddof=1)
    row = f"Trygghet;12345678;VT26;{mean:.1f};{len(answers)};{spread:.1f};index 0–10"

    assert not read(row.replace(".", ",")).report.rejections


def test_a_spread_is_told_inside_of_many_and_rounded_up():
    assert told() == 2.2
    assert told(spread=0.0912) == 0.092
    assert told(spread=12.0) == 12
    assert told(n=30) == 2.2


@pytest.mark.parametrize(
    "row",
    [
        {"n": 29},
        {"spread": 0.0},
        {"value": pl.Series([None], dtype=pl.Float64), "n": 98},
        {"n": pl.Series([None], dtype=pl.Int64)},
        {"audience": Audience.OUTSIDE},
    ],
)
def test_it_is_not_told_of_few_of_all_alike_of_what_is_hidden_or_outside(row):
    assert told(**row) is None


@given(st.floats(1e-6, 1e4))
def test_what_is_told_is_never_less_than_it_is_nor_a_tenth_more(spread):
    shown = told(spread=spread)

    assert spread * (1 - 1e-9) <= shown <= spread * 1.1 + 1e-12


def counted(answers, unit="index 0–10", chosen=()):
    frame = pl.DataFrame(
        {"område": "Ekskolan", "period": "VT26", "kön": "alla", "row": range(len(answers)),
         "cell 1": [str(one) for one in answers]}
    )  # fmt: skip
    question = ("cell 1", "Trygghet", unit, list(chosen))
    return together(frame, [question], 5, Report("form.csv", Source.LOCAL)).to_dicts()[0]


def test_answers_that_are_counted_together_tell_how_they_differ_when_they_are_many():
    answers = [4, 7, 10] * 12

    assert counted(answers)["standardavvikelse"] == f"{np.std(answers, ddof=1):.2f}".replace(
        ".", ","
    )
    assert counted(answers[:29])["standardavvikelse"] == ""
    assert counted([7] * 40)["standardavvikelse"] == ""
    assert counted(answers, unit="%", chosen=["7"])["standardavvikelse"] == ""
