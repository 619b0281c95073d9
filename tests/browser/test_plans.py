"""A plan over four years is written, changed, struck and taken back, with and without a script."""

import pytest
from tests.the_demo import kim_of_the_demo

PAGE = "/ekhult/flerarsplaner"


@pytest.mark.parametrize(
    ("javascript", "width", "dark"),
    [(True, 1366, False), (True, 320, True), (False, 1366, False)],
    ids=["js", "narrow", "no-js"],
)
def test_a_plan_is_written_changed_struck_and_taken_back(db, demo, reader, javascript, width, dark):
    kim_at = reader(kim_of_the_demo(db), javascript=javascript, width=width, dark=dark)
    page = kim_at.open(PAGE)
    assert page.get_by_role("link", name="Matematik").is_visible()  # the demo's plan, this year
    page.get_by_role("link", name="Ny plan").click()
    page.get_by_label("Vad heter planen?").fill("Tre år med digital kompetens")
    page.get_by_label("År 1", exact=True).fill("Källkritik\nProgrammering")
    page.get_by_role("button", name="Spara planen").click()
    page.get_by_text("minst två av åren").first.wait_for()
    _look(kim_at, page, javascript, f"plan-form-{width}")
    page.get_by_label("År 2", exact=True).fill("Digitala verktyg i läsning")
    page.get_by_role("button", name="Spara planen").click()

    page.get_by_text("Planen är sparad.").wait_for()
    section = page.locator("section", has=page.get_by_role("heading", name="Tre år med"))
    assert section.get_by_role("link", name="Källkritik").is_visible()
    section.get_by_text("Digitala verktyg i läsning").wait_for()
    _look(kim_at, page, javascript, f"plans-{width}")

    section.get_by_role("link", name="Ändra planen").click()
    page.get_by_label("År 1", exact=True).fill("Programmering")
    page.get_by_role("button", name="Spara planen").click()
    page.get_by_text("Planen är ändrad").wait_for()
    assert section.get_by_text("Källkritik").count() == 0
    section.get_by_role("button", name="Stryk planen").click()
    page.get_by_text("Den kan tas tillbaka.").wait_for()
    section.get_by_role("button", name="Ta tillbaka").click()
    page.get_by_text("Planen är tillbaka.").wait_for()
    section.get_by_role("link", name="Programmering").click()
    page.get_by_role("heading", name="Programmering").first.wait_for()
    page.get_by_text("Ur flerårsplanen Tre år med digital kompetens").first.wait_for()


def _look(kim_at, page, javascript, name):
    kim_at.shoot(name)
    if javascript:
        assert kim_at.axe() == []
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0
