"""Röntgen av arbetet in a browser, on the demo: a finding is mended or explained, by keyboard."""

import pytest
from tests.the_demo import kim_of_the_demo

PAGE = "/ekhult/rontgen/arbetet"
START = "/ekhult/oversikt"
UNIT = "/ekhult/enheter/ekhults-centralskola/overlamning"


@pytest.fixture
def kim(db, demo):
    return kim_of_the_demo(db)


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])
def test_a_finding_is_explained(reader, kim, javascript):
    kim_at = reader(kim, javascript=javascript)
    page = kim_at.open(PAGE)
    first = page.get_by_text("Det är som det ska").first
    first.focus()
    page.keyboard.press("Enter")
    page.get_by_label("Varför är det som det ska?").first.fill("Vi har valt att vänta.")
    page.get_by_role("button", name="Stäng fyndet").first.click()

    page.get_by_text("Fyndet är stängt.").wait_for()
    page.get_by_text("Vi har valt att vänta.").wait_for()


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])
def test_the_start_page_leads_to_what_is_worth_mending(reader, kim, javascript):
    kim_at = reader(kim, javascript=javascript)
    page = kim_at.open(START)
    if not javascript:
        page.locator("#worth_work").get_by_role("link", name="Se det viktigaste").click()
    rows = page.locator("#worth_work .worth > li")
    rows.first.wait_for()

    assert 1 <= rows.count() <= 5
    assert "Översikt" in page.title() or not javascript
    rows.first.get_by_role("link").first.click()
    page.wait_for_load_state()
    assert "/oversikt" not in page.url


@pytest.mark.parametrize(("width", "dark"), [(1366, False), (320, True)])
def test_axe_finds_nothing(reader, kim, width, dark):
    kim_at = reader(kim, width=width, dark=dark)
    for path in (START, PAGE, f"{PAGE}/regler", "/ekhult/idag", UNIT):
        page = kim_at.open(path)
        if path == START:
            page.locator("#worth_work .worth").wait_for()
            page.locator("#worth_values > *").first.wait_for()
        kim_at.shoot(f"rontgen-{path.rsplit('/', 1)[-1]}-{width}")
        assert kim_at.axe() == [], path
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0
