"""Which places may be compared, in which order they stand, and what chance may not say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.indicator_values import placed

from ska.charts import Role
from ska.comparisons.rules import (
    WHOLE,
    Order,
    Standing,
    counted_alike,
    dot_rows,
    latest_shared,
    periods_of,
    said_once,
    standings,
    without_value,
)
from ska.statistics import Measure, Verdict
from ska.values.rules import ValueStatus


def place(key, value, n=None, *, role=Role.OTHER, **own):
    return Standing(key, key, role, Measure(value, n, key, "" if value else "för få elever"), **own)


def told(found):
    return {row.key: row.against.verdict if row.against else None for row in found}


def test_a_place_counted_otherwise_is_set_apart_and_never_judged():
    found = dot_rows(
        [place("Ekhult", 77.0, 66), place("Granåsa", 20.0, 400, definition="hemkommun")], "Ekhult"
    )

    assert [row.key for row in found] == ["Ekhult", "Granåsa"]
    assert found[1].apart == "annan definition: hemkommun"
    assert told(found) == {"Ekhult": None, "Granåsa": Verdict.CANNOT_TELL}


def test_a_unit_that_alone_is_the_whole_is_not_judged_beside_it():
    units = [place("Åskolan", 77.0, 66), place("Byskolan", 77.0, 30)]
    for own in (WHOLE, "Åskolan"):
        found = dot_rows([*units, place(WHOLE, 77.0, 66)], own)
        judged = {
            key for key, verdict in told(found).items() if verdict == Verdict.WITHIN_VARIATION
        }
        assert judged == {"Byskolan"}
        assert [row.apart for row in found if row.apart] == [f"samma antal och värde som {own}"]
    among_others = dot_rows([place("Ekhult", 77.0, 66), place("Granåsa", 77.0, 66)], "Ekhult")
    assert told(among_others)["Granåsa"] is Verdict.WITHIN_VARIATION


def test_a_repeated_round_is_no_news():
    found = dot_rows(
        [place("Ekhult", 77.0, 66), place("Granåsa", 20.0, 400, carried_from="2022/23")], "Ekhult"
    )

    assert found[1].apart == "värdet är från 2022/23"
    assert found[1].against.verdict is Verdict.CANNOT_TELL


def test_another_source_or_scope_is_not_compared():
    frame = placed(
        {"line": "a", "n": 200}, {"line": "b", "name": "Granåsa", "n": 200, "value": 90.0,
                                  "scope": "municipal"},
    )  # fmt: skip
    found = dot_rows(standings(frame, "2025/26"), "a")

    assert found[1].against.verdict is Verdict.CANNOT_TELL
    assert "samma definition" in found[1].against.reason


def test_a_place_without_a_row_that_period_stands_there_with_its_word():
    frame = placed({"line": "a"}, {"line": "b", "name": "Granåsa", "period": "2024/25"})
    found = {one.name: one.measure for one in standings(frame, "2025/26")}

    assert (found["Granåsa"].value, found["Granåsa"].word) == (None, "uppgift saknas")


def test_by_value_the_silent_come_last():
    silent = without_value("Åby", "Åby", ValueStatus.WITHHELD)
    found = dot_rows([silent, place("B", 10.0, 50), place("A", 90.0, 50)], "", Order.VALUE)

    assert [row.key for row in found] == ["A", "B", "Åby"]


def test_the_latest_period_with_company_is_shown_first():
    frame = placed(
        {"line": "a", "period": "2025/26"},
        {"line": "a", "period": "2024/25"}, {"line": "b", "period": "2024/25"},
        {"line": "b", "period": "2026/27", "value": None, "status": "missing"},
    )  # fmt: skip

    assert periods_of(frame) == ["2025/26", "2024/25"]
    assert latest_shared(frame) == "2024/25"
    assert latest_shared([]) == ""


@pytest.mark.parametrize("kind", ["term", "calendar_year"])
def test_periods_stand_in_the_order_of_time(kind):
    named = {"term": ["VT26", "HT25", "VT25"], "calendar_year": ["2026", "2025"]}[kind]
    frame = placed(*({"period": one, "period_type": kind, "line": one} for one in named[::-1]))

    assert periods_of(frame) == named


COUNTS = st.tuples(st.integers(0, 300), st.integers(5, 300)).map(lambda c: (min(c), c[1]))


@given(st.lists(COUNTS, min_size=2, max_size=40))
def test_however_they_are_ordered_the_same_is_said(counts):
    places = [place(f"P{at}", 100 * k / n, n) for at, (k, n) in enumerate(counts)]
    by_name = dot_rows(places, "P0")

    assert told(by_name) == told(dot_rows(places[::-1], "P0", Order.VALUE))
    assert {row.key for row in by_name} == {one.key for one in places}


@given(st.integers(5, 200), st.integers(2, 40))
def test_places_that_are_alike_are_never_told_apart(n, many):
    places = [place(f"P{at}", 50.0, 2 * n) for at in range(many)]

    verdicts = set(told(dot_rows(places, "P0")).values())
    assert verdicts == {None, Verdict.WITHIN_VARIATION}


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Lägeskommun", "lägeskommun", True),
        ("läges  kommun", " Läges kommun. ", True),
        ("hemkommun", "lägeskommun", False),
        ("", "", False),
        (" ", "lägeskommun", False),
        (None, None, True),
        (None, "hemkommun", False),
    ],
)
def test_what_is_counted_alike_is_told_by_the_words_and_nothing_by_silence(one, other, alike):
    assert counted_alike(one, other) is alike
    assert counted_alike(other, one) is alike


def test_ways_of_counting_are_suggested_once():
    assert said_once(["Lägeskommun", "lägeskommun ", "hemkommun"]) == ["Lägeskommun", "hemkommun"]
