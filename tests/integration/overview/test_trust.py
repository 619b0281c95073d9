"""What may be trusted in a measure: told from its guide and from the values themselves."""

from html import unescape

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.indicator_values import unit_value
from tests.factories.shelves import store_values
from tests.factories.story_1 import story_1

PAGE = "/ekhult/resultat/gr-alla-amnen-ak9/om-mattet"
API = "/api/v1/organizers/ekhult/indicators/gr-alla-amnen-ak9/trust"


def read(text):
    return unescape(str(text)).replace("\u00a0", " ")


@pytest.fixture
def ekhult(db):
    return story_1()[0]


@pytest.fixture
def kim(db, ekhult):
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=ekhult)
    return person


def _school(number, period, share, n, **more):
    place = {"area_code": f"9000{number:04}", "unit_code": f"9000{number:04}"}
    return unit_value(period, share, n, area=f"Skola {number}", **more) | place


def test_the_page_says_what_the_measure_does_not_say_and_where_the_units_stand(db, ekhult, kim):
    store_values(_school(1, "2025/26", None, None), _school(2, "2025/26", 80.0, 40))

    page = read(db.browse(kim).get(PAGE).text)

    assert "Av 100 elever i årskurs 9 hade så många lägst betyget E i varje ämne." in page
    assert "Varför eleverna fick sina betyg" in page
    assert "Det är olika elever varje år." in page
    assert "2 av 3 enheter har ett värde. De andra, 33 %, har inget:" in page
    assert "för få elever: 1" in page
    assert "Det går inte att räkna ut än." in page
    assert "Nya värden brukar komma i september." in page


def test_how_much_is_chance_is_worked_out_from_all_schools(db, ekhult, kim):
    store_values(*(_school(n, "2025/26", 40.0 + 2 * n, 20) for n in range(25)))

    answer = db.browse(kim).api("GET", API).json()

    assert 0.2 < answer["steadiness"] < 0.8
    assert "av skillnaderna mellan skolor är mer än slump" in answer["steadiness_sentence"]
    assert "26 skolor, 2025/26" in read(answer["steadiness_sentence"])
    assert answer["cannot_say"].startswith("Varför eleverna")


def test_without_numbers_of_pupils_the_years_tell(db, ekhult, kim):
    years = [f"{year}/{year - 1999}" for year in (2023, 2024, 2025)]
    store_values(*(_school(n, year, 40.0 + 2 * n, None) for n in range(25) for year in years))

    answer = db.browse(kim).api("GET", API).json()

    assert answer["steadiness"] > 0.9
    assert "består från ett läsår till nästa" in answer["steadiness_sentence"]


def test_a_repeated_round_is_not_taken_for_steadiness(db, ekhult, kim):
    store_values(
        *(_school(n, "2024/25", 40.0 + 2 * n, None) for n in range(25)),
        *(_school(n, "2025/26", 40.0 + 2 * n, None, carried_from="2024/25") for n in range(25)),
    )

    answer = db.browse(kim).api("GET", API).json()

    assert answer["steadiness"] is None


def test_a_survey_tells_of_its_breaks_on_page_and_chart(db, ekhult, kim):
    label = "Delmål 2: Elevers upplevelse av trygghet i årskurs 5 (medelvärde)"
    survey = {"measure": label, "title": label, "unit": "medelvärde 0–10"}
    store_values(*(unit_value(f"{y}/{y - 1999}", 8.0, 50, **survey) for y in (2020, 2021, 2022)))
    browse = db.browse(kim)

    about = read(browse.get("/ekhult/resultat/gr-trygghet-ak5/om-mattet").text)
    chart = read(browse.get("/ekhult/resultat/gr-trygghet-ak5?enhet=ekhults-centralskola").text)

    assert "Från 2021/22: Skolenkäten gjordes om 2022." in about
    assert "Skolenkäten gjordes om 2022." in chart


def test_a_measure_of_ours_and_one_of_the_huvudmans_own_have_their_page_too(db, ekhult, kim):
    browse = db.browse(kim)

    page = read(browse.get("/ekhult/resultat/beraknat-gr-elever-per-rektor/om-mattet").text)

    assert "Om ledningen räcker till" in page
    assert browse.get("/ekhult/resultat/finns-inte/om-mattet").status_code == 404


def test_the_page_asks_few_questions(db, ekhult, kim, statements):
    browse = db.browse(kim)
    browse.get(PAGE)
    statements.clear()

    browse.get(PAGE)

    assert len(statements) <= 6
