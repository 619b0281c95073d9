"""The start page's words: what waits, late first; where the year is; who I am here."""

from datetime import date
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from ska.core.school_year import SchoolYear
from ska.overview.rules.home import HomeRow, Kind, greeting, guide, todo_list, year_now

TODAY = date(2026, 11, 24)
PATHS = {"path": "/ekhult", "year_path": "/ekhult/2026-27"}
DAYS = st.dates(date(2026, 7, 1), date(2026, 12, 24))  # until soon


def row(kind, title, day=None, extra="", unit_id=None):
    return HomeRow(kind, uuid4(), title, day, unit_id, extra)


def test_what_is_late_comes_first_and_says_how_late():
    rows = [
        row(Kind.STEP, "Enhetsanalys klar", date(2026, 12, 1), "where_are_we"),
        row(Kind.DRAFT, "Kunskapsresultat", extra="2026"),
        row(Kind.FOLLOW_UP, "Tidig kartläggning", date(2026, 11, 20)),
    ]

    todo, waiting = todo_list(rows, TODAY, **PATHS)

    assert [one.verb for one in todo] == ["Följ upp", "Fortsätt med", "Gör klart"]
    assert todo[0].due == "Skulle vara klar 20 november 2026, 4\u00a0dagar sen"
    assert (todo[0].status, todo[0].is_late) == ("Försenad", True)
    assert todo[1].href.startswith("/ekhult/2026-27/analyser/")
    assert waiting == 3


def test_a_unit_is_named_once():
    unit = row(Kind.UNIT, "Ekhults centralskola")
    step = row(Kind.STEP, "Enhetsanalys klar", date(2026, 12, 1), unit_id=unit.id)
    draft = row(Kind.DRAFT, "Läget på Ekhults centralskola", extra="2026", unit_id=unit.id)

    todo, _waiting = todo_list([unit, step, draft], TODAY, **PATHS)

    assert [one.text for one in todo] == [
        "Läget på Ekhults centralskola",
        "Enhetsanalys klar, Ekhults centralskola",
    ]


@given(st.lists(st.tuples(st.sampled_from([Kind.STEP, Kind.FOLLOW_UP]), DAYS), max_size=12))
def test_never_more_than_three_and_never_a_later_one_before_an_earlier(given_rows):
    rows = [row(kind, f"{at}", day) for at, (kind, day) in enumerate(given_rows)]

    todo, waiting = todo_list(rows, TODAY, **PATHS)

    assert len(todo) == min(3, waiting)
    shown = sorted(day for _kind, day in given_rows)[:3]
    assert sorted(one.is_late for one in todo) == sorted(day < TODAY for day in shown)


def test_the_greeting_says_role_and_place():
    assert greeting("Kim Ek", ["kvalitetsutvecklare"], "Ekhult") == (
        "Hej Kim. Du är kvalitetsutvecklare i Ekhult."
    )
    assert greeting("Robin Al", ["tf rektor"], "Ekhult", "Ekhults centralskola") == (
        "Hej Robin. Du är tf rektor på Ekhults centralskola."
    )
    assert greeting("Kim Ek", [], "Ekhult") == "Hej Kim."


def test_the_year_now_marks_the_month_and_the_next_step():
    rows = [
        row(Kind.STEP, "Delårsuppföljning", date(2027, 1, 22), "how_did_it_go"),
        row(Kind.STEP, "Redan försenat", date(2026, 11, 1), "where_to"),
    ]

    asked = {"how_did_it_go": "Hur blev det?"}
    now = year_now(rows, TODAY, SchoolYear(2026), asked, year_path="/ekhult/2026-27")

    assert [name for name, is_now in now.months if is_now] == ["nov"]
    assert (now.phase, now.next_title) == ("Hur blev det?", "Delårsuppföljning")
    assert now.next_due == "22 januari 2027"
    assert now.next_href == f"/ekhult/2026-27/arshjul/steg/{rows[0].id}"


def test_a_heading_of_a_wheels_own_is_no_question_of_now():
    rows = [row(Kind.STEP, "Årsredovisning", date(2027, 2, 25), "Kalenderårets tidtabell")]

    now = year_now(rows, TODAY, SchoolYear(2026), {}, year_path="")

    assert (now.phase, now.next_title) == ("", "Årsredovisning")


def test_what_is_far_ahead_is_no_thing_to_do_now():
    rows = [
        row(Kind.STEP, "Återkoppling", date(2026, 12, 24)),
        row(Kind.STEP, "Halvårsavstämning", date(2026, 12, 25)),
    ]

    todo, waiting = todo_list(rows, TODAY, **PATHS)

    assert [one.text for one in todo] == ["Återkoppling"]
    assert waiting == 1


def test_the_guide_knows_what_is_done_and_can_be_put_away():
    rows = [
        row(Kind.COUNT, "analyses", extra="2"),
        row(Kind.COUNT, "actions", extra="0"),
        row(Kind.COUNT, "people", extra="1"),
    ]

    steps = guide(rows, has_values=True, **PATHS)

    assert [one.is_done for one in steps] == [True, True, False, False]
    assert guide([*rows, row(Kind.GUIDE, "guide")], has_values=True, **PATHS) is None


def test_a_guide_of_which_all_is_done_is_gone():
    rows = [row(Kind.COUNT, name, extra="2") for name in ("analyses", "actions", "people")]

    assert guide(rows, has_values=True, **PATHS) == []
