"""Where nothing is read in, nothing is said of a source: a dash is no source."""

import re
from html import unescape

import pytest
from tests.the_demo import person_of_the_demo

PAGES = (
    "gr-alla-amnen-ak9",
    "gr-alla-amnen-ak9?som=kull",
    "gr-alla-amnen-ak9?kant=2020-01-01",
    "gr-alla-amnen-ak6?som=bakgrund",
    "gr-alla-amnen-ak9/om-mattet",
)


def sources(text):
    plain = unescape(re.sub(r"<[^>]+>", " ", text))
    return re.findall(r"Källa(?::|\s\s)\s*(\S+)", plain)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_without_values_names_no_source(demo, db, page):
    petra = db.browse(person_of_the_demo(db, "petra@granasa.example"))

    assert sources(petra.get(f"/granasa/resultat/{page}").text) == []


def test_a_page_with_values_still_does(demo, db):
    petra = db.browse(person_of_the_demo(db, "petra@granasa.example"))

    assert sources(petra.get("/granasa/resultat/gr-alla-amnen-ak6").text)[0] == "egna"


def test_programs_get_no_dash_for_a_source(demo, db):
    petra = db.browse(person_of_the_demo(db, "petra@granasa.example"))

    answer = petra.api(
        "GET", "/api/v1/organizers/granasa/indicators/gr-alla-amnen-ak9/series"
    ).json()

    assert answer["source"] == ""
