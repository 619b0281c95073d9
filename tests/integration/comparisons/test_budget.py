"""Comparing asks PostgreSQL six times at most, however many units, networks and measures."""

import re
from html import unescape

import pytest
from tests.factories.alike import FACTOR, HJO_PAGE, hjo_among_twenty
from tests.the_demo import kim_of_the_demo, person_of_the_demo

UNITS = "jamfor?vad=gr-alla-amnen-ak9&vilka=enheter"


@pytest.mark.parametrize("shape", ["prickar", "tratt", "sma", "utjamnat"])
def test_units_beside_each_other_are_six_questions(demo, db, statements, shape):
    kim = db.browse(kim_of_the_demo(db))
    statements.clear()

    page = kim.get(f"/ekhult/{UNITS}&som={shape}")

    assert "Backskolan" in page.text
    assert "Nätverk Mellanslätt" in page.text
    assert len(statements) <= 6


def test_conditions_beside_units_are_no_question_more(demo, db, statements):
    vera = db.browse(person_of_the_demo(db, "vera@storlunda.example"))
    counts = []
    for conditions in ("", f"&bakgrund={FACTOR}&bakgrund=gr-foraldrar-eftergymnasial"):
        statements.clear()
        page = vera.get(f"/storlunda/{UNITS}{conditions}")
        counts.append(len(statements))

    assert "Förutsättningar på varje enhet" in page.text
    assert counts[0] == counts[1] <= 6


@pytest.mark.parametrize(
    "more", ["", f"&bakgrund={FACTOR}", "&lagg_matt=N01951", "&lagg_matt=a", "&kant=2026-11-01"]
)
def test_the_first_look_at_who_is_alike_is_six_questions(db, statements, more):
    kim = db.browse(hjo_among_twenty(db))
    statements.clear()

    page = kim.get(f"{HJO_PAGE}&vilka=lika&lik={FACTOR}:3{more}")

    assert "De minst olika först" in page.text
    assert len(statements) <= 6


@pytest.mark.parametrize(
    ("who", "place", "many"),
    [("robin@ekhult.example", "ekhult", 1), ("vera@storlunda.example", "storlunda", 2)],
)
def test_one_begins_with_a_ready_question_that_has_an_answer(
    demo, db, statements, who, place, many
):
    browse = db.browse(person_of_the_demo(db, who))
    statements.clear()

    page = browse.get(f"/{place}/jamfor").text
    asked = len(statements)
    begun = unescape(page.partition('id="begin"')[2].partition("</section>")[0])
    ways = re.findall(r'href="([^"]+)"', begun)

    assert asked <= 6
    assert "Hur många får minst E i alla ämnen i årskurs 6?" in begun
    assert len(ways) >= many
    assert all('class="chart' in browse.get(way).text for way in ways)
