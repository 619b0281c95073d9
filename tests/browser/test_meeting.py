"""Many before one screen: each page of charts is shown large, without its frame, and left again."""

import pytest
from tests.axes import words_below
from tests.the_demo import kim_of_the_demo, person_of_the_demo

HEIGHTS = "all => all.map(one => one.getBoundingClientRect().height).filter(one => one > 0)"
PAGES = (
    "/storlunda/jamfor?vad=gr-alla-amnen-ak9&vilka=enheter&som=tratt",
    "/storlunda/resultat/gr-alla-amnen-ak9?enhet=centralskolan",
    "/storlunda/jamfor/salsa",
    "/storlunda/np-betyg",
)


@pytest.fixture
def vera(db, demo):
    return person_of_the_demo(db, "vera@storlunda.example")


def heights_of(page, javascript):
    if javascript:
        page.locator("figure[data-drawn]").first.wait_for()
    picture = ".canvas" if javascript else ".trend-wide"
    return page.locator(f"figure.chart >> nth=0 >> {picture} text").evaluate_all(HEIGHTS)


@pytest.mark.parametrize("javascript", [True, False])
def test_in_a_meeting_the_words_in_a_picture_are_read_from_across_the_room(
    reader, db, demo, javascript
):
    kim = reader(kim_of_the_demo(db), javascript=javascript)
    heights = heights_of(kim.open("/ekhult/tavlor/enhet?visa=mote"), javascript)

    assert heights
    assert min(heights) >= 20


@pytest.mark.parametrize("javascript", [True, False])
def test_a_page_with_a_chart_is_shown_large_and_left_with_its_question(reader, vera, javascript):
    at = reader(vera, javascript=javascript, dark=javascript)
    for path in PAGES:
        page = at.open(path)
        sentence = page.locator("figure.chart .sentence").first.inner_text()
        page.get_by_role("link", name="Mötesvy").first.click()
        page.wait_for_url("**visa=mote*")

        assert min(heights_of(page, javascript)) >= 20, path
        assert page.locator("figure.chart .sentence").first.inner_text() == sentence
        assert not page.get_by_role("navigation").first.is_visible()
        assert not page.locator("form.filters").first.is_visible()
        if javascript:
            assert at.axe() == [], path
        page.get_by_role("link", name="Lämna mötesvyn").click()
        page.get_by_role("navigation").first.wait_for()
        assert "visa" not in page.url
        assert page.locator("figure.chart .sentence").first.inner_text() == sentence


@pytest.mark.parametrize("width", [320, 1366])
def test_the_years_below_a_picture_have_room_in_a_meeting_too(reader, db, demo, width):
    kim = reader(kim_of_the_demo(db), width=width)
    for path in ("/ekhult/tavlor/enhet", "/ekhult/resultat/gr-alla-amnen-ak9"):
        for view in ("", "?visa=mote"):
            page = kim.open(path + view)
            pictures, met = words_below(page)

            assert pictures, path + view
            assert met == {}, path + view


def test_a_page_without_a_chart_has_nothing_to_hide_in_a_meeting(reader, vera):
    page = reader(vera).open("/storlunda/jamfor?visa=mote")

    assert page.get_by_label("Vad vill du jämföra?").is_visible()
    page.get_by_role("link", name="Lämna mötesvyn").click()
    assert page.url.endswith("/storlunda/jamfor")
