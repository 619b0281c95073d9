"""The year's threads as a flow: as many paths as there are insatser and places where one waits."""

import re
from html import unescape

import pytest
from tests.the_demo import kim_of_the_demo


@pytest.fixture
def browse(db, demo):
    return db.browse(kim_of_the_demo(db))


def read(answer):
    return unescape(answer.text).replace("\u00a0", " ")


def test_each_thread_is_told_from_analysis_to_decision_in_six_questions(browse, statements):
    browse.get("/ekhult/2025-26/rod-trad")
    statements.clear()
    page = read(browse.get("/ekhult/2025-26/rod-trad"))

    assert len(statements) <= 6
    said = re.search(r'class="sentence"[^>]*>(.*?)</p>', page)[1]
    assert "Insats: insats" in said
    assert "Uppföljning: uppföljd" in said
    assert "så långt har de kommit" in page
    total = int(re.search(r"(\d+) tråd", page)[1])
    decided = re.search(r"Beslut: (.*?)\.", said)[1]
    assert sum(int(one) for one in re.findall(r"\d+", decided)) == total


def test_a_year_without_analyses_says_so(browse):
    assert "Det finns inget att visa än." in read(browse.get("/ekhult/2020-21/rod-trad"))
