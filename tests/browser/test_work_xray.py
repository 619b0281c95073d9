"""Röntgen av arbetet in a browser, on the demo: a finding is mended or explained, by keyboard."""

import pytest
from tests.integration.demo.test_demo import demo, kim_of_the_demo

__all__ = ["demo"]
PAGE = "/ekhult/rontgen/arbetet"
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
    assert page.get_by_text("Vi har valt att vänta.").is_visible()


@pytest.mark.parametrize(("width", "dark"), [(1366, False), (320, True)])
def test_axe_finds_nothing(reader, kim, width, dark):
    kim_at = reader(kim, width=width, dark=dark)
    for path in (PAGE, f"{PAGE}/regler", "/ekhult/idag", UNIT):
        page = kim_at.open(path)
        kim_at.shoot(f"rontgen-{path.rsplit('/', 1)[-1]}-{width}")
        assert kim_at.axe() == [], path
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0
