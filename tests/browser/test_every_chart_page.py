"""Every kind of chart on a page with values: axe, 320 px, dark, paper and the keyboard alone."""

import re

import pytest
from tests.browser.test_keyboard import Keys
from tests.chart_pages import KINDS, LEDGER, somebody_at
from tests.pdf_text import words_of

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# What is read first in each figure is seen, and large enough to be more than an empty frame.
EMPTY = """all => all.filter((one) => ![...one.querySelectorAll(".plot svg, table")]
    .filter((part) => part.checkVisibility()).map((part) => part.getBoundingClientRect())
    .some(({ width, height }) => width > 100 && height > 40)).map((one) => one.id)"""
# Words in a picture that the ground behind it makes hard to read (WCAG 1.4.3).
FAINT = """all => {
  const bright = (color) => { const [r, g, b] = color.match(/[\\d.]+/g).slice(0, 3)
    .map((part) => part / 255).map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const against = (one, other) => { const both = [one, other].map(bright).sort((a, b) => b - a);
    return (both[0] + 0.05) / (both[1] + 0.05); };
  return all.flatMap((figure) => [...figure.querySelectorAll(".plot svg text")]
    .filter((word) => word.textContent.trim() && word.checkVisibility())
    .filter((word) => against(getComputedStyle(word).fill,
      getComputedStyle(figure).backgroundColor) < 4.5)
    .map((word) => `${figure.id}: ${word.textContent}`));
}"""
SHORT = 568  # the shortest phone that is 320 px wide
FOLDED = "details.fold:has(figure.chart) > summary"
LONG = "document.documentElement.scrollHeight"
TOLD = "figcaption :is(h2, h3), .sentence, tbody th, p.source:not(.downloads)"


@pytest.fixture
def somebody(db, demo):
    return somebody_at(db)


def opened(one, kind):
    """Open a page with a chart of the kind, and wait for what is drawn to stand there."""
    page = one.open(KINDS[kind])
    if KINDS[kind] == LEDGER:
        page.get_by_role("link", name=re.compile("i samtliga ämnen")).first.click()
        page.wait_for_load_state()
    if page.locator("figure[data-chart] .plot:visible:not(:has(.kept))").count():
        page.locator("figure[data-drawn]").first.wait_for()
    return page


def test_on_a_dark_phone_every_kind_is_read_without_moving_the_page(reader, somebody):
    one = reader(somebody, width=320, dark=True)
    wrong = {}
    for kind in KINDS:
        page = opened(one, kind)
        one.shoot(f"phone-{kind}")
        if (
            kind == "deviations"
        ):  # what is not the answer lies folded, and is there when it is opened
            assert page.evaluate(LONG) < 5 * SHORT
            assert page.locator(FOLDED).count() == 2
        for summary in page.locator(FOLDED).filter(visible=True).all():
            summary.click()
        figures = page.locator("figure.chart")
        assert figures.count(), kind
        wide = [f"wider by {page.evaluate(WIDER)}"] if page.evaluate(WIDER) > 0 else []
        if "/jamfor?" in KINDS[kind]:
            top = figures.locator("figcaption h2").first.bounding_box()["y"]
            assert top < 1.5 * SHORT, kind
        looked = [*figures.evaluate_all(EMPTY), *figures.evaluate_all(FAINT)]
        wrong[kind] = [*one.axe(), *wide, *looked]
    assert {kind: found for kind, found in wrong.items() if found} == {}


def test_on_a_screen_every_kind_is_reached_by_keys_and_printed_whole(reader, somebody):
    one = reader(somebody)
    wrong = {}
    for kind in KINDS:
        page = opened(one, kind)
        one.shoot(f"screen-{kind}")
        wrong[kind] = [*one.axe(), *page.locator("figure.chart").evaluate_all(EMPTY)]
        walked(page)
        wrong[kind] += missing_on_paper(one, kind)
    assert {kind: found for kind, found in wrong.items() if found} == {}


def walked(page):
    """Go through the first chart with the keyboard: every panel is shown, and one comes out."""
    figure, keys = page.locator("figure.chart").first, Keys(page)
    tabs = figure.get_by_role("tab").filter(visible=True)
    if tabs.count():
        tabs.first.focus()
        for name in [*tabs.all_inner_texts()[1:], tabs.first.inner_text()]:
            keys.press("ArrowRight")
            assert keys.at()["name"] == name
            assert figure.get_by_role("tabpanel", name=name).is_visible()
    else:
        figure.locator("a, button, summary, [tabindex='0']").first.focus()
    inside = "document.activeElement.closest('figure.chart') !== null"
    for _ in range(200):
        at = at_rest(keys)
        assert at["is_marked"], at
        assert at["is_seen"], at
        keys.press("Tab")
        if not page.evaluate(inside):
            return
    raise AssertionError(f"no way out of the chart at {page.url}")


def at_rest(keys):
    """Return what has the focus, when what is drawn around it has found its place."""
    for _ in range(20):
        if keys.at()["is_seen"]:
            break
        keys.page.wait_for_timeout(100)
    return keys.at()


def missing_on_paper(one, kind):
    """Return what of each chart's words, and which pictures, are not on the printed page."""
    page = one.page
    page.emulate_media(media="print", color_scheme="dark")
    told = page.locator("figure.chart").locator(TOLD).all_text_contents()
    pictures = page.locator("figure.chart .plot > svg").filter(visible=True).count()
    plots = page.locator("figure.chart .plot").count()
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    one.keep(f"{kind}.pdf", pdf)
    page.emulate_media(media="screen", color_scheme="light")
    read = words_of(pdf)
    lost = [text for text in told if "".join(text.split()) not in read]
    return [*lost, *([f"{pictures} of {plots} pictures"] if pictures != plots else [])]


def test_the_looks_bite(reader):
    one = reader()
    picture = "<div class='plot'><svg><text y='20' fill='#1b1f24'>mörkt</text></svg></div>"
    figure = f"<figure class='chart' id='a'>{picture}</figure>"
    one.page.set_content(f"<main><h1>Åtta böcker</h1><p hidden>Nio</p>{figure}</main>")
    figures = one.page.locator("figure.chart")
    ground = "(all, color) => { all[0].style.background = color }"

    figures.evaluate_all(ground, "white")
    assert figures.evaluate_all(FAINT) == []
    figures.evaluate_all(ground, "rgb(20, 24, 29)")
    assert figures.evaluate_all(FAINT) == ["a: mörkt"]
    figures.evaluate_all("all => { all[0].querySelector('svg').style.height = '10px' }")
    assert figures.evaluate_all(EMPTY) == ["a"]
    read = words_of(one.page.pdf())
    assert "Åttaböcker" in read
    assert "Nio" not in read
