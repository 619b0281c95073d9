"""At 320 px the demo's pages stand still sideways; the year's longest words included."""

import pytest
from tests.the_demo import kim_of_the_demo

PAGES = (
    "/ekhult/oversikt",
    "/ekhult/oversikt/var-star-vi",
    "/ekhult/malsattningar",
    "/ekhult/resultat",
    "/ekhult/resultat/gr-alla-amnen-ak9",
    "/ekhult/2026-27/analyser",
    "/ekhult/insatser",
    "/ekhult/2026-27/arshjul",
    "/ekhult/sok?q=matematik",
)
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# The name of a huvudman with longer words, beside notices that wait.
UNCUT = (
    """name => { name.textContent = "Storlunda"; return name.scrollWidth <= name.clientWidth }"""
)


@pytest.fixture
def kim(db, demo):
    return kim_of_the_demo(db)


def test_no_page_scrolls_sideways_and_axe_finds_nothing(reader, kim):
    at = reader(kim, width=320, dark=True)
    for path in PAGES:
        page = at.open(path)
        assert page.evaluate(WIDER) <= 0, path
        assert at.axe() == [], path
    page = at.open("/ekhult/2026-27/analyser")
    assert page.locator(".bar .organizer span").first.evaluate(UNCUT)
    page.get_by_role("link", name="Kunskapsresultat i årskurs 9").first.click()
    page.wait_for_load_state()
    assert page.evaluate(WIDER) <= 0
    assert at.axe() == []


def test_the_longest_thread_fits_in_an_ordinary_window(reader, kim):
    page = reader(kim).open("/ekhult/insatser")
    page.get_by_role("link", name="Följ frånvaron").click()
    page.wait_for_load_state()

    assert page.locator(".thread.wide .thread-step").count() == 9
    assert page.locator(".thread.wide > ol").evaluate("e => e.scrollWidth - e.clientWidth") <= 0
    assert page.locator(".thread.wide").evaluate(
        "e => Math.max(...[...e.querySelectorAll('*')].map(o => o.getBoundingClientRect().right))"
        " <= e.getBoundingClientRect().right"
    )


def test_axe_bites(reader):
    one = reader()
    one.page.set_content("<main><h1>En sida</h1><img src='data:,'><input></main>")

    assert {found.partition(":")[0] for found in one.axe()} >= {"image-alt", "label"}
