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
    total, come = re.search(r"(\d+) tråd(?:ar)?: (\w+) har lett till beslut", page).groups()
    total = int(total)
    decided = re.search(r"Beslut: (.*?)\.", said)[1]
    assert sum(int(one) for one in re.findall(r"\d+", decided)) == total
    waits = re.search(r"inget beslut än \((\d+)\)", decided)
    done = total - int(waits[1] if waits else 0)
    assert come == {0: "ingen", total: "alla"}.get(done, str(done))


def test_a_year_without_analyses_says_so(browse):
    assert "Ingen tråd har börjat än" in read(browse.get("/ekhult/2020-21/rod-trad"))


def test_how_far_the_threads_have_come_becomes_an_underlag(browse):
    page = "/ekhult/2025-26/rod-trad"
    form = read(browse.get(f"{page}/underlag"))
    answer = browse.post(f"{page}/underlag", {"text": "Halva vägen har vi inte följt upp"})
    kept = read(browse.get(answer.headers["location"].partition("#")[0]))

    assert f'href="{page}/underlag"' in browse.get(page).text
    assert "Insats: insats" in form
    assert "Uppföljning: uppföljd" in kept
    assert f'<a href="{page}">Se bilden som den är nu' in kept
    assert f"{page}/underlag" not in browse.get("/ekhult/2020-21/rod-trad").text
    api = "/api/v1/organizers/ekhult/years/2025-26/threads"
    assert browse.api("GET", api).json()["table"]["head"] == ["Från", "Till", "Antal"]
    assert browse.api("POST", f"{api}/observations", json={"text": "Se"}).status_code == 201
