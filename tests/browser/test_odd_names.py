"""Names with tags and entities in them: every picture draws the characters, and nothing else."""

from html import unescape
from xml.etree import ElementTree

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.framework import load_shipped
from tests.factories.indicator_values import unit_value, value
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory
from tests.factories.shelves import store_values
from tests.factories.story_2 import STORY_2_DAY

from ska.charts.figure import shorten

NAMES = (
    "<b>X</b>",
    "A & B &amp; C",
    '<a href="javascript:alert(1)">Hit</a>',
    "Å<br>Ä<extra></extra>",
)
SEEN = [shorten(one) for one in NAMES]
"""As a place has room for them beside the picture; the hover and the table have them whole."""
COMPARE = "/ekhult/jamfor?vad=gr-alla-amnen-ak9&vilka=enheter"


@pytest.fixture
def kim(db):
    db.clock.now = STORY_2_DAY
    load_shipped()
    here = OrganizerFactory(
        organisation_number="2120001234", name="Ekhult & <i>Co</i>", slug="ekhult"
    )
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=here)
    for at, name in enumerate(NAMES):
        code = f"1234567{at}"
        SchoolUnitFactory(organizer=here, school_unit_code=code, name=name, slug=f"s-{at}")
        store_values(
            *(
                unit_value(period, 60.0 + 8 * at, 50) | {"unit_code": code, "area_code": code}
                for period in ("2024/25", "2025/26")
            )
        )
    store_values(value("2024/25", 66.0, 200), value("2025/26", 70.0, 200))
    return person


def words_in(page, where):
    """Return the words in the drawing, each as it is seen."""
    return [one.strip() for one in page.locator(f"{where} text").all_text_contents()]


def drawn(page, path):
    page.goto(path)
    page.wait_for_selector("figure[data-drawn] .main-svg", timeout=30_000)
    return page


@pytest.mark.parametrize("shape", ["prickar", "sma"])
def test_places_are_named_by_the_very_characters(reader, kim, shape):
    one = reader(kim)
    page = drawn(one.page, f"{one.site}{COMPARE}&som={shape}")

    told = words_in(page, ".canvas")
    assert [name for name in SEEN if name in told] == SEEN
    assert page.locator(".canvas a").count() == 0
    table = page.locator("figure tbody").first.text_content()
    assert all(name in table for name in NAMES)
    still = page.locator("figure svg.trend-wide, figure svg.multiples").first
    words = [word.strip() for word in still.locator("text").all_text_contents()]
    assert [name for name in SEEN if name in words] == SEEN
    one.shoot(f"odd-names-{shape}")


def test_what_is_told_of_a_mark_is_the_very_characters(reader, kim):
    one = reader(kim)
    page = drawn(one.page, f"{one.site}{COMPARE}&som=prickar")
    told = []
    for at in range(page.locator(".canvas .scatterlayer .point").count()):
        page.locator(".canvas .scatterlayer .point").nth(at).hover(force=True)
        page.wait_for_timeout(80)
        told += words_in(page, ".canvas .hoverlayer")

    assert page.locator(".canvas a").count() == 0
    text = " ".join(told)
    assert [name for name in NAMES if name in text] == list(NAMES)


@pytest.mark.parametrize("at", range(len(NAMES)))
def test_a_trend_says_whose_it_is_and_so_does_the_file(reader, kim, at):
    one = reader(kim)
    here = f"{one.site}/ekhult/resultat/gr-alla-amnen-ak9?enhet=s-{at}"
    page = drawn(one.page, here)

    assert SEEN[at] in words_in(page, ".canvas")
    assert page.locator(".canvas a").count() == 0
    page.mouse.move(0, 0)
    page.locator(".canvas .scatterlayer .point").last.hover(force=True)
    page.wait_for_timeout(100)
    assert any(NAMES[at] in word for word in words_in(page, ".canvas .hoverlayer"))
    address = page.locator('a[href*="bild.svg"]').first.get_attribute("href")
    picture = page.request.get(f"{one.site}{unescape(address)}").body()
    assert SEEN[at] in "".join(ElementTree.fromstring(picture).itertext())
    one.shoot(f"odd-names-trend-{at}")
