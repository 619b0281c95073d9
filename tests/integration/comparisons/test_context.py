"""Conditions beside a comparison: published values through the gate, in the places' own order."""

import csv
import re
from datetime import datetime
from io import BytesIO, StringIO

import polars as pl
import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.indicator_values import value
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory
from tests.factories.shelves import store_values
from tests.factories.story_2 import ITEM, STORY_2_DAY, share_all, story_2
from tests.places import STOCKHOLM

from ska.access import Role

FACTOR = "gr-utlandsk-bakgrund"
NAME = "Elever med utländsk bakgrund, andel"
LABEL = "Elever: Andel (%) med utländsk bakgrund"
NETWORK = f"/ekhult/jamfor?vad={ITEM}&vilka=natverk:natverk-mellanslatt&bakgrund={FACTOR}"
API = "/api/v1/organizers/ekhult/comparison"
NAMES = ("Ekhult", "Lindåsa", "Mosslunda", "Norrforsa", "Sjövalla")


def published(number, share, period="2024/25", **more):
    return value(
        period,
        share,
        measure=FACTOR,
        title=LABEL,
        area_code=number,
        organizer_number=number,
        **more,
    )


@pytest.fixture
def made(db):
    db.clock.now = STORY_2_DAY
    made = story_2()
    share_all(db, made, NAMES)
    shares = {"Ekhult": 18.2, "Lindåsa": 9.1, "Sjövalla": 41.0, "Mosslunda": None}
    store_values(
        *[published(made[name][0].organisation_number, share) for name, share in shares.items()]
    )
    return made


def table(text):
    """Return the rows of the table of conditions as text."""
    part = text.split('id="context"')[1].split("</section>")[0]
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</th>(.*?)</tr>", part, flags=re.DOTALL)
    return [(name, re.sub(r"<[^>]+>", "", cells).replace("\u00a0", " ")) for name, cells in rows]


def test_a_network_sees_what_is_published_of_each_member_in_the_same_order(db, made):
    text = db.browse(made["Ekhult"][1]).get(NETWORK).text

    assert table(text) == [
        ("Ekhult", "18,2 %"), ("Granåsa", "uppgift saknas"), ("Lindåsa", "9,1 %"),
        ("Mosslunda", "för få elever"), ("Norrforsa", "uppgift saknas"), ("Sjövalla", "41,0 %"),
    ]  # fmt: skip
    assert f'value="{FACTOR}" checked' in text
    assert "Det förklarar inte skillnaden" in text


def test_it_follows_the_page_wherever_it_goes(db, made):
    browse = db.browse(made["Ekhult"][1])
    text = browse.get(NETWORK).text

    assert f"bakgrund={FACTOR}" in re.search(r'href="(/ekhult/jamfor/vyer/ny[^"]*)"', text)[1]
    asked = f"{API}?indicator={ITEM}&among=natverk:natverk-mellanslatt&factor={FACTOR}&factor=x"
    (factor,) = browse.api("GET", asked).json()["factors"]
    sjovalla = str(made["Sjövalla"][0].id)
    assert (factor["period"], factor["places"][sjovalla]) == ("2024/25", "41,0\u00a0%")


def test_what_another_huvudman_keeps_for_itself_is_not_read(db, made):
    """Own values of the others are no part of it, not even in a network that shares."""
    lindasa = made["Norrforsa"][0]
    own = published(lindasa.organisation_number, 55.5, n=200, source="local", is_own=True)
    store_values(own, organizer=lindasa)

    assert "55,5" not in db.browse(made["Ekhult"][1]).get(NETWORK).text


def test_own_units_stand_beside_each_other_too(db, made):
    ekhult, person = made["Ekhult"]
    for at, name in enumerate(("Backskolan", "Åby skola")):
        SchoolUnitFactory(organizer=ekhult, name=name, school_unit_code=f"1000000{at}")
        unit = {"area_type": "school_unit", "area_code": f"1000000{at}", "area": name}
        told = unit | {"unit_code": f"1000000{at}"}
        store_values(
            value("2025/26", 70.0 + at, 60, measure=ITEM, title=ITEM, source="local", **told),
            organizer=ekhult,
        )
        store_values(published("x", 10.0 + at) | told)

    text = db.browse(person).get(NETWORK.replace("natverk:natverk-mellanslatt", "enheter")).text

    assert table(text) == [("Backskolan", "10,0 %"), ("Åby skola", "11,0 %")]


def test_conditions_stand_as_they_were_known_and_apart_from_what_is_compared(db, made):
    ekhult, person = made["Ekhult"]
    early, late = (datetime(2026, 10, day, 12, tzinfo=STOCKHOLM) for day in (1, 20))
    SchoolUnitFactory(organizer=ekhult, name="Backskolan", school_unit_code="10000001")
    told = {"area_type": "school_unit", "area_code": "10000001", "unit_code": "10000001"}
    store_values(
        published("x", 10.0, "2025/26", recorded_at=early, superseded_at=late) | told,
        published("x", 30.0, "2025/26", recorded_at=late) | told,
    )
    own = value("2024/25", 70.0, 60, measure=ITEM, title=ITEM, source="local", **told)
    store_values(own | {"recorded_at": early}, organizer=ekhult)
    units = NETWORK.replace("natverk:natverk-mellanslatt", "enheter")
    browse = db.browse(person)

    then = browse.get(f"{units}&kant=2026-10-05").text
    now = browse.get(units).text
    assert table(now) == [("Backskolan", "30,0 %")]
    assert "Lägst betyget E i samtliga ämnen, årskurs 6 2024/25" in now
    assert table(then) == [("Backskolan", "10,0 %")]
    assert "så som det var känt den" in then.split('id="context"')[1]
    same = browse.get(units.replace(f"vad={ITEM}", f"vad={FACTOR}")).text
    assert table(same) == [("Backskolan", "30,0 %")]
    assert "Backskolan: 30,0\u00a0%" in same


def test_it_costs_one_question_and_at_most_six_in_all(db, made, statements):
    browse = db.browse(made["Ekhult"][1])
    browse.get(NETWORK)
    statements.clear()
    browse.get(NETWORK)

    assert len(statements) <= 6, "\n".join(statements)


def test_at_most_three_and_nothing_unknown(db):
    db.clock.now = STORY_2_DAY
    hjo = OrganizerFactory(name="Hjo", organisation_number="2120001728", municipality_code="1497")
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=hjo, role=Role.QUALITY_LEAD)
    story_2()
    store_values(value("2024/25", 61.8, 68, area="Hjo", area_code="2120001728"))
    codes = ("gr-andel-flickor", "gr-antal-elever", FACTOR, "gr-elever-per-larare", "hittepa")
    asked = "".join(f"&bakgrund={code}" for code in codes)

    text = db.browse(person).get(f"/hjo/jamfor?vad=gr-alla-amnen-ak9&vilka=liknande{asked}").text

    assert len(re.findall(r'name="bakgrund" value="[^"]*" checked', text)) == 3


def test_conditions_follow_into_the_sheets_with_what_they_mean_and_their_source(db, made):
    """In the order of the places; what is hidden or missing is an empty cell and a word."""
    browse = db.browse(made["Ekhult"][1])
    sheet = browse.get(NETWORK.replace("jamfor?", "jamfor/varden.csv?")).content.decode("utf-8-sig")
    rows = [one for one in csv.DictReader(StringIO(sheet), delimiter=";") if one["Mått"] == NAME]

    assert [(row["Plats"], row["Period"], row["Värde"], row["Förklaring"]) for row in rows] == [
        ("Ekhult", "2024/25", "18,2", ""), ("Granåsa", "2024/25", "", "uppgift saknas"),
        ("Lindåsa", "2024/25", "9,1", ""), ("Mosslunda", "2024/25", "", "för få elever"),
        ("Norrforsa", "2024/25", "", "uppgift saknas"), ("Sjövalla", "2024/25", "41", ""),
    ]  # fmt: skip
    assert {row["Enhet"] for row in rows} == {"%"}
    assert all(row["Källa"].startswith("Skolverket") for row in rows)
    book = BytesIO(browse.get(NETWORK.replace("jamfor?", "jamfor/varden.xlsx?")).content)
    beside = pl.read_excel(
        book, sheet_name="Förutsättningar", schema_overrides={"Värde": pl.Float64}
    )
    assert beside["Värde"].to_list() == [18.2, None, 9.1, None, None, 41.0]
    about = pl.read_excel(book, sheet_name="Om måttet", has_header=False).rows()
    at = about.index(("Förutsättning", NAME))
    told = dict(about[at:])
    assert told["Definition"].startswith("Elever som är födda utomlands")
    assert told["Källa"].startswith("Skolverket")
    assert "Så läses måttet" in dict(about[:at])


def test_without_conditions_the_sheets_hold_what_is_compared_alone(db, made):
    browse = db.browse(made["Ekhult"][1])
    bare = NETWORK.partition("&bakgrund")[0]
    sheet = browse.get(bare.replace("jamfor?", "jamfor/varden.csv?")).content.decode("utf-8-sig")
    assert NAME not in sheet
    book = BytesIO(browse.get(bare.replace("jamfor?", "jamfor/varden.xlsx?")).content)
    assert list(pl.read_excel(book, sheet_id=0)) == ["Värden", "Om måttet"]


def test_too_few_places_for_an_expectation_are_told_as_such_to_people_and_programs(db, made):
    browse = db.browse(made["Ekhult"][1])
    page = browse.get(NETWORK).text
    asked = f"{API}?indicator={ITEM}&among=natverk:natverk-mellanslatt&factor={FACTOR}"
    told = browse.api("GET", asked).json()["expected"]

    assert "minst 20 platser som har både värde och förutsättningar, här är de 3." in page
    assert told["sentence"] in page
    assert told["table"] is None
    assert "Vad hade varit att vänta?" not in browse.get(NETWORK.partition("&bakgrund")[0]).text
