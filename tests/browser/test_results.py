"""The indicator page in a browser: drawn with JavaScript, a table without, nothing for axe."""

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.story_1 import story_1

PAGE = "/ekhult/resultat/gr-alla-amnen-ak9?enhet=ekhults-centralskola"
LIST = "/ekhult/resultat?enhet=ekhults-centralskola"


@pytest.fixture
def kim(db):
    ekhult, _unit = story_1()
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=ekhult)
    return person


def test_the_trend_is_drawn_and_the_table_is_a_tab_away(reader, kim):
    page = reader(kim).open(PAGE)

    page.wait_for_selector("figure[data-drawn] .main-svg", timeout=30_000)
    assert page.locator(".scatterlayer .trace").count() == 3
    page.get_by_role("tab", name="Tabell").click()
    assert page.get_by_role("cell", name="50–72 %").is_visible()


def test_without_javascript_the_table_and_the_still_picture_are_there(reader, kim):
    page = reader(kim, javascript=False).open(PAGE)

    assert page.get_by_role("cell", name="50–72 %").is_visible()
    page.locator("svg.trend-wide").wait_for()
    page.get_by_label("Visa värden för").select_option(label="Ekhult (huvudmannen)")
    page.get_by_role("button", name="Visa").click()
    assert page.get_by_role("columnheader", name="Riket").is_visible()


def test_from_the_list_to_the_number(reader, kim):
    page = reader(kim).open(LIST)

    page.get_by_label("Bara de som har värden").check()
    page.get_by_role("button", name="Visa").click()
    page.get_by_role("link", name="Lägst betyget E i samtliga ämnen, årskurs 9", exact=True).click()

    assert "61,8" in page.get_by_role("heading", level=2).first.inner_text()


@pytest.mark.parametrize(("width", "dark"), [(1366, False), (320, True)])
def test_axe_finds_nothing(reader, kim, width, dark):
    kim_at = reader(kim, width=width, dark=dark)
    for path, name in ((PAGE, "indikator"), (LIST, "resultat"), (f"{LIST}&vy=tabell", "tabell")):
        page = kim_at.open(path)
        if name == "indikator":
            page.wait_for_selector("figure[data-drawn] .main-svg", timeout=30_000)
        kim_at.shoot(f"{name}-{width}")
        assert kim_at.axe() == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_newcomer_reaches_a_saved_analysis_in_four_clicks(reader, kim):
    kim_at = reader(kim, width=320, dark=True)
    page = kim_at.open("/")

    page.get_by_role("link", name="Lägst betyget E i samtliga ämnen, årskurs 9", exact=True).click()
    page.get_by_role("link", name="Vad ser vi?").click()
    page.get_by_role("button", name="Spara som underlag").click()

    page.get_by_text("Siffrorna är sparade som underlag.").wait_for()
    assert "/analyser/" in page.url
    page.get_by_text("Visa bilden här").click()
    page.locator(".pinned img").evaluate("picture => picture.decode()")
    kim_at.shoot("underlag-med-bild")
    assert kim_at.axe() == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize(("width", "dark"), [(1366, False), (320, True)])
def test_axe_finds_nothing_on_the_start_page(reader, kim, width, dark):
    kim_at = reader(kim, width=width, dark=dark)
    seen = "/ekhult/resultat/gr-alla-amnen-ak9/underlag"
    for path, name in (("/ekhult/oversikt", "oversikt"), (seen, "underlag")):
        page = kim_at.open(path)
        kim_at.shoot(f"{name}-{width}")
        assert kim_at.axe() == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width
