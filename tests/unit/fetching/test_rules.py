"""Waits, batches and titles: what a client decides without asking anybody."""

from datetime import UTC, datetime

import pytest

from ska.fetching.polite import Question, origin_of
from ska.fetching.rules import KOLADA, STATISTICS_DATABASE, batches, retry_after_of, wait_of
from ska.fetching.sources.kolada import adds_up, same_title
from ska.fetching.sources.statistics_database import levels_at_once, moved_labels

NOW = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)


def test_the_source_decides_how_long_to_wait_when_it_says():
    assert wait_of(KOLADA, 0, 7.0, 0.5) == 7.5
    assert wait_of(KOLADA, 0, 86_400, 0.0) == 300
    assert retry_after_of("12", NOW) == 12
    assert retry_after_of("Thu, 26 Nov 2026 08:00:30 GMT", NOW) == 30
    assert retry_after_of("Thu, 26 Nov 2026 07:00:00 GMT", NOW) == 0
    assert retry_after_of("i morgon", NOW) is None
    assert retry_after_of(None, NOW) is None


def test_a_bare_429_of_the_statistics_database_waits_longer_and_longer():
    waits = [wait_of(STATISTICS_DATABASE, attempt, None, 0.0) for attempt in range(6)]

    assert waits == [5, 15, 30, 60, 120, 120]
    assert wait_of(STATISTICS_DATABASE, 0, None, 1.0) == 7.5  # spread out, so that two do not meet


def test_ids_go_in_batches_of_25():
    assert [len(some) for some in batches(range(85), 25)] == [25, 25, 25, 10]


@pytest.mark.parametrize(
    ("known", "found", "same"),
    [
        ("Elever i åk 9,  andel (%)", "Elever i åk 9, andel (%)", True),
        ("Elever i åk. 9, andel (%)", "Elever i åk 9, andel (%)", True),
        ("Elever, andel (%)", "Elever, andel (%) (-2023)", True),
        ("Meritvärde i åk 9", "Lärare med legitimation", False),
    ],
)
def test_a_figure_is_known_by_id_and_title(known, found, same):
    assert same_title(known, found) is same


def test_count_is_rows_of_the_page_or_of_all_pages():
    assert adds_up([(5_000, 5_000), (1_099, 1_099)])
    assert adds_up([(5_000, 6_099), (1_099, 6_099)])
    assert not adds_up([(5_000, 6_099)])


def test_cells_stay_under_the_limits_of_the_source():
    assert levels_at_once(51, 4) == 200
    assert levels_at_once(1_000, 20) == 62
    assert levels_at_once(1_000, 2_000) == 1


def test_moved_codes_and_changed_words_raise_an_alarm():
    before = {"Delmål 1: A": "24", "Delmål 1: B": "25", "Elever": "1", "Borta": "9"}
    after = {"Delmål 1: A": "26", "Delmål 1: Bättre B": "25", "Elever": "1"}

    assert moved_labels(before, after) == [
        "”Delmål 1: A” har flyttat från kod 24 till 26.",
        "”Delmål 1: B” (kod 25) heter nu ”Delmål 1: Bättre B”.",
        "”Borta” finns inte längre i tabellen.",
    ]


def test_two_questions_never_share_an_answer():
    one = Question("x", "https://a.test/data", b"[1]")

    assert one.key != Question("x", "https://a.test/data", b"[2]").key
    assert one.key != Question("x", "https://a.test/data").key
    assert one.key == Question("y", "https://a.test/data", b"[1]").key
    assert origin_of("HTTPS://A.test:443/x") == "https://a.test:443"
