"""Choosing municipalities like one's own: by keyboard, without JavaScript, narrow and dark."""

import pytest
from tests.factories.alike import FACTOR, HJO_PAGE, hjo_among_twenty


@pytest.fixture
def kim(db):
    return hjo_among_twenty(db)


def add(page, words):
    """Add a measure by what it is called, with the keyboard alone."""
    page.get_by_label("Lägg till ett mått").fill(words)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_from_a_first_question_to_the_meeting_without_javascript(reader, kim):
    page = reader(kim, javascript=False).open(HJO_PAGE)

    page.get_by_text("Ändra vad som jämförs").click()
    page.get_by_label("Vilka?").select_option(label="Lika oss i egna mått och vikter")
    page.get_by_role("button", name="Visa").first.click()
    assert page.get_by_role("heading", name="I vad ska de vara lika er?").is_visible()
    add(page, "kostnad")
    assert page.get_by_text("Flera mått passar ”kostnad”").is_visible()
    add(page, "utländsk bakgrund")
    add(page, "invånare")
    page.get_by_label("Invånare totalt, antal").select_option(label="5, väger mest")
    page.get_by_label("Hur många kommuner?").select_option("5")
    page.get_by_role("button", name="Visa").last.click()
    why = page.get_by_role("region", name="De minst olika först, efter er egen kommun")
    why.get_by_role("row").nth(6).wait_for()
    assert why.get_by_role("row").count() == 7
    assert "vikt 5" in why.inner_text()
    page.get_by_role("link", name="Spara som vy").click()
    page.get_by_label("Vad ska vyn heta?").fill("De som är som vi")
    page.get_by_role("button", name="Spara").click()
    assert f"lik={FACTOR}%3A3&lik=N01951%3A5&antal=5" in page.url
    page.get_by_label("Invånare totalt, antal").select_option(label="Ta bort måttet")
    page.get_by_role("button", name="Visa").last.click()
    assert "N01951" not in page.content()


@pytest.mark.parametrize(("width", "dark"), [(1366, False), (320, True)])
def test_axe_finds_nothing(reader, kim, width, dark):
    kim_at = reader(kim, width=width, dark=dark)
    asked = f"{HJO_PAGE}&vilka=lika&lik={FACTOR}:3&lik=N01951:1&lik=x:1"
    for path, name in ((asked, "lika"), (f"{HJO_PAGE}&vilka=lika&lagg_matt=kostnad", "vilket")):
        page = kim_at.open(path)
        kim_at.shoot(f"{name}-{width}")
        assert kim_at.axe() == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width
