"""The board on paper is one page, and the map is read in the dark and on a phone."""

import csv
import re

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.framework import load_shipped
from tests.factories.indicator_values import value
from tests.factories.organizers import OrganizerFactory
from tests.factories.shelves import store_values
from tests.factories.story_2 import STORY_2_DAY
from tests.the_demo import kim_of_the_demo

from ska.settings import bundled

COUNTY = "14"  # Västra Götaland, with Hjo
MAP = "/hjo/jamfor?vad=gr-alla-amnen-ak9&vilka=lan&som=karta"


def pages_of(pdf):
    return len(re.findall(rb"/Type /Page\b", pdf))


def test_the_namnds_board_is_one_page_of_paper(reader, db, demo):
    kim = reader(kim_of_the_demo(db), dark=True)
    page = kim.open("/ekhult/tavlor/namnd")
    page.emulate_media(media="print", color_scheme="dark")
    kim.shoot("namnd-print")
    for landscape in (False, True):
        pdf = page.pdf(format="A4", landscape=landscape, print_background=True)
        kim.keep(f"namnd-{'landscape' if landscape else 'portrait'}.pdf", pdf)
        assert pages_of(pdf) == 1
    kim.keep("namnd.html", page.content().encode())
    for chart in page.locator(".dashboard figure.chart").all():
        chart.locator(".sentence").wait_for()
        chart.locator("svg.trend-narrow").wait_for()
        chart.locator(".source").first.wait_for()
        chart.locator(".caution").wait_for()


@pytest.mark.parametrize("size", [(1366, 768), (768, 1024)])
def test_the_namnds_board_is_seen_at_once_and_tells_the_rest_when_asked(reader, db, demo, size):
    kim = reader(kim_of_the_demo(db), width=size[0])
    kim.page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
    page = kim.open("/ekhult/tavlor/namnd")
    kim.shoot(f"namnd-{size[0]}")
    told = page.locator(".dashboard figure.chart")

    assert told.count() == 4
    board = page.locator(".dashboard").bounding_box()
    assert board["y"] + board["height"] <= size[1]
    for text in ("61,8\u00a0% (42 av 68\u00a0elever) 2025/26", "Källa: egna värden"):
        assert text in told.first.inner_text()
    assert told.first.locator("svg.trend").is_visible()
    assert not told.first.get_by_role("table").is_visible()
    told.first.locator("summary").focus()
    page.keyboard.press("Enter")
    told.first.get_by_role("table").wait_for()
    assert told.first.locator(".caution").is_visible()
    assert kim.axe() == []


@pytest.fixture
def kim_in_hjo(db):
    db.clock.now = STORY_2_DAY
    load_shipped()
    hjo = OrganizerFactory(name="Hjo", organisation_number="2120001710", municipality_code="1497")
    person = PersonFactory(name="Kim i Hjo")
    RoleAssignmentFactory(person=person, organizer=hjo)
    with (bundled("seeds") / "municipalities.csv").open(encoding="utf-8", newline="") as file:
        near = [row for row in csv.DictReader(file) if row["municipality_code"].startswith(COUNTY)]
    store_values(
        *(
            value(
                "2025/26", 55.0 + at * 0.9 if at % 9 else None, 60 + at,
                area=row["municipality_name"], area_code=row["organisation_number"],
                organizer_number=row["organisation_number"],
            )
            for at, row in enumerate(near)
        )
    )  # fmt: skip
    return person


@pytest.mark.parametrize(("width", "dark"), [(1366, False), (1366, True), (320, True)])
def test_the_map_is_read_in_the_dark_and_on_a_phone(reader, kim_in_hjo, width, dark):
    one = reader(kim_in_hjo, width=width, dark=dark)
    page = one.open(MAP)
    one.shoot(f"karta-{width}-{'dark' if dark else 'light'}")

    assert one.axe() == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    box = page.locator("svg.map").bounding_box()
    assert 0 < box["width"] <= width
    fills = page.locator("svg.map .step").evaluate_all(
        "all => [...new Set(all.map(one => getComputedStyle(one).fill))]"
    )
    assert len(fills) == 5
    assert page.locator("svg.map .own").count() == 1


def test_a_picture_is_taken_along_as_svg_and_png_and_its_address_is_copied(reader, kim_in_hjo):
    one = reader(kim_in_hjo)
    one.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = one.open(MAP.replace("karta", "prickar"))
    with page.expect_download() as drawn:
        page.get_by_role("link", name="Ladda ner bild").click()
    with page.expect_download() as made:
        page.get_by_role("button", name="Ladda ner PNG").click()
    page.get_by_role("button", name="Kopiera länk").click()

    page.get_by_text("Länken är kopierad").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    assert b"Skolverket" in drawn.value.path().read_bytes()
    png = made.value.path().read_bytes()
    one.keep("prickar.png", png)
    assert png.startswith(b"\x89PNG")
    assert int.from_bytes(png[16:20]) > 1400
