"""Riket on a network's tavla: the tiles say what Jämför says of the same copies."""

import csv
from html import unescape
from io import StringIO

import pytest
from tests.factories.indicator_values import country_value, value
from tests.factories.shelves import store_values
from tests.factories.story_2 import ITEM, STORY_2_DAY, share_all, story_2
from tests.integration.dashboards.test_network_arranged import act
from tests.integration.dashboards.test_tiles import read, tiles_of

AT = "/ekhult/tavlor/natverk/natverk-mellanslatt"
COUNTED = "Rikets värde är publicerat och räknas som indikatorn är beskriven."


@pytest.fixture
def made(db):
    db.clock.now = STORY_2_DAY
    made = story_2()
    share_all(db, made, ("Ekhult", "Lindåsa", "Sjövalla", "Norrforsa"))
    return made


def publish(*numbers, measure=ITEM):
    told = {"measure": measure, "title": measure}
    store_values(*(country_value(period, number, **told) for period, number in numbers))


def sentence(page):
    return read(page.split('class="sentence"')[1].split(">", 1)[1].split("</p>")[0])


def test_a_tile_says_what_the_comparison_says(db, made, statements):
    publish(("2024/25", 88.0), ("2025/26", 89.4))
    kim = db.browse(made["Ekhult"][1])
    kim.get(AT)
    statements.clear()
    page = kim.get(AT).text
    asked = len(statements)
    (tile,) = tiles_of(page)
    compared = kim.get(f"/ekhult/jamfor?vad={ITEM}&vilka=natverk:natverk-mellanslatt").text

    assert "Tydligt högre: Riket (89,4 %)." in sentence(tile)
    assert sentence(tile) == sentence(compared)
    assert COUNTED in read(tile)
    assert asked <= 6, "\n".join(statements)


def test_beside_a_copy_that_is_counted_otherwise_it_stands_apart(db, made):
    publish(("2025/26", 89.4))
    share_all(db, made, ("Granåsa",), definition="hemkommun")
    page = db.browse(made["Granåsa"][1]).get(AT.replace("/ekhult/", "/granasa/")).text
    (tile,) = tiles_of(page)

    assert "Riket (annan definition: Som indikatorn är beskriven)" in read(tile)
    assert "Tydligt" not in sentence(tile)


def test_a_tile_that_looks_back_has_the_country_of_then(db, made):
    publish(("2024/25", 88.0), ("2025/26", 89.4))
    kim = db.browse(made["Ekhult"][1])
    act(kim, "rutor", "rutor", {"indicator": ITEM, "show": "prickar", "back": "1"})
    now, then = tiles_of(kim.get(AT).text)

    assert "Riket (89,4 %)" in sentence(now)
    assert "Riket (88,0 %)" in sentence(then)


@pytest.mark.parametrize("show", ["tratt", "utjamnat"])
def test_beside_their_common_level_it_is_counted_once(db, made, show):
    publish(("2025/26", 89.4))
    kim = db.browse(made["Ekhult"][1])
    act(kim, "andra", "andra", {"act": "bort-0"})
    act(kim, "rutor", "rutor", {"indicator": ITEM, "show": show, "back": "0"})

    assert "89,4" not in kim.get(AT).text


def test_each_tile_has_the_country_of_its_own_measure(db, made, statements):
    other = "gr-ma-ak9"
    for name in ("Ekhult", "Lindåsa"):
        organizer = made[name][0]
        number = organizer.organisation_number
        row = value(
            "2025/26", 70.0, 60, source="local", measure=other, title=other, area=name,
            area_code=number, organizer_number=number,
        )  # fmt: skip
        store_values(row, organizer=organizer)
    share_all(db, made, ("Ekhult", "Lindåsa"), other)
    publish(("2025/26", 12.3), measure=other)
    kim = db.browse(made["Ekhult"][1])
    kim.get(AT)
    statements.clear()
    first, second = tiles_of(kim.get(AT).text)
    asked = len(statements)
    bare, told = sorted((first, second), key=lambda one: "matematik" in one)

    assert "Riket (12,3 %)" in sentence(told)
    assert COUNTED not in read(bare)
    assert "12,3" not in read(bare)
    assert asked <= 6


def test_who_shares_nothing_is_told_nothing(db, made):
    publish(("2025/26", 89.4))
    page = unescape(db.browse(made["Granåsa"][1]).get(AT.replace("/ekhult/", "/granasa/")).text)

    assert "89,4" not in page


def test_a_tile_takes_the_country_along(db, made):
    publish(("2025/26", 89.4))
    sheet = db.browse(made["Ekhult"][1]).get(f"{AT}/rutor/0/varden.csv")
    lines = list(csv.DictReader(StringIO(sheet.content.decode("utf-8-sig")), delimiter=";"))

    assert [one["Värde"] for one in lines if one["Plats"] == "Riket"] == ["89,4"]
