"""The search as a page and for programs."""

from __future__ import annotations

import time

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.chain import (
    ActionFactory,
    AnalysisFactory,
    CauseFactory,
)
from tests.factories.framework import LocalGoalFactory, load_shipped
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory
from tests.factories.writing import WrittenTextFactory

from ska.access import Role

API = "/api/v1/organizers/ekhult/search"


@pytest.fixture
def ekhult(db):
    return OrganizerFactory()


@pytest.fixture
def kim(db, ekhult):
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=ekhult)
    return person


def test_the_page_marks_words_and_escapes_the_rest(db, ekhult, kim):
    AnalysisFactory(organizer=ekhult, title="<script>alert(1)</script> studiero")

    page = db.browse(kim).get("/ekhult/sok?q=studiero")

    assert "<mark>studiero</mark>" in page.text
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert(1)" in page.text
    assert "Visar 1–1 av 1" in page.text


def test_the_page_says_what_to_do_when_nothing_is_found(db, kim):
    browse = db.browse(kim)

    assert "Skriv ett eller flera ord" in browse.get("/ekhult/sok").text
    assert "Inget hittades på ”xyzzy”" in browse.get("/ekhult/sok?q=xyzzy").text
    assert "Inget hittades på ”&lt;xyzzy&gt;”" in browse.get("/ekhult/sok?q=<xyzzy>").text


@pytest.mark.parametrize("words", ["studiero " * 900, "x" * 8_000])
def test_a_search_that_is_too_long_says_so_beside_the_box(db, ekhult, kim, words):
    AnalysisFactory(organizer=ekhult, title="Studiero")

    page = db.browse(kim).get("/ekhult/sok", params={"q": words})

    assert page.status_code == 200
    assert "Det var för långt att söka på" in page.text
    assert 'id="field-q"' in page.text
    assert ("<mark>Studiero</mark>" in page.text) is ("studiero" in words)
    assert len(page.text) < 60_000


@pytest.mark.parametrize("page", ["-1", "0", "999999999999", "x"])
def test_odd_page_numbers_do_no_harm(db, ekhult, kim, page):
    AnalysisFactory(organizer=ekhult, title="Studiero")

    assert db.browse(kim).get(f"/ekhult/sok?q=studiero&sida={page}").status_code in {200, 404}


def test_pages_to_go_to_are_found_by_those_who_may(db, ekhult, kim):
    politician = PersonFactory()
    RoleAssignmentFactory(person=politician, organizer=ekhult, role=Role.POLITICIAN)

    mine = db.browse(kim).api("GET", f"{API}?q=ny+analys").json()
    theirs = db.browse(politician).api("GET", f"{API}?q=ny+analys").json()

    assert mine["hits"][0]["href"] == "/ekhult/2026-27/analyser/ny"
    assert mine["total"] == 1
    assert theirs["total"] == 0


def test_the_answer_for_programs_holds_parts_and_no_markup(db, ekhult, kim):
    AnalysisFactory(organizer=ekhult, title="<i>Studiero</i>")

    hit = db.browse(kim).api("GET", f"{API}?q=studiero").json()["hits"][0]

    assert hit["title"] == [
        {"text": "<i>", "hit": False},
        {"text": "Studiero", "hit": True},
        {"text": "</i>", "hit": False},
    ]


def test_nothing_of_another_huvudman_is_found_or_counted(db, ekhult, kim):
    lindasa = OrganizerFactory(name="Lindåsa")
    analysis = AnalysisFactory(organizer=lindasa, title="Kanariefågel")
    CauseFactory(analysis=analysis, text="Kanariefågel")
    ActionFactory(organizer=lindasa, title="Kanariefågel")
    SchoolUnitFactory(organizer=lindasa, name="Kanariefågel")
    LocalGoalFactory(organizer=lindasa, title="Kanariefågel")
    WrittenTextFactory(
        organizer=lindasa, subject_kind="analysis", subject_id=analysis.id, text="Kanariefågel"
    )
    browse = db.browse(kim)

    for word in ("kanariefågel", "kanarie", "kana"):
        assert browse.api("GET", f"{API}?q={word}").json()["total"] == 0
    page = browse.get("/ekhult/sok?q=kanarie").text
    assert "Kanariefågel" not in page
    assert browse.get("/lindasa/sok?q=kanarie").status_code == 404


@pytest.mark.parametrize(
    "words",
    [
        "kanarie & !x | (y <-> z):*",
        "'; DROP TABLE analysis; --",
        '"kanarie" OR 1=1',
        "kanarie%' OR title LIKE '%",
        "%_%",
        "\\' \\",
        "kanarie\0fågel",
        "😀 kanarie",
        "å" * 10_000,
        "kanarie " * 200,
        ":*",
        "''",
        "\u202ekanarie",
    ],
    ids=lambda words: words[:12].encode("unicode_escape").decode(),
)
def test_odd_words_neither_break_nor_reach_further(db, ekhult, kim, words):
    lindasa = OrganizerFactory(name="Lindåsa")
    AnalysisFactory(organizer=lindasa, title="Kanariefågel")
    browse = db.browse(kim)

    page = browse.send("GET", "/ekhult/sok", params={"q": words})
    answer = browse.api("GET", API, params={"q": words})

    assert page.status_code in {200, 404}
    assert answer.status_code in {200, 422}
    assert "Kanariefågel" not in page.text + answer.text
    assert answer.status_code == 422 or answer.json()["total"] == 0


def test_a_person_with_two_huvudman_finds_only_those_of_the_address(db, ekhult, kim):
    lindasa = OrganizerFactory(name="Lindåsa")
    RoleAssignmentFactory(person=kim, organizer=lindasa)
    AnalysisFactory(organizer=lindasa, title="Kanariefågel")

    assert db.browse(kim).api("GET", f"{API}?q=kanarie").json()["total"] == 0


def test_few_questions_and_quick_however_much_there_is(db, ekhult, kim, statements):
    load_shipped()
    browse = db.browse(kim)
    analyses = [AnalysisFactory(organizer=ekhult, title=f"Läsår {n}") for n in range(30)]
    with db.as_owner() as session:
        from ska.analyses.models import Finding

        session.add_all(
            Finding(
                organizer_id=ekhult.id,
                analysis_id=analysis.id,
                kind="challenge",
                text="Studieron varierar mellan klasser och lärare " * 8,
            )
            for analysis in analyses
            for _ in range(40)
        )
    browse.api("GET", f"{API}?q=studiero")
    statements.clear()
    searching, empty = [], []
    for _ in range(5):
        before = time.perf_counter()
        answer = browse.api("GET", f"{API}?q=studiero+klass")
        between = time.perf_counter()
        browse.get("/ekhult/enheter")
        searching.append(between - before)
        empty.append(time.perf_counter() - between)

    assert answer.json()["total"] == 30
    assert len(statements) <= (6 + 6) * 5
    assert min(searching) < 12 * min(empty)


def test_the_api_leads_through_all_hits(db):
    ekhult = OrganizerFactory()
    for number in range(5):
        ActionFactory(organizer=ekhult, title=f"Samtal {number}")
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=ekhult)
    browse = db.browse(person)
    path, seen = f"{API}?q=samtal&limit=2", []
    while path:
        answer = browse.api("GET", path)
        seen.append([hit["name"] for hit in answer.json()["hits"]])
        path = answer.links.get("next", {}).get("url")

    assert [len(page) for page in seen] == [2, 2, 1]
    assert len({name for page in seen for name in page}) == 5
    assert browse.api("GET", f"{API}?q=samtal&cursor=LTE").status_code == 422  # "-1"
