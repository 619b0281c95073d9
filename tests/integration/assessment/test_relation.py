"""Grades beside test grades: the page, its sheet and programs, today and as known on a day."""

import re
from datetime import datetime
from html import unescape

import pytest
from tests.factories.shelves import store_values
from tests.factories.story_6 import STORY_6_DAY, published, story_6
from tests.places import STOCKHOLM

PAGE = "/ekhult/np-betyg"
API = "/api/v1/organizers/ekhult/grade-relation"
ASKED = "?amne=ma&grupp=ingen"


@pytest.fixture
def made(db):
    db.clock.now = STORY_6_DAY
    ekhult, unit, robin = story_6()
    return ekhult, unit, db.browse(robin)


@pytest.fixture
def robin(made):
    return made[2]


def read(page):
    text = re.sub(r"<(script|svg)\b.*?</\1>", " ", page.text, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text).replace("\u00a0", " "))


def test_grades_beside_tests_are_told_to_programs_too(made):
    out = made[2].api("GET", "/api/v1/organizers/ekhult/grade-relation?subject=ma&group=ingen")
    own = next(one for one in out.json()["places"] if one["key"] == "own")

    assert (own["n"], own["net"], own["verdict"]) == (64, -25.0, "clear_difference")
    assert len(out.json()["questions"]) == 5


@pytest.mark.parametrize("unknown", ["amne=xx", "prov=np-betyg-ak7", "enhet=ingen-sadan"])
def test_what_is_not_there_is_not_found(made, unknown):
    assert made[2].get(f"/ekhult/np-betyg?{unknown}").status_code == 404


def test_no_class_or_teacher_and_no_few_are_in_the_sheet(made):
    sheet = made[2].get("/ekhult/np-betyg/varden.csv?amne=ma&grupp=enheter").text

    assert "Ekhults centralskola, lägre betyg än prov;våren 2026;32,8125;%;64" in sheet
    small = [line for line in sheet.splitlines() if line.startswith("Lilla skolan")]
    assert len(small) == 3
    assert all(line.split(";")[2:5] == ["", "%", ""] for line in small)


def test_the_page_asks_six_questions_at_most(made, statements):
    made[2].get("/ekhult/np-betyg?grupp=liknande")
    statements.clear()
    made[2].get("/ekhult/np-betyg?grupp=liknande")

    assert len(statements) <= 6


def test_a_day_stands_in_the_address_and_nothing_is_pinned_from_then(robin):
    early, late = (datetime(2026, 10, day, 12, tzinfo=STOCKHOLM) for day in (3, 20))
    told = {"area_type": "country", "period": "2025"}
    store_values(
        published("N15571", 14.0) | told | {"recorded_at": early, "superseded_at": late},
        published("N15571", 19.0) | told | {"recorded_at": late},
        published("N15572", 11.0) | told | {"recorded_at": early},
    )
    asked = f"{PAGE}?amne=ma&grupp=ingen&var=2025"
    then, now = robin.get(f"{asked}&kant=2026-10-05"), robin.get(asked)

    assert "Riket 14" in read(then)
    assert "Riket 19" in read(now)
    assert "Du ser siffrorna så som de var kända den 5 oktober 2026." in read(then)
    assert "så som det var känt den" in read(then)
    assert "/underlag" in now.text
    assert "/underlag" not in then.text
    assert "kant=2026-10-05" in re.search(r'href="([^"]+varden.csv[^"]*)"', then.text)[1]
    before = robin.get(f"{PAGE}{ASKED}&kant=2020-01-01")
    assert "Inga värden i ämnet än" in read(before)
    assert robin.get(f"{PAGE}?kant=2099-01-01").status_code == 422
    told = robin.api("GET", f"{API}?subject=ma&group=ingen&as_known_on=2020-01-01").json()
    assert told["spring"] is None
    assert robin.api("GET", f"{API}?as_known_on=nyss").status_code == 422


def test_what_is_pinned_leads_back_to_the_picture_as_it_was_that_day(robin):
    at = f"{PAGE}/underlag{ASKED}&kant=2020-01-01"  # what is pinned is what is known now
    answer = robin.post(at, {"text": "Betygen ligger lägre"})
    page = robin.get(answer.headers["location"].partition("#")[0])

    assert "våren 2026, lägre" in read(page)
    (again,) = re.findall(r'<a href="([^"]+)">Se bilden som den var den dagen', page.text)
    (picture,) = re.findall(r'<img src="([^"]+)" alt="Betygen ligger lägre"', page.text)
    assert again.endswith("kant=2026-11-12")
    assert robin.get(unescape(picture)).text.count("<svg") >= 2
    assert "så som det var känt den" in read(robin.get(unescape(again)))


def test_programs_pin_what_the_page_pins_and_what_is_known_now(robin):
    asked = "?subject=ma&group=ingen&as_known_on=2020-01-01"
    made = robin.api("POST", f"{API}/observations{asked}", json={"text": "Betygen ligger lägre"})

    assert made.status_code == 201
    assert made.json()["school_year"] == "2026/27"
    kept = robin.get(f"/ekhult/2026-27/analyser/{made.json()['analysis_id']}")
    assert "våren 2026, lägre" in read(kept)
    unknown = robin.api("POST", f"{API}/observations?subject=xx", json={"text": "Se"})
    assert unknown.status_code == 404


def test_where_nothing_is_read_in_each_is_told_what_they_can_do(made):
    rektor = made[2].get(f"{PAGE}?amne=ge").text
    assert "Er kvalitetsutvecklare läser in betyg och provresultat." in rektor
    assert "Läs in betygsfilen" not in rektor


def test_a_way_that_turns_to_zeros_everywhere_is_not_told_as_a_change(robin):
    page = f"{PAGE}?enhet=&amne=ma&var=2025&grupp=ingen"
    places = [("1497", "Ekhult"), *((f"19{at}", f"Grann {at}") for at in range(10, 13))]
    years = {"2024": {"N15571": 20.0, "N15572": 9.0}, "2025": {"N15571": 0.0, "N15572": 10.0}}
    store_values(
        *(
            published(kpi, share, *place) | {"period": period}
            for period, shares in years.items()
            for kpi, share in shares.items()
            for place in places
        )
    )
    told = read(robin.get(page))

    assert "källan har troligen slutat räkna, alla värden är 0" in told
    assert "10,0" in told
    store_values(published("N15571", 12.0, "1914", "Grann 14") | {"period": "2025"})
    assert "slutat räkna" not in read(robin.get(page))
