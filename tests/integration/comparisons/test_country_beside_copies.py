"""Riket beside what a network shares: judged where it is counted alike, else set apart."""

import csv
from html import unescape
from io import BytesIO, StringIO

import polars as pl
import pytest
from tests.factories.indicator_values import country_value, value
from tests.factories.shelves import store_values
from tests.factories.story_2 import ITEM, STORY_2_DAY, share_all, story_2

NAMES = ("Ekhult", "Lindåsa", "Sjövalla", "Norrforsa")
PAGE = f"/ekhult/jamfor?vad={ITEM}&vilka=natverk:natverk-mellanslatt"
API = f"/api/v1/organizers/ekhult/comparison?indicator={ITEM}&among=natverk:natverk-mellanslatt"
COUNTED = "Rikets värde är publicerat och räknas som indikatorn är beskriven."


@pytest.fixture
def made(db):
    db.clock.now = STORY_2_DAY
    made = story_2()
    share_all(db, made, NAMES)
    return made


def publish(*numbers):
    told = {"measure": ITEM, "title": ITEM}
    store_values(*(country_value(period, number, **told) for period, number in numbers))


def read(answer):
    return unescape(answer.text).replace("\u00a0", " ")


def sentence(page):
    return page.split('class="sentence"')[1].split(">", 1)[1].split("</p>")[0]


def body(page):
    return page.split("<tbody>")[1].split("</tbody>")[0]


def test_the_country_stands_among_the_copies_and_is_judged_as_they_are(db, made):
    publish(("2024/25", 88.0), ("2025/26", 89.4))
    page = read(db.browse(made["Ekhult"][1]).get(PAGE))

    assert "Tydligt högre: Riket (89,4 %)." in sentence(page)
    assert ">Riket<" in body(page)
    assert COUNTED in page
    assert '<option value="country">Riket</option>' in page


def test_it_may_be_what_the_copies_are_compared_with(db, made):
    publish(("2025/26", 89.4))
    page = read(db.browse(made["Ekhult"][1]).get(f"{PAGE}&mot=country"))

    assert sentence(page).startswith("Riket: 89,4 % 2025/26.")
    assert "Ekhult (77,3 %)" in sentence(page).partition("Tydligt lägre: ")[2].partition(".")[0]


@pytest.mark.parametrize(
    ("way", "why"),
    [
        ("hemkommun", "annan definition: Som indikatorn är beskriven"),
        (" ", "det är inte beskrivet hur Granåsa räknar"),
    ],
)
def test_beside_a_copy_that_is_counted_otherwise_or_nobody_knows_how_it_stands_apart(
    db, made, way, why
):
    publish(("2025/26", 89.4))
    share_all(db, made, ("Granåsa",), definition=way)
    browse = db.browse(made["Granåsa"][1])
    page = read(browse.get(PAGE.replace("/ekhult/", "/granasa/")))
    asked = browse.api("GET", API.replace("/ekhult/", "/granasa/")).json()
    riket = next(one for one in asked["places"] if one["name"] == "Riket")

    assert f"Riket ({why})" in page
    assert (riket["verdict"], riket["apart"]) == ("cannot_tell", why)
    assert "Tydligt" not in sentence(page)
    assert "Inom vanlig variation" not in sentence(page)
    assert "Granåsa står för sig" in read(
        browse.get(f"{PAGE.replace('/ekhult/', '/granasa/')}&mot=country")
    )


def test_a_line_in_every_small_diagram_is_told_off_where_it_says_nothing(db, made):
    publish(("2024/25", 88.0), ("2025/26", 89.4))
    share_all(db, made, ("Granåsa",), definition="hemkommun")
    browse = db.browse(made["Ekhult"][1])
    told = "Den streckade linjen gäller inte för Granåsa (annan definition: hemkommun)."

    assert told in read(browse.get(f"{PAGE}&som=sma&mot=country"))
    assert told not in read(browse.get(f"{PAGE}&som=sma&mot=ingen"))
    assert told not in read(browse.get(f"{PAGE}&mot=country"))


def test_without_a_published_value_nothing_is_said_and_for_another_year_its_word(db, made):
    browse = db.browse(made["Ekhult"][1])
    assert "Riket" not in body(read(browse.get(PAGE)))
    assert COUNTED not in read(browse.get(PAGE))

    publish(("2024/25", 88.0))
    assert "Riket (uppgift saknas)" in sentence(read(browse.get(PAGE)))
    assert "Riket (88,0 %)" in sentence(read(browse.get(f"{PAGE}&nar=2024/25")))


def test_who_shares_nothing_is_told_nothing_and_members_own_published_values_stay_out(db, made):
    publish(("2025/26", 89.4))
    number = made["Lindåsa"][0].organisation_number
    told = {"measure": ITEM, "title": ITEM, "area_code": number, "organizer_number": number}
    store_values(value("2025/26", 11.1, 70, **told))

    assert "89,4" not in read(db.browse(made["Granåsa"][1]).get(PAGE.replace("ekhult", "granasa")))
    factor = "&bakgrund=gr-utlandsk-bakgrund"
    assert "11,1" not in read(db.browse(made["Ekhult"][1]).get(PAGE + factor))


@pytest.mark.parametrize("beside", ["", "&mot=country", "&mot=lindasa"])
def test_whatever_is_compared_with_only_the_own_number_is_pinned(db, made, beside):
    publish(("2025/26", 89.4))
    beside = beside.replace("lindasa", str(made["Lindåsa"][0].id))
    page = read(db.browse(made["Ekhult"][1]).get(PAGE.replace("?", "/underlag?") + beside))

    assert "77,3" in page
    assert "Ekhult 2025/26" in page
    assert not any(number in page for number in ("83,1", "89,4"))


def test_page_sheets_and_programs_say_the_same(db, made):
    publish(("2025/26", 89.4))
    browse = db.browse(made["Ekhult"][1])
    page = read(browse.get(PAGE))
    sheet = browse.get(PAGE.replace("jamfor?", "jamfor/varden.csv?"))
    lines = list(csv.DictReader(StringIO(sheet.content.decode("utf-8-sig")), delimiter=";"))
    book = BytesIO(browse.get(PAGE.replace("jamfor?", "jamfor/varden.xlsx?")).content)
    values = pl.read_excel(book, sheet_name="Värden").rows(named=True)
    told = browse.api("GET", API).json()
    in_api = {one["name"]: one["value"] for one in told["places"]}
    in_figure = [x for trace in told["figure"]["data"] for x in trace.get("x") or ()]

    assert [one["Värde"] for one in lines if one["Plats"] == "Riket"] == ["89,4"]
    assert [one["Värde"] for one in values if one["Plats"] == "Riket"] == [89.4]
    assert in_api["Riket"] == 89.4
    assert 89.4 in in_figure
    assert told["sentence"].replace("\u00a0", " ") == sentence(page)
    assert "89,4 %" in body(page).partition(">Riket<")[2].partition("</tr>")[0]


@pytest.mark.parametrize("shape", ["", "&som=fordelning", "&som=tratt", "&som=sma", "&ar=3"])
def test_it_is_no_statement_more(db, made, statements, shape):
    publish(("2023/24", 87.0), ("2024/25", 88.0), ("2025/26", 89.4))
    browse = db.browse(made["Ekhult"][1])
    browse.get(PAGE)
    statements.clear()
    page = browse.get(PAGE + shape)

    assert page.status_code == 200
    assert len(statements) <= 6, "\n".join(statements)
