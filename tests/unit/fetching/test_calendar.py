"""The calendar of publications: what comes, and what has come since the last fetch."""

from datetime import date

from ska.fetching.calendar import SOURCE_NAMES, coming, due_between, publications


def test_every_line_has_a_known_source_and_a_key_of_its_own():
    lines = publications()

    assert len({one.key for one in lines}) == len(lines) >= 15
    assert {one.source for one in lines} <= set(SOURCE_NAMES)
    assert {one.certainty for one in lines} <= {"seen", "inferred"}


def test_the_next_day_is_today_or_later_in_this_year_or_the_next():
    found = {one.key: day for day, one in coming(date(2026, 9, 25), {})}

    assert found["betyg-ak9"] == date(2026, 9, 25)
    assert found["salsa"] == date(2027, 1, 30)
    assert list(found.values()) == sorted(found.values())


def test_what_has_come_is_due_the_day_after_and_not_twice():
    grades = date(2026, 9, 25)

    assert [one.key for _day, one in due_between(date(2026, 9, 24), grades, {})] == []
    assert [one.key for _day, one in due_between(date(2026, 9, 24), date(2026, 9, 26), {})] == [
        "betyg-ak9"
    ]
    assert due_between(date(2026, 9, 26), date(2026, 9, 28), {}) == []


def test_a_long_silence_asks_for_a_year_at_most():
    found = due_between(date(2020, 1, 1), date(2026, 9, 26), {})

    assert len(found) == len(publications())
    assert len({one.key for _day, one in found}) == len(found)


def test_the_day_that_kolada_names_wins_in_the_year_it_names():
    told = {"N15419": date(2026, 10, 5), "N15428": date(2026, 10, 5)}
    day_before, later = date(2026, 9, 20), date(2026, 10, 6)

    assert ("betyg-ak9", date(2026, 10, 5)) in [
        (one.key, day) for day, one in coming(date(2026, 9, 26), told)
    ]
    found = [(day, one.key) for day, one in due_between(day_before, later, told)]
    assert (date(2026, 10, 5), "betyg-ak9") in found
    assert (date(2026, 9, 25), "betyg-ak9") not in found


def test_a_day_of_next_year_leaves_this_years_as_shipped():
    told = {"N15419": date(2027, 9, 24)}

    assert [one.key for _day, one in due_between(date(2026, 9, 24), date(2026, 9, 26), told)] == [
        "betyg-ak9"
    ]
    days = {one.key: day for day, one in coming(date(2026, 12, 1), told)}
    assert days["betyg-ak9"] == date(2027, 9, 24)


def test_figures_that_no_line_covers_have_their_own_day():
    told = {"N11111": date(2026, 12, 3), "N11112": date(2026, 12, 3)}

    ((day, one),) = [found for found in coming(date(2026, 12, 1), told) if found[1].key == "kolada"]
    assert (day, one.measures) == (date(2026, 12, 3), "N11111, N11112")
    assert due_between(date(2026, 12, 1), date(2026, 12, 3), told) == []
    assert due_between(date(2026, 12, 1), date(2026, 12, 4), told) == [(day, one)]
