"""As known on a day: what had been recorded by its end, less what today hides."""

from datetime import UTC, date, datetime

import polars as pl
import pytest

from ska.errors import Invalid
from ska.values.known import as_known, end_of, read_day, versions
from ska.values.queries import CELL

JUNE, JULY, AUGUST = (datetime(2026, month, 1, tzinfo=UTC) for month in (6, 7, 8))
TODAY = date(2026, 9, 4)


def row(value, n, recorded=JUNE, superseded=None, **more):
    known = dict.fromkeys(CELL) | {
        "value_id": 1, "source": "local", "measure": "Trygghet", "title": "Trygghet",
        "unit": "index 0–10", "nature": "result", "area_type": "school_unit", "area_code": "1",
        "area": "Ekskolan", "organizer_number": "2", "scope": "all", "gender": "T",
        "period_type": "term", "period": "VT25", "finality": "final",
        "status": "value" if value is not None else "suppressed_small_group",
        "value": value, "n": n, "recorded_at": recorded, "superseded_at": superseded,
    }  # fmt: skip
    return known | more


def few_are_hidden(frame):
    """Hide what stands on few, as a gate does, and say nothing of sums."""
    few = pl.col("n") < 5
    return frame.with_columns(
        value=pl.when(~few).then("value"),
        n=pl.when(~few).then("n"),
        status=pl.when(few).then(pl.lit("hidden_by_rule")).otherwise("status"),
    )


def seen(rows, known, gate=few_are_hidden):
    frame = pl.DataFrame(rows, schema=CELL, orient="row")
    return [
        (one["gender"], one["value"], one["n"], one["status"])
        for one in as_known(frame, known, gate).sort("gender").to_dicts()
    ]


def test_a_day_ends_at_midnight_in_sweden():
    assert end_of(date(2026, 6, 15)) == datetime(2026, 6, 15, 22, tzinfo=UTC)
    assert end_of(date(2026, 12, 24)) == datetime(2026, 12, 24, 23, tzinfo=UTC)
    assert end_of(JUNE) == JUNE


@pytest.mark.parametrize(
    ("day", "value"),
    [(None, 8.4), (date(2026, 6, 15), 8.2), (date(2026, 8, 1), 8.4), (date(2026, 7, 31), 8.2)],
)
def test_each_day_has_its_version(day, value):
    rows = [row(8.2, 52, JUNE, AUGUST), row(8.4, 52, AUGUST)]

    assert seen(rows, day) == [("T", value, 52, "value")]


def test_before_the_first_import_nothing_was_known():
    assert seen([row(8.2, 52)], date(2026, 5, 1)) == []


def test_what_today_hides_was_never_shown_as_far_as_one_can_see():
    rows = [row(8.2, 52, JUNE, AUGUST), row(8.4, 4, AUGUST)]

    assert seen(rows, None) == [("T", None, None, "hidden_by_rule")]
    assert seen(rows, date(2026, 6, 15)) == [("T", None, None, "hidden_by_rule")]


def test_what_the_publisher_hides_today_is_hidden_in_its_own_words():
    rows = [row(81.0, 42, JUNE, AUGUST, source="siris"), row(None, None, AUGUST, source="siris")]

    assert seen(rows, date(2026, 6, 15), lambda frame: frame) == [
        ("T", None, None, "suppressed_small_group")
    ]


def test_no_gate_can_open_what_today_hides():
    calls = []

    def forgetful(frame):
        calls.append(frame)
        if len(calls) == 1:
            return frame.with_columns(value=None, n=None, status=pl.lit("hidden_by_rule"))
        return frame.with_columns(value=8.2, n=52, status=pl.lit("value"))

    rows = [row(8.2, 52, JUNE, AUGUST), row(8.4, 4, AUGUST)]

    assert seen(rows, date(2026, 6, 15), forgetful) == [("T", None, None, "hidden_by_rule")]


def test_what_was_withdrawn_is_shown_as_it_was_known():
    rows = [row(8.2, 52, JUNE, AUGUST)]

    assert seen(rows, date(2026, 6, 15)) == [("T", 8.2, 52, "value")]
    assert seen(rows, None) == []


def test_today_reads_only_the_current_versions():
    assert "UNION" not in versions("value", earlier=False)
    assert "UNION ALL" in versions("own_value", earlier=True)


@pytest.mark.parametrize("written", [None, "", "  "])
def test_no_day_is_today(written):
    assert read_day(written, TODAY, field="kant") is None


@pytest.mark.parametrize("written", ["2026-06-15", "15/6 2026", "15 jun 2026"])
def test_a_day_is_read_as_people_write_it(written):
    assert read_day(written, TODAY, field="kant") == date(2026, 6, 15)


@pytest.mark.parametrize(("written", "sentence"), [("snart", "Skriv"), ("2027-01-01", "har varit")])
def test_a_day_that_cannot_be_is_told_at_the_field(written, sentence):
    with pytest.raises(Invalid, match=sentence) as raised:
        read_day(written, TODAY, field="kant")
    assert set(raised.value.fields) == {"kant"}
