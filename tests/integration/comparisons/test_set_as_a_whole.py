"""The county, SKR's group and the like as a whole beside their municipalities, where published."""

import csv
from html import unescape
from io import StringIO

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.framework import load_shipped
from tests.factories.indicator_values import value
from tests.factories.organizers import OrganizerFactory
from tests.factories.shelves import store_values

from ska.access import Role
from ska.overview.queries.peers import similar_to

ITEM, KPI = "gr-alla-amnen-ak9", "N15419"
PAGE = f"/ekhult/jamfor?vad={ITEM}&matt={KPI}&vilka="
API = f"/api/v1/organizers/ekhult/comparison?indicator={ITEM}&measure={KPI}&among="
APART = "(annan definition: oviktat medelvärde av kommunernas värden)"
SETS = {
    "lan": ("G33623", "Medelvärde, Västra Götalands län"),
    "grupp": ("G92789", "Medelvärde, Pendlingskommun nära mindre tätort"),
    "liknande": ("G35936", "Medelvärde, liknande kommuner"),
}


@pytest.fixture
def kim(db):
    load_shipped()
    ekhult = OrganizerFactory(municipality_code="1497")
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=ekhult, role=Role.QUALITY_LEAD)
    return db.browse(person)


def kolada(code, name, number, kind="municipality"):
    return value(
        "2025", number, source="kolada", measure=KPI, title="Elever i åk 9, alla ämnen",
        area_type=kind, area_code=code, area=name, organizer_number=None,
        period_type="calendar_year", scope="by_measure",
    )  # fmt: skip


def publish():
    rows = [
        kolada("1497", "Hjo", 71.0), kolada("1496", "Skövde", 74.0), kolada("0000", "Riket", 73.3,
                                                                            "country"),
        *(kolada(code, name, 66.6 + at, "municipality_group")
          for at, (code, name) in enumerate(SETS.values())),
        *(kolada(one.code, one.name, 70.0) for one in similar_to("1497") if one.code != "1496"),
    ]  # fmt: skip
    store_values(*rows)


def read(answer):
    return unescape(answer.text).replace("\u00a0", " ")


@pytest.mark.parametrize("among", SETS)
def test_it_stands_among_its_municipalities_apart_and_nothing_is_compared_with_it(
    kim, statements, among
):
    publish()
    kim.get(PAGE + among)
    statements.clear()
    page = read(kim.get(PAGE + among))
    asked = len(statements)
    number, name = 66.6 + list(SETS).index(among), SETS[among][1]
    told = kim.api("GET", API + among).json()
    (one,) = [row for row in told["places"] if row["key"] == "group"]

    assert f"{name} {APART}" in page
    assert (one["name"], one["value"], one["verdict"]) == (name, number, "cannot_tell")
    assert '<option value="group"' not in page
    assert kim.api("GET", f"{API}{among}&against=group").json()["against"] == "own"
    assert [row["value"] for row in told["places"] if row["key"] == "country"] == [73.3]
    assert asked <= 6


def test_a_sheet_has_it_and_an_analysis_does_not(kim):
    publish()
    sheet = kim.get(PAGE.replace("jamfor?", "jamfor/varden.csv?") + "lan")
    lines = list(csv.DictReader(StringIO(sheet.content.decode("utf-8-sig")), delimiter=";"))
    seen = read(kim.get(PAGE.replace("jamfor?", "jamfor/underlag?") + "lan"))

    assert [one["Värde"] for one in lines if one["Plats"].startswith("Medelvärde")] == ["66,6"]
    assert "Skövde 2025" in seen
    assert "Medelvärde, Västra Götalands län 2025" not in seen


@pytest.mark.parametrize("shape", ["tratt", "utjamnat", "karta"])
def test_where_places_stand_beside_their_common_level_it_is_counted_once(kim, shape):
    publish()

    assert "66,6 %" not in read(kim.get(f"{PAGE}lan&som={shape}"))


@pytest.mark.parametrize("among", ["alla", "valda&kommun=1496", "enheter"])
def test_no_other_set_has_it(kim, among):
    publish()

    assert "Medelvärde" not in read(kim.get(PAGE + among)).partition("<tbody>")[2]


def test_without_a_published_value_there_is_no_row(kim):
    store_values(kolada("1497", "Hjo", 71.0), kolada("1496", "Skövde", 74.0))

    assert "Medelvärde" not in read(kim.get(PAGE + "lan")).partition("<tbody>")[2]


def test_what_skolverket_tells_of_a_county_is_counted_as_its_municipalities_are(kim):
    told = {"measure": ITEM, "title": ITEM, "organizer_number": None}
    rows = [
        value("2024/25", 71.0, 100, area_type="municipality", area_code="1497", area="Hjo", **told),
        value("2024/25", 72.0, 900, area_type="municipality", area_code="1496", area="Skövde",
              **told),
        value("2024/25", 88.0, area_type="region", area_code="14", area="Västra Götaland", **told),
    ]  # fmt: skip
    store_values(*rows)
    places = kim.api("GET", f"{API.replace(KPI, 'official')}lan").json()["places"]
    (one,) = [row for row in places if row["key"] == "group"]

    assert (one["name"], one["value"], one["apart"]) == ("Västra Götalands län", 88.0, "")
    assert one["verdict"] == "clear_difference"
