"""Every page asks at most six questions, however much there is to show."""

import re

import pytest
from tests.the_demo import NOW, kim_of_the_demo

MOST = 6
PLAIN = (
    "/ekhult/oversikt",
    "/ekhult/resultat",
    "/ekhult/resultat/gr-alla-amnen-ak9",
    "/ekhult/2026-27/analyser",
    "/ekhult/2026-27/analyser/ny",
    "/ekhult/insatser",
    "/ekhult/brister",
    "/ekhult/2026-27/arshjul",
    "/ekhult/malsattningar",
    "/ekhult/notiser",
    "/ekhult/sok?q=matematik",
    "/ekhult/resultat/las-in",
    "/ekhult/enheter",
    "/ekhult/rontgen/arbetet",
    "/ekhult/idag",
    "/profil",
)


@pytest.fixture
def browse(db, demo):
    assert db.clock.now == NOW
    return db.browse(kim_of_the_demo(db))


def _first(browse, page, pattern):
    return re.search(pattern, browse.get(page).text)[1]


def test_no_page_asks_more_than_six(browse, statements):
    analysis = _first(
        browse, "/ekhult/2026-27/analyser", r"(/ekhult/2026-27/analyser/[0-9a-f-]{36})"
    )
    action = _first(browse, "/ekhult/insatser", r"(/ekhult/insatser/[0-9a-f-]{36})")
    follow_up = _first(browse, action, r"(/ekhult/uppfoljningar/[0-9a-f-]{36})")
    part = _first(browse, analysis, rf"({analysis}/andra/fynd/[0-9a-f-]{{36}})")
    thread = part.replace("/andra/fynd/", "/trad/")
    asked = {}
    for path in (*PLAIN, analysis, f"{analysis}/skriv", part, thread, action, follow_up):
        statements.clear()
        assert browse.get(path).status_code == 200, path
        asked[path] = len(statements)

    assert {path: count for path, count in asked.items() if count > MOST} == {}
