"""Who is alike follows the page: into views, sheets, many measures, and to programs."""

from io import BytesIO

import polars as pl
import pytest
from tests.factories.alike import FACTOR, HJO_PAGE, hjo_among_twenty

NAME = "Elever med utländsk bakgrund, andel"
PAGE = f"{HJO_PAGE}&vilka=lika"
API = "/api/v1/organizers/hjo/comparison?indicator=gr-alla-amnen-ak9&among=lika"


@pytest.fixture
def kim(db):
    return db.browse(hjo_among_twenty(db))


def test_it_follows_the_page_into_views_and_sheets(kim):
    asked = f"{PAGE}&lik={FACTOR}:4&antal=6&senast=2025"
    text = kim.get(asked).text
    saved = kim.post(
        f"/hjo/jamfor/vyer/ny?{asked.partition('?')[2]}",
        {"name": "Lika oss", "whose": "mine", "when": "latest", "meeting_on": "2026-11-28"},
    )
    sheet = kim.get(asked.replace("jamfor?", "jamfor/varden.csv?")).content.decode("utf-8-sig")

    written = f"lik={FACTOR}%3A4&antal=6&senast=2025"
    assert written in text.split("jamfor/vyer/ny")[1].replace("&amp;", "&")[:300]
    assert saved.status_code == 303
    assert written in saved.headers["location"]
    rows = [one.split(";") for one in sheet.splitlines()]
    assert ["Hjo", "", "0"] in [row[:3] for row in rows if "Skillnadsindex" in row]
    assert ["Hjo", "2024/25", "20"] in [row[:3] for row in rows if NAME in row]


def test_many_measures_stand_beside_the_same_municipalities(kim):
    asked = f"vilka=lika&lik={FACTOR}:4&antal=6"
    text = kim.get(f"/hjo/jamfor/manga?{asked}&nar=2025").text
    none = kim.get("/hjo/jamfor/manga?vilka=lika").text
    told = kim.api(
        "GET", "/api/v1/organizers/hjo/comparison/measures"
        f"?among=lika&alike={FACTOR}:4&alike_count=6&period=2025",
    ).json()  # fmt: skip

    assert f'name="lik" value="{FACTOR}:4"' in text
    assert f"6 kommuner som är minst olika Hjo i {NAME}, 2024/25, vikt 4." in text
    assert f"/hjo/jamfor?vilka=lika&lik={FACTOR}%3A4&antal=6" in text
    assert "Välj först i vilka mått" in none
    assert told["municipalities"] == 6
    (measure,) = told["measures"]
    assert (measure["value"], measure["lower"], measure["upper"]) == (9000.0, 16250.0, 18750.0)


def test_programs_are_told_the_same(kim):
    told = kim.api("GET", f"{API}&alike={FACTOR}:3&alike=N01951:1&alike=x:2&alike_count=5").json()

    alike = told["alike"]
    assert [one["weight"] for one in alike["measures"]] == [3, 1, 2]
    assert [bool(one["left_out"]) for one in alike["measures"]] == [False, False, True]
    assert alike["complete"] == 20
    own, first, *_rest = alike["municipalities"]
    assert (own["name"], own["index"], own["values"]["N01951"]) == ("Hjo", 0, 9000)
    assert len(alike["municipalities"]) == 6
    parts = first["apart"]
    assert first["index"] == pytest.approx((3 * parts[FACTOR] + parts["N01951"]) / 4, abs=1e-4)
    assert {one["name"] for one in alike["municipalities"]} <= {
        one["name"] for one in told["places"]
    }
    assert "percentilerna 10 och 90" in alike["how"]
    other = kim.api("GET", API.replace("=lika", "=liknande")).json()
    assert other["alike"] is None


def test_the_workbook_says_measures_weights_and_how(kim):
    book = BytesIO(
        kim.get(f"{PAGE.replace('jamfor?', 'jamfor/varden.xlsx?')}&lik={FACTOR}:4&antal=5").content
    )

    beside = pl.read_excel(
        book, sheet_name="Förutsättningar", schema_overrides={"Värde": pl.Float64}
    )
    about = pl.read_excel(book, sheet_name="Om måttet", has_header=False).rows()
    assert set(beside["Mått"]) == {"Skillnadsindex", NAME}
    assert beside.filter(pl.col("Mått") == NAME)["Värde"].to_list()[0] == 20.0
    told = dict(about)
    assert told["Urval"] == f"5 kommuner som är minst olika Hjo i {NAME}, 2024/25, vikt 4."
    assert told["Vikt i skillnadsindex"] == "4, väger mer"
    assert "J. C. Gower" in told["Metodens källa"]


def test_programs_save_it_as_a_view_too(kim):
    asked = API.partition("?")[2] + f"&alike={FACTOR}:5&alike_until=2025"
    form = {"name": "Lika oss", "whose": "mine", "when": "latest", "meeting_on": "2026-11-28"}

    saved = kim.api("POST", f"/api/v1/organizers/hjo/views?{asked}", json=form)

    assert saved.status_code == 201
    assert saved.json()["address"].endswith(f"&lik={FACTOR}%3A5&senast=2025")
