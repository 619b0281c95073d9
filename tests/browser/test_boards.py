"""Charts on pages: every shape of an indicator, every unit by signal, and tavlor, in a browser."""

import pytest
from tests.the_demo import kim_of_the_demo

INDICATOR = "/ekhult/resultat/gr-alla-amnen-ak9?enhet=ekhults-centralskola"
PAGES = {
    "styrdiagram": f"{INDICATOR}&som=styrdiagram",
    "kon": f"{INDICATOR}&som=kon",
    "kull": "/ekhult/resultat/gr-alla-amnen-ak9?enhet=&som=kull",
    "signaler-underlag": "/ekhult/resultat/signaler/underlag",
    "signaler": "/ekhult/resultat/signaler",
    "rod-trad": "/ekhult/2025-26/rod-trad",
    "tavlor": "/ekhult/tavlor",
    "tavla": "/ekhult/tavlor/huvudman",
    "tavla-enhet": "/ekhult/tavlor/enhet",
    "tavla-mote": "/ekhult/tavlor/namnd?visa=mote",
    "tavla-andra": "/ekhult/tavlor/namnd/andra",
}


@pytest.fixture
def kim(db, demo):
    return kim_of_the_demo(db)


@pytest.mark.parametrize(("width", "dark"), [(1366, False), (320, True)])
def test_axe_finds_nothing_and_nothing_is_cut(reader, kim, width, dark):
    one = reader(kim, width=width, dark=dark)
    for name, path in PAGES.items():
        page = one.open(path)
        if width > 600 and page.locator("figure[data-chart]").count():
            page.wait_for_selector("figure[data-drawn] .main-svg", timeout=30_000)
        for fold in page.get_by_text("Vad kom skillnaden av?").all():
            fold.click()
        one.shoot(f"{name}-{width}")
        assert one.axe() == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_without_javascript_a_tavla_is_read_and_rearranged(reader, kim):
    page = reader(kim, javascript=False).open(PAGES["tavla-andra"])
    first = page.locator(".arrange li").first.inner_text()

    page.get_by_role("button", name="Flytta ner").first.click()
    assert page.locator(".arrange li").nth(1).inner_text().split("\n")[0] in first
    page.get_by_role("link", name="Till tavlan").click()
    page.locator("figure svg.trend-wide").first.wait_for()
    page.get_by_role("table").first.wait_for()
