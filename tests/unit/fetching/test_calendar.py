"""The calendar of publications: what comes, and what has come since the last fetch."""

from datetime import date

from ska.fetching.calendar import SOURCE_NAMES, coming, due_between, publications


def test_every_line_has_a_known_source_and_a_key_of_its_own():
    lines = publications()

    assert len({one.key for one in lines}) == len(lines) >= 15
    assert {one.source for one in lines} <= set(SOURCE_NAMES)
    assert {one.certainty for one in lines} <= {"seen", "inferred"}


def test_the_next_day_is_today_or_later_in_this_year_or_the_next():
    found = {one.key: day for day, one in coming(date(2026, 9, 25))}

    assert found["betyg-ak9"] == date(2026, 9, 25)
    assert found["salsa"] == date(2027, 1, 30)
    assert list(found.values()) == sorted(found.values())


def test_what_has_come_is_due_the_day_after_and_not_twice():
    grades = date(2026, 9, 25)

    assert [one.key for _day, one in due_between(date(2026, 9, 24), grades)] == []
    assert [one.key for _day, one in due_between(date(2026, 9, 24), date(2026, 9, 26))] == [
        "betyg-ak9"
    ]
    assert due_between(date(2026, 9, 26), date(2026, 9, 28)) == []


def test_a_long_silence_asks_for_a_year_at_most():
    found = due_between(date(2020, 1, 1), date(2026, 9, 26))

    assert len(found) == len(publications())
    assert len({one.key for _day, one in found}) == len(found)
