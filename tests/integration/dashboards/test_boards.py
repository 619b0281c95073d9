"""Tavlor of the demo: drawn in few questions, rearranged by each for themselves."""

import re
from html import unescape

import pytest
from tests.factories.indicator_values import value
from tests.factories.shelves import store_values
from tests.the_demo import kim_of_the_demo, person_of_the_demo

from ska.accounts.models import Person
from ska.dashboards.held import shipped
from ska.organizers.models import Organizer


@pytest.fixture
def browse(db, demo):
    return db.browse(kim_of_the_demo(db))


def headings(answer):
    return [unescape(re.sub("<[^>]+>", "", one)).strip() for one in
            re.findall(r"<h2 id=\"tile-\d+\">(.*?)</h2>", answer.text, re.S)]  # fmt: skip


@pytest.mark.parametrize("board", ["huvudman", "enhet", "namnd"])
def test_a_shipped_tavla_shows_its_charts_in_six_questions(browse, statements, board):
    browse.get(f"/ekhult/tavlor/{board}")
    statements.clear()
    answer = browse.get(f"/ekhult/tavlor/{board}")

    assert answer.status_code == 200
    assert len(statements) <= 6
    shown, _, empty = answer.text.partition('<section class="tile wide empty-tiles"')
    bare = re.findall(r"<li>.*?</li>", empty.partition("</section>")[0])
    told = sum(
        1 + one.count(" · ") for one in bare
    )  # how one indicator would be shown, if it could
    assert shown.count('<section class="tile') + told == len(shipped()[board].tiles)
    assert answer.text.count("<figure") >= 1
    ids = re.findall(r' id="([^"]+)"', answer.text)
    assert len(ids) == len(set(ids))


def test_a_tavla_made_in_one_huvudman_works_in_another(db, demo):
    with db.as_owner() as session:
        person = session.query(Person).filter(Person.email.like("%@lindasa.example")).first()
    answer = db.browse(person).get("/lindasa/tavlor/namnd")

    assert "Lindåsa" in answer.text
    assert "83,1" in answer.text
    assert "Inga värden inlästa än." in answer.text


def empty_of(answer):
    told = answer.text.partition("empty-tiles")[2].partition("</section>")[0]
    return unescape(told).replace("\u00a0", " ")


def test_a_board_without_values_says_why_once_and_how_they_come_in(db, demo):
    petra = db.browse(person_of_the_demo(db, "petra@granasa.example"))
    told = empty_of(petra.get("/granasa/tavlor/huvudman"))

    assert "Inget på tavlan har värden än" in told
    assert told.count("Inga värden inlästa än.") == 1
    assert told.count("Inga värden inlästa för enheterna än.") == 1
    assert told.count("Lägst betyget E i samtliga ämnen, årskurs 9") == 1
    assert "Granåsa, trend · flickor och pojkar · samma årskull" in told
    assert 'href="/granasa/resultat/las-in"' in told
    assert 'href="/granasa/resultat?varden=ja"' in told


def test_who_may_not_read_values_in_is_told_who_may(db, demo):
    sam = db.browse(person_of_the_demo(db, "sam@ekhult.example"))
    told = empty_of(sam.get("/ekhult/tavlor/enhet?enhet=ekhults-centralskola"))

    assert "Den som är kvalitetsutvecklare kan läsa in värden." in told
    assert "las-in" not in told


def test_where_what_is_read_in_may_not_be_shown_that_is_the_reason(db, demo):
    petra = person_of_the_demo(db, "petra@granasa.example")
    with db.as_owner() as session:
        granasa = session.query(Organizer).filter_by(slug="granasa").one()
        session.expunge(granasa)
    few = value(
        "2025/26", 50.0, 4, source="local", measure="gr-alla-amnen-ak9",
        title="gr-alla-amnen-ak9", area="Granåsa", area_code=granasa.organisation_number,
        organizer_number=granasa.organisation_number,
    )  # fmt: skip
    store_values(few, organizer=granasa)

    told = empty_of(db.browse(petra).get("/granasa/tavlor/namnd"))

    assert "Inget värde att visa: för få elever, eller skydd" in told


def test_a_cohort_is_seen_in_both_its_grades_without_a_word_of_change(browse):
    page = unescape(browse.get("/ekhult/tavlor/huvudman").text).replace("\u00a0", " ")

    assert "Kullen 2025/26: 81,4 % i årskurs 6, 61,8 % i årskurs 9" in page
    assert "Måtten är inte desamma, så det går inte att säga att något har ändrats." in page


def test_the_unit_board_asks_for_a_unit_and_says_whose_values_it_shows(browse):
    answer = browse.get("/ekhult/tavlor/enhet?enhet=ekhults-centralskola")

    assert "Enheten – Ekhults centralskola" in answer.text
    assert "Flickor" in answer.text
    assert browse.get("/ekhult/tavlor/enhet?enhet=finns-inte").status_code == 404
    assert browse.get("/ekhult/tavlor/finns-inte").status_code == 404


def test_tiles_are_moved_added_taken_away_and_taken_back_by_each_for_themselves(db, demo, browse):
    page = "/ekhult/tavlor/namnd"
    first = headings(browse.get(page))
    browse.post(f"{page}/andra", {"act": "ner-0"})
    moved = headings(browse.get(page))
    assert moved == [first[1], first[0], *first[2:]]
    browse.post(f"{page}/andra", {"act": "bort-0"})
    tile = {"show": "trend", "indicator": "gr-ma-ak9", "of": "huvudmannen"}
    assert browse.post(f"{page}/rutor", tile).status_code == 303
    assert len(headings(browse.get(page))) == len(first)
    assert "matematik" in headings(browse.get(page))[-1].lower()
    assert browse.post(f"{page}/rutor", {**tile, "show": "x"}).status_code == 422
    with db.as_owner() as session:
        robin = session.query(Person).filter_by(email="robin@ekhult.example").one()
    assert headings(db.browse(robin).get(page)) == first
    browse.post(f"{page}/aterstall", {})
    assert headings(browse.get(page)) == first
