"""Places side by side are not compared across a break, nor where a whole column turns to zeros."""

from html import unescape

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.framework import load_shipped
from tests.factories.indicator_values import unit_value, value
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory
from tests.factories.shelves import store_values

CODE = "gr-alla-amnen-ak9"
UNITS = f"/hjo/jamfor?vad={CODE}&vilka=enheter"
CHOSEN = f"/hjo/jamfor?vad={CODE}&vilka=valda&kommun=2080&kommun=1480&kommun=1280"
YEARS = ("2023/24", "2024/25", "2025/26")
PLACES = {
    "2120001710": "Hjo", "2120002221": "Falun", "2120001355": "Göteborg", "2120001124": "Malmö",
}  # fmt: skip
ZEROS = "serien har ett brott 2025/26: alla värden är 0 från och med då"


def read(page):
    return " ".join(unescape(page.text).replace("\u00a0", " ").split())


@pytest.fixture
def browse(db):
    load_shipped()
    hjo = OrganizerFactory(name="Hjo", organisation_number="2120001710", municipality_code="1497")
    for at in range(4):
        SchoolUnitFactory(organizer=hjo, school_unit_code=f"1234567{at}", name=f"Skola {at}")
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=hjo)
    return db.browse(person)


def at_units(shares, **last):
    for at in range(4):
        code = f"1234567{at}"
        for period, share in zip(YEARS, shares, strict=True):
            more = last if period == YEARS[-1] else {}
            yield unit_value(period, share, 400, **more) | {"area_code": code, "unit_code": code}


def at_places(shares):
    for number, name in PLACES.items():
        for period, share in zip(YEARS, shares, strict=True):
            yield value(period, share, 400, area_code=number, area=name, organizer_number=number)


def test_units_get_a_new_definition_and_no_change_is_told(browse):
    store_values(*at_units((70.0, 70.0, 40.0), definition_version=2))
    page = read(browse.get(f"{UNITS}&som=sma"))
    why = "serien har ett brott 2025/26: måttet fick en ny definition"

    assert f"Kan inte avgöras ({why}): Skola 0" in page
    assert "brott i serien före 2025/26: måttet fick en ny definition." in page
    assert "Tydligt" not in page


def test_a_column_that_turns_to_zeros_is_no_fall_at_any_place(browse):
    store_values(*at_places((70.0, 70.0, 0.0)))
    small = read(browse.get(f"{CHOSEN}&som=sma"))
    pooled = read(browse.get(f"{CHOSEN}&ar=3"))
    dots = read(browse.get(CHOSEN))

    assert f"Kan inte avgöras ({ZEROS}" in small
    assert "Tydligt lägre" not in small
    assert "46,7 %" not in pooled
    assert "serien har ett brott 2025/26" in pooled
    assert "Från och med 2025/26 är alla värden 0." in dots


def test_two_places_are_enough_where_zeros_are_everywhere(browse):
    few = [one for one in at_places((70.0, 70.0, 0.0)) if one["area"] in {"Hjo", "Falun"}]
    store_values(*few)
    path = f"/hjo/jamfor?vad={CODE}&vilka=valda&kommun=2080&som=sma"
    assert "Tydligt lägre" in read(browse.get(path))

    others = [one for one in at_places((70.0, 70.0, 0.0)) if one["area"] not in {"Hjo", "Falun"}]
    store_values(*others)
    assert "Tydligt lägre" not in read(browse.get(path))


@pytest.mark.parametrize("against", ["", "&mot=skola-1"])
def test_years_pooled_over_a_break_give_the_reason_and_no_empty_picture(browse, against):
    store_values(*at_units((70.0, 70.0, 40.0), definition_version=2))
    page = browse.get(f"{UNITS}&ar=3{against}")

    assert "4 enheter saknar värde" not in read(page)
    assert "Skola 0 (serien har ett brott 2025/26)" in read(page)
    assert "Välj ett år i taget för att jämföra." in read(page)
    assert 'class="plot"' not in page.text
    assert "data-chart" not in page.text


def test_signals_of_a_column_of_zeros_say_that_nothing_seems_to_be_counted(browse):
    store_values(*at_units((70.0, 70.0, 0.0)), *at_places((70.0, 70.0, 0.0)))
    said = "Från och med 2025/26 är alla värden 0. Källan har troligen slutat räkna."

    assert said in read(browse.get("/hjo/resultat/signaler"))


def test_signals_of_what_is_counted_say_nothing_of_zeros(browse):
    store_values(*at_units((70.0, 70.0, 40.0)), *at_places((70.0, 70.0, 60.0)))
    page = read(browse.get("/hjo/resultat/signaler"))

    assert "Tydligt lägre" in page
    assert "slutat räkna" not in page
