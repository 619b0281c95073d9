"""Charts on pages: every shape of an indicator, every unit by signal, and tavlor, in a browser."""

import re

import pytest
from tests.the_demo import kim_of_the_demo, person_of_the_demo

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
    "tavla-ny": "/ekhult/tavlor/ny",
    "tavla-las-in": "/ekhult/tavlor/las-in",
    "tavla-ta-med": "/ekhult/tavlor/namnd/ta-med",
    "tavla-ruta": "/ekhult/tavlor/ny-ruta/np-betyg?prov=np-betyg-ak9&amne=ma",
    "vy-ny": "/ekhult/jamfor/vyer/ny/np-betyg?prov=np-betyg-ak9&amne=ma&enhet=",
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
    page.locator("figure svg.trend").first.wait_for()
    page.get_by_text("Tabell och mer").first.click()
    page.get_by_role("table").first.wait_for()


def pages_of(page):
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    return len(re.findall(rb"/Type /Page\b", pdf))


def test_on_paper_boards_take_few_pages_and_what_is_folded_is_open(reader, db, demo):
    vera = reader(person_of_the_demo(db, "vera@storlunda.example"))
    page = vera.open("/storlunda/tavlor/enhet?enhet=centralskolan")
    page.emulate_media(media="print")
    assert pages_of(page) == 1
    # Tiles without values stand in one list, or each would take half a page.
    page = vera.open("/storlunda/tavlor/huvudman")
    empty = page.get_by_role("region", name="Rutor utan värden")
    assert "Inga värden inlästa än." in empty.inner_text()
    assert empty.get_by_role("listitem").first.is_visible()
    assert pages_of(page) == 2

    page = vera.open("/storlunda/resultat/gr-alla-amnen-ak6")
    split = page.get_by_role("heading", name="Enheterna").locator("xpath=..").locator("table")
    page.emulate_media(media="print")
    assert split.get_by_text("Vretaskolan").is_visible()
