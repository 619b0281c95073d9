"""What was pinned in an analysis leads back to its picture as it was that day, of every kind."""

import json
import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import text
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.framework import load_shipped
from tests.factories.indicator_values import country_value, value
from tests.factories.organizers import OrganizerFactory
from tests.factories.shelves import store_values
from tests.factories.story_2 import STORY_2_DAY

YEARS = ("2020/21", "2021/22", "2022/23", "2023/24", "2024/25", "2025/26")
HERE = {"area": "Hjo", "area_code": "2120001710", "organizer_number": "2120001710"}
LIKE = ("2120000738", "2120001280", "2120001660", "2120001587", "2120001777", "2120001843")
ITEM = "gr-alla-amnen-ak9"
SIX = "Delmål 1: Andel (%) elever som har lägst betyget E i samtliga ämnen efter årskurs 6"
PAGES = {
    "trend": f"/hjo/resultat/{ITEM}/underlag?enhet=",
    "styrdiagram": f"/hjo/resultat/{ITEM}/underlag?enhet=&som=styrdiagram&skifte=2023/24",
    "kon": f"/hjo/resultat/{ITEM}/underlag?enhet=&som=kon",
    "kull": f"/hjo/resultat/{ITEM}/underlag?enhet=&som=kull",
    **{
        shape: f"/hjo/jamfor/underlag?vad={ITEM}&vilka=liknande&som={shape}"
        for shape in ("prickar", "tratt", "sma", "karta", "utjamnat")
    },
}


@pytest.fixture
def kim(db):
    db.clock.now = STORY_2_DAY
    load_shipped()
    hjo = OrganizerFactory(name="Hjo", organisation_number="2120001710", municipality_code="1497")
    rows = [value(year, 61.8 + at, 68, **HERE) for at, year in enumerate(YEARS)]
    for number in LIKE:
        there = {"area": number, "area_code": number, "organizer_number": number}
        rows += [value(year, 80.0 - at, 150, **there) for at, year in enumerate(YEARS)]
    rows += [value(year, 60.0 + at, 34, gender="M", **HERE) for at, year in enumerate(YEARS)]
    rows += [value(year, 66.0 + at, 34, gender="K", **HERE) for at, year in enumerate(YEARS)]
    rows += [value(year, 77.0 + at, 70, title=SIX, measure=SIX, **HERE)
             for at, year in enumerate(YEARS)]  # fmt: skip
    store_values(*rows, country_value("2025/26", 73.9))
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=hjo)
    return person


def revise(db, number):
    """Replace Hjo's latest values, as a corrected file does a week later."""
    with db.as_owner() as session:
        session.execute(
            text(
                "UPDATE value SET superseded_at = :now"
                " WHERE period = '2025/26' AND value IN (66.8, 71.0)"
            ),
            {"now": STORY_2_DAY + timedelta(days=7)},
        )
    later = {"recorded_at": STORY_2_DAY + timedelta(days=7)}
    parts = (("T", 68), ("K", 34))
    store_values(*(value("2025/26", number, n, gender=of, **HERE, **later) for of, n in parts))
    db.clock.now = STORY_2_DAY + timedelta(days=14)


@pytest.mark.parametrize("kind", PAGES)
def test_every_kind_of_picture_is_drawn_again_as_it_was_that_day(db, kim, kind):
    page = PAGES[kind].replace("/underlag", "")
    seen = db.browse(kim).get(page).text
    answer = db.browse(kim).post(PAGES[kind], {"text": "Det här såg vi."})
    assert answer.status_code == 303
    revise(db, 99.0)

    later = db.browse(kim)
    kept = unescape(later.get(answer.headers["location"].partition("#")[0]).text)
    (again,) = re.findall(r'<a href="([^"]+)">Se bilden som den var den dagen', kept)
    assert again.endswith("&kant=2026-11-12")
    assert "66,8" in kept
    assert picture(seen)
    drawn = later.get(again).text
    assert "99,0" in later.get(page).text
    assert "99,0" not in drawn
    assert picture(drawn) == picture(seen)
    (inside,) = re.findall(r'<img src="([^"]+)" alt="Det här såg vi."', kept)
    alone = later.get(inside)
    assert alone.headers["content-type"].startswith("image/svg+xml")
    assert alone.text.count("<svg") >= 2  # the picture within the sheet that holds its words
    assert "12 november 2026" in re.sub(r"<[^>]+>", " ", alone.text)
    assert "99,0" not in alone.text


def picture(page):
    """Return what is drawn, without the flag of the analysis that has begun since."""
    figures = re.findall(r"<script[^>]*data-figure>(.*?)</script>", page, re.DOTALL)
    drawn = [[trace["y"] for trace in json.loads(one)["data"]] for one in figures]
    return drawn or re.findall(r'<svg class="trend map".*?</svg>', page, re.DOTALL)
