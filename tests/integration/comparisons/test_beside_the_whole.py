"""Own units stand beside the huvudman's whole unless another place, or none, is asked for."""

from html import unescape

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.framework import load_shipped
from tests.factories.indicator_values import country_value, unit_value, value
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory
from tests.factories.shelves import store_values
from tests.factories.story_2 import STORY_2_DAY

from ska.access import Role

UNITS = "/ekhult/jamfor?vad=gr-alla-amnen-ak9&vilka=enheter"
SHAPES = ["", "&som=tratt", "&som=sma", "&som=utjamnat"]


@pytest.fixture
def both(db):
    db.clock.now = STORY_2_DAY
    load_shipped()
    ekhult = OrganizerFactory(organisation_number="2120001234", municipality_code="1499")
    values, units = [], []
    for at, name in enumerate(["Backskolan", "Dalskolan", "Ekskolan", "Fjällskolan"]):
        code = f"8765432{at}"
        slug = name.lower()
        units.append(
            SchoolUnitFactory(organizer=ekhult, name=name, slug=slug, school_unit_code=code)
        )
        area = {"area_code": code, "unit_code": code}
        values += [
            unit_value("2024/25", 70.0, 90) | area,
            unit_value("2025/26", 41.0 if at == 0 else 72.0, 83) | area,
        ]
    store_values(
        *values, value("2024/25", 70.2, 400), value("2025/26", 64.8, 332),
        country_value("2025/26", 73.9),
    )  # fmt: skip
    kim, robin = PersonFactory(), PersonFactory()
    RoleAssignmentFactory(person=kim, organizer=ekhult, role=Role.QUALITY_LEAD)
    RoleAssignmentFactory(person=robin, organizer=ekhult, unit=units[0], role=Role.PRINCIPAL)
    return db.browse(kim), db.browse(robin)


@pytest.fixture
def kim(both):
    return both[0]


def read(answer):
    return unescape(answer.text).replace("\u00a0", " ")


def told(page):
    return page.split('class="sentence"')[1].split(">", 1)[1].split("</p>")[0]


def test_units_stand_beside_the_whole_and_who_differs_is_told_and_asked_about(kim):
    page = read(kim.get(UNITS))

    assert told(page).startswith("Ekhult: 64,8 % (215 av 332 elever) 2025/26. ")
    assert "Tydligt lägre: Backskolan (41,0 %)." in told(page)
    assert "Inom vanlig variation: Dalskolan (72,0 %), Ekskolan (72,0 %) och" in told(page)
    assert '<option value="helheten" selected>Ekhult</option>' in page
    assert "Vad kan det bero på?" in page


def test_the_country_or_none_is_chosen_and_stays_in_the_address(kim):
    country = read(kim.get(f"{UNITS}&mot=country"))
    none = read(kim.get(f"{UNITS}&mot=ingen"))

    assert told(country).startswith("Riket: 73,9 % 2025/26. Tydligt lägre: Backskolan (41,0 %).")
    assert "mot=country" in country
    assert told(none).startswith("4 av 4 enheter har ett värde 2025/26. Tillsammans: ")
    assert '<option value="ingen" selected>Ingen särskild</option>' in none
    assert "varden.csv?vad=gr-alla-amnen-ak9&vilka=enheter&nar=2025%2F26&mot=ingen" in none


@pytest.mark.parametrize("shape", SHAPES)
def test_where_places_stand_beside_their_common_level_the_whole_is_none_of_them(kim, shape):
    page = kim.get(UNITS + shape).text
    table = page.split("<tbody>")[1].split("</tbody>")[0]

    assert (">Ekhult<" in table) == (shape in {"", "&som=sma"})


def test_at_home_in_a_unit_that_one_is_compared_with_and_the_whole_may_be_chosen(both):
    _kim, browse = both

    assert told(read(browse.get(UNITS))).startswith("Backskolan: 41,0 % (34 av 83 elever)")
    assert told(read(browse.get(f"{UNITS}&mot=helheten"))).startswith("Ekhult: 64,8 %")


def test_what_clearly_differs_is_pinned_before_the_rest(kim):
    form = read(kim.get(UNITS.replace("jamfor?", "jamfor/underlag?")))
    table = form.split("Siffrorna som sparas")[1]

    assert table.index("Ekhult 2025/26") < table.index("Backskolan") < table.index("Dalskolan")


def test_programs_are_told_the_same(kim):
    api = "/api/v1/organizers/ekhult/comparison?indicator=gr-alla-amnen-ak9&among=enheter"
    found = kim.api("GET", api).json()

    assert found["against"] == "helheten"
    assert {one["name"]: one["verdict"] for one in found["places"]}["Backskolan"] == (
        "clear_difference"
    )
    assert not kim.api("GET", f"{api}&against=ingen").json()["against"]


def test_who_has_changed_over_the_years_is_told_and_nothing_across_a_break(kim):
    area = {"area_code": "87654320", "unit_code": "87654320"}
    store_values(unit_value("2023/24", 85.0, 95) | area)
    page = read(kim.get(f"{UNITS}&som=sma"))

    assert "Över åren: Backskolan har minskat 2023/24–2025/26, med i snitt 22,0" in told(page)
    assert "Kan inte avgöras: Dalskolan, Ekhult, Ekskolan och Fjällskolan." in told(page)
