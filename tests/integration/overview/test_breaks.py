"""What the trend knows of a break holds on the cards too, and zeros are asked of all places."""

from html import unescape
from importlib import import_module

import pytest
from sqlalchemy import text
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.framework import load_shipped
from tests.factories.indicator_values import country_value, unit_value, value
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory
from tests.factories.shelves import store_values

CODE = "gr-alla-amnen-ak9"
CANNOT = "Det går inte att avgöra om värdet har ändrats sedan 2024/25"


def read(page):
    return unescape(str(page)).replace("\u00a0", " ")


@pytest.fixture
def ekhult(db):
    load_shipped()
    return OrganizerFactory(organisation_number="2120001234", municipality_code="1499")


@pytest.fixture
def browse(db, ekhult):
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=ekhult)
    return db.browse(person)


def others(period, share):
    for number in range(3):
        code = f"212000999{number}"
        yield value(period, share, 500, area_code=code, area=f"Grann {number}")


def test_a_new_definition_is_a_break_on_card_table_start_and_page(browse):
    store_values(value("2024/25", 70.0, 500), value("2025/26", 40.0, 500, definition_version=2))
    why = "serien har ett brott 2025/26: måttet fick en ny definition"

    assert f"{CANNOT}: {why}" in read(browse.get(f"/ekhult/resultat/{CODE}").text)
    for path in ("/ekhult/resultat", "/ekhult/resultat?vy=tabell", "/ekhult/oversikt"):
        page = read(browse.get(path).text)
        assert f"an inte avgöras ({why})" in page, path
        assert "ydlig skillnad" not in page, path


def test_where_all_places_turn_to_zero_it_is_a_break_and_else_a_fall(browse):
    store_values(value("2024/25", 70.0, 500), value("2025/26", 0.0, 500), *others("2024/25", 60.0))
    assert "Tydlig skillnad" in read(browse.get("/ekhult/resultat").text)

    store_values(*others("2025/26", 0.0))
    page = read(browse.get("/ekhult/resultat").text)

    assert "an inte avgöras (serien har ett brott 2025/26: alla värden är 0" in page
    assert "ydlig skillnad" not in page
    page = read(browse.get(f"/ekhult/resultat/{CODE}").text)
    assert f"{CANNOT}: serien har ett brott 2025/26: alla värden är 0" in page
    assert "minskade" not in page


def test_a_unit_alone_on_its_page_does_not_fall_when_the_source_stops_counting(
    browse, ekhult, statements
):
    SchoolUnitFactory(organizer=ekhult, school_unit_code="12345678")
    page = f"/ekhult/resultat/{CODE}?enhet=ekhults-centralskola"
    store_values(unit_value("2024/25", 70.0, 100), unit_value("2025/26", 0.0, 100))
    assert "minskade till 0,0 %" in read(browse.get(page).text)

    store_values(
        *(
            unit_value(period, share, 100) | {"area_code": code, "unit_code": code, "area": code}
            for period, share in (("2024/25", 60.0), ("2025/26", 0.0))
            for code in ("87654321", "87654322")
        )
    )
    statements.clear()
    told = read(browse.get(page).text)

    assert len(statements) <= 6
    assert "minskade" not in told
    assert "alla värden är 0 från och med då" in told


def test_a_country_that_still_counts_says_that_it_is_a_fall(browse):
    store_values(
        value("2024/25", 70.0, 500), value("2025/26", 0.0, 500), *others("2024/25", 60.0),
        *others("2025/26", 0.0), country_value("2025/26", 61.0),
    )  # fmt: skip

    assert "Tydlig skillnad" in read(browse.get("/ekhult/resultat").text)


def by_gender(code, girls):
    """Return a unit's two years: all and boys are counted, *girls* are as given."""
    shares = {"T": (70.0, 69.0), "M": (68.0, 66.0), "K": (72.0, girls)}
    for gender, both in shares.items():
        for period, share in zip(("2024/25", "2025/26"), both, strict=True):
            place = {"area_code": code, "unit_code": code, "area": code}
            yield unit_value(period, share, 100, gender=gender) | place


def test_a_column_of_one_gender_that_turns_to_zeros_is_no_gap(browse, ekhult, statements):
    SchoolUnitFactory(organizer=ekhult, school_unit_code="12345678")
    page = f"/ekhult/resultat/{CODE}?enhet=ekhults-centralskola&som=kon"
    store_values(*by_gender("12345678", 0.0), *by_gender("87654321", 71.0))
    alone = read(browse.get(page).text)
    store_values(*by_gender("87654322", 0.0), *by_gender("87654323", 0.0))
    a_fall = read(browse.get(page).text)

    assert "Skillnaden är tydlig 1 av 2 år: 2025/26." in alone
    assert "Skillnaden är tydlig 1 av 2 år: 2025/26." in a_fall  # one school still has girls


def test_where_no_school_counts_girls_any_more_nothing_is_told_of_them(browse, ekhult, statements):
    SchoolUnitFactory(organizer=ekhult, school_unit_code="12345678")
    page = f"/ekhult/resultat/{CODE}?enhet=ekhults-centralskola&som=kon"
    for code in ("12345678", "87654321", "87654322"):
        store_values(*by_gender(code, 0.0))
    statements.clear()
    told = read(browse.get(page).text)
    asked = len(statements)
    trend = read(browse.get(page.removesuffix("&som=kon")).text)

    assert asked <= 6
    assert "Flickor 2025/26: källan har troligen slutat räkna, alla värden är 0." in told
    assert "är tydlig" not in told
    assert "källan har troligen" not in trend.split('class="sentence"')[1].split("</p>")[0]


SAFE = "Delmål 2: Elevers upplevelse av trygghet i årskurs {year} (medelvärde)"
APART = "beraknat-gr-trygghet-ak8-mot-ak5"


def felt_safe(code, girls):
    """Return a unit's answers in years 5 and 8; *girls* are those of year 8 the second year."""
    means = {"T": (7.0, 6.8), "M": (6.9, 6.7), "K": (7.1, girls)}
    place = {"area_code": code, "unit_code": code, "area": code, "unit": "medelvärde 0–10"}
    for gender, both in means.items():
        for period, mean in zip(("2024/25", "2025/26"), both, strict=True):
            for year, given in ((8, mean), (5, 8.0)):
                label = SAFE.format(year=year)
                about = {"measure": label, "title": label, "gender": gender}
                yield unit_value(period, given, 100, **about) | place


def told_by_gender(browse):
    """Return what the indicator's page and a tile tell of girls and boys at the school."""
    board = "/ekhult/tavlor/namnd"
    browse.post(f"{board}/rutor", {"show": "kon", "indicator": APART, "of": "enheten"})
    page = f"/ekhult/resultat/{APART}?enhet=ekhults-centralskola&som=kon"
    return [read(browse.get(one).text) for one in (page, board)]


def test_what_is_worked_out_of_one_genders_zeros_is_no_number(browse, ekhult):
    """The other part still counts: 0 minus 8 would have been a fall of girls."""
    SchoolUnitFactory(organizer=ekhult, school_unit_code="12345678")
    gone = "Flickor 2025/26: källan har troligen slutat räkna"
    store_values(*felt_safe("12345678", 0.0), *felt_safe("87654321", 7.0))
    for page in told_by_gender(browse):  # one school still has girls: it is a fall
        assert "−8,0" in page
        assert gone not in page
    store_values(*felt_safe("87654322", 0.0), *felt_safe("87654323", 0.0))
    assert all("−8,0" in page for page in told_by_gender(browse))


def test_where_no_school_has_that_gender_any_more_it_is_told(browse, ekhult):
    SchoolUnitFactory(organizer=ekhult, school_unit_code="12345678")
    for code in ("12345678", "87654321", "87654322"):
        store_values(*felt_safe(code, 0.0))
    for page in told_by_gender(browse):
        assert "Flickor 2025/26: källan har troligen slutat räkna, alla värden är 0." in page
        assert "−8,0" not in page


def test_own_values_of_all_units_that_turn_to_zero_are_a_break_for_each(browse, ekhult):
    own = {"measure": "gr-ma-ak9", "title": "gr-ma-ak9", "source": "local", "is_own": True}
    units = [
        SchoolUnitFactory(organizer=ekhult, school_unit_code=f"1234567{at}", name=f"Skola {at}")
        for at in range(4)
    ]
    store_values(
        *(
            unit_value(period, share, 400, **own)
            | {"area_code": one.school_unit_code, "unit_code": one.school_unit_code}
            for period, share in (("2024/25", 60.0), ("2025/26", 0.0))
            for one in units
        ),
        organizer=ekhult,
    )
    page = f"/ekhult/resultat/gr-ma-ak9?enhet={units[0].slug}"

    assert "minskade" not in read(browse.get(page).text)


def test_what_is_pinned_keeps_the_break_and_the_analysis_tells_of_no_change(browse):
    store_values(
        value("2023/24", 71.0, 500),
        value("2024/25", 70.0, 500),
        value("2025/26", 40.0, 500, definition_version=2),
    )
    why = "serien har ett brott 2025/26: måttet fick en ny definition"
    done = browse.post(f"/ekhult/resultat/{CODE}/underlag", {"text": "Färre.", "analysis_id": ""})
    page = read(browse.get(done.headers["location"].split("#")[0]).text)

    assert f"{CANNOT}: {why}" in page
    assert "minskade" not in page
    assert "ydlig skillnad" not in page


def test_a_repeated_value_is_not_pinned_as_a_measurement(browse):
    store_values(
        value("2023/24", 71.0, 500),
        value("2024/25", 71.0, 500, carried_from="2023/24"),
        value("2025/26", 40.0, 500),
    )
    done = browse.post(f"/ekhult/resultat/{CODE}/underlag", {"text": "Färre.", "analysis_id": ""})
    page = read(browse.get(done.headers["location"].split("#")[0]).text)

    assert "från 71,0 % (355 av 500 elever) (2023/24)" in page


def test_the_trust_card_breaks_where_the_page_does(browse):
    store_values(
        value("2024/25", 70.0, 500), value("2025/26", 0.0, 500),
        *others("2024/25", 60.0), *others("2025/26", 0.0),
    )  # fmt: skip

    page = read(browse.get(f"/ekhult/resultat/{CODE}/om-mattet").text)
    assert "minskade" not in page


def test_numbers_pinned_before_breaks_were_kept_say_that_it_is_not_known(db, browse):
    store_values(value("2024/25", 70.0, 500), value("2025/26", 40.0, 500))
    done = browse.post(f"/ekhult/resultat/{CODE}/underlag", {"text": "Färre.", "analysis_id": ""})
    page = browse.get(done.headers["location"].split("#")[0])
    migration = import_module("ska.db.migrations.versions.0063_breaks_not_known")
    with db.as_owner() as session:
        session.execute(text(migration.UNKNOWN))
        session.commit()
    old = browse.get(done.headers["location"].split("#")[0])

    assert "tydlig skillnad" in read(page.text)
    assert "tydlig skillnad" not in read(old.text)
    assert "70,0 %" in read(old.text)
    assert "siffrorna sparades innan SKA höll reda på brott i serier" in read(old.text)


def test_a_board_with_worked_out_measures_alone_knows_of_what_they_are_built_on(browse, ekhult):
    measure = "beraknat-gr-undervisning-andel-av-kostnad"
    teaching, whole = "Kostnader: Undervisning (tkr)", "Kostnader: Totalt (tkr)"
    store_values(
        *(
            value(
                period, number, measure=name, title=name, unit="tkr", period_type="calendar_year",
                area_code=code, area=code,
            )
            for period, shares in (("2024", (500.0, 1000.0)), ("2025", (0.0, 1000.0)))
            for name, number in zip((teaching, whole), shares, strict=True)
            for code in ("2120001234", "2120009991", "2120009992")
        )
    )  # fmt: skip
    board = "/api/v1/organizers/ekhult/boards/huvudman"
    version = browse.api("GET", f"{board}/arrangement").json()["version"]
    tile = {"show": "trend", "indicator": measure, "of": "huvudmannen", "back": 0}
    asked = browse.api(
        "PUT", f"{board}/arrangement", json={"tiles": [tile]}, headers={"If-Match": f'"{version}"'}
    )
    assert asked.status_code == 200, asked.text
    page = read(browse.get("/ekhult/tavlor/huvudman").text)
    own = read(browse.get(f"/ekhult/resultat/{measure}?enhet=").text)

    for told in (page, own):
        assert "alla värden är 0 från och med då" in told
        assert "minskade" not in told
