"""Results: the list, an indicator's page, its downloads and the API say the same, and no more."""

import csv
from datetime import date
from html import unescape
from io import StringIO

import plotly.graph_objects as go
import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.framework import LocalIndicatorFactory
from tests.factories.indicator_values import unit_value
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory
from tests.factories.shelves import store_values
from tests.factories.story_1 import story_1

from ska.access import Role
from ska.errors import Missing
from ska.organizers.models import UnitSchoolType
from ska.overview.queries.indicator import indicator_view
from ska.overview.queries.pages import Choice
from ska.overview.queries.results import result_list

PAGE = "/ekhult/resultat/gr-alla-amnen-ak9"
API = "/api/v1/organizers/ekhult/indicators"


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


def test_a_unit_is_seen_beside_the_huvudman_and_the_country(session, acting):
    ekhult, _unit = story_1()
    kim = acting(Role.QUALITY_LEAD, ekhult)

    view = indicator_view(session, kim, ekhult, "gr-alla-amnen-ak9", Choice("ekhults-centralskola"))

    assert read(view.seen.chart.title) == "61,8 % (42 av 68 elever) 2025/26"
    assert [one.value for one in view.pinned] == [71.4, 68.1, 61.8]
    names = [trace["name"] for trace in view.seen.chart.figure["data"]]
    assert names == ["Riket", "Ekhult", "Ekhults centralskola"]
    go.Figure(view.seen.chart.figure)


def test_an_unknown_indicator_or_unit_does_not_exist(session, acting):
    ekhult, _unit = story_1()
    kim = acting(Role.QUALITY_LEAD, ekhult)

    for code, unit in (
        ("gr-finns-inte", None),
        ("gr-alla-amnen-ak9", "finns-inte"),
        ("gr-1", None),
    ):
        with pytest.raises(Missing):
            indicator_view(session, kim, ekhult, code, Choice(unit))


def test_own_values_pass_the_gate_on_their_way_to_the_chart(session, acting):
    ekhult, unit = story_1()
    kim = acting(Role.QUALITY_LEAD, ekhult)
    own = {"measure": "gr-ma-ak9", "title": "gr-ma-ak9", "source": "local", "is_own": True}
    store_values(
        unit_value("2024/25", 80.0, 60, **own),
        unit_value("2025/26", 50.0, 4, **own),
        organizer=ekhult,
    )

    view = indicator_view(session, kim, ekhult, "gr-ma-ak9", Choice(unit.slug))

    assert [(one.value, one.word) for one in view.seen.chart.values] == [
        (80.0, ""),
        (None, "för få elever, eller skydd för en grupp med få"),
    ]
    assert all(one.n != 4 for one in view.seen.chart.values)


def test_own_values_of_others_are_not_seen(session, acting):
    ekhult, unit = story_1()
    lindasa = OrganizerFactory(name="Lindåsa")
    own = {"measure": "gr-ma-ak9", "title": "gr-ma-ak9", "source": "local", "is_own": True}
    store_values(unit_value("2024/25", 80.0, 60, **own), organizer=lindasa)
    kim = acting(Role.QUALITY_LEAD, ekhult)

    view = indicator_view(session, kim, ekhult, "gr-ma-ak9", Choice(unit.slug))

    assert view.seen.latest is None
    with pytest.raises(Missing):
        result_list(session, kim, lindasa)


def test_the_list_has_every_indicator_by_delmal(session, acting):
    ekhult, unit = story_1()
    kim = acting(Role.QUALITY_LEAD, ekhult)

    found = result_list(session, kim, ekhult, Choice(unit.slug))
    conditions = result_list(session, kim, ekhult, kind="condition")

    assert (found.shown, found.with_value) == (25, 1)
    assert (conditions.shown, conditions.with_value) == (24, 0)
    assert [group.number for group in found.groups] == sorted(
        group.number for group in found.groups
    )
    (card,) = [card for group in found.groups for card in group.cards if card.has_value]
    assert (read(card.value), card.verdict) == ("61,8 %", "inom vanlig variation")


def test_an_indicator_of_the_huvudmans_own_is_shown_with_its_values(db, ekhult, kim):
    local = LocalIndicatorFactory(organizer=ekhult)
    retired = LocalIndicatorFactory(organizer=ekhult, name="Gammalt", retired_on=date(2026, 1, 1))
    foreign = LocalIndicatorFactory(organizer=OrganizerFactory(name="Lindåsa"), name="Annat")
    own = {"measure": local.name, "title": local.name, "source": "local", "is_own": True}
    store_values(unit_value("2025/26", 72.0, 50, **own), organizer=ekhult)
    browse = db.browse(kim)

    listed = browse.get("/ekhult/resultat?enhet=ekhults-centralskola").text
    page = browse.get(f"/ekhult/resultat/egen-{local.id}?enhet=ekhults-centralskola").text

    assert "Egna indikatorer" in listed
    assert local.name in listed
    assert retired.name not in listed
    assert foreign.name not in listed
    assert "72,0 % (36 av 50 elever) 2025/26" in read(page)
    assert "Testet görs av läraren själv." in page
    for code in (f"egen-{foreign.id}", "egen-nagot"):
        assert browse.get(f"/ekhult/resultat/{code}").status_code == 404


def test_the_page_reads_without_javascript(db, ekhult, kim):
    page = db.browse(kim).get(f"{PAGE}?enhet=ekhults-centralskola").text

    for text in (
        "61,8 % (42 av 68 elever) 2025/26",
        "ungefär 4 elever, och ryms inom vanlig variation",
        "Med tre elever till hade andelen varit 66,2 %.",
        "för få elever",
        "Källa: Skolverket, nationella kvalitetssystemet, inläst 1 oktober 2026.",
        "50–72 %",
        "Av 100 elever i årskurs 9",
    ):
        assert text in read(page), text
    assert page.count('<svg class="trend') == 2


def test_the_list_page_filters_in_the_address(db, ekhult, kim):
    browse = db.browse(kim)

    cards = browse.get("/ekhult/resultat?enhet=ekhults-centralskola&varden=ja").text
    table = browse.get("/ekhult/resultat?enhet=ekhults-centralskola&vy=tabell").text
    conditions = browse.get("/ekhult/resultat?visa=forutsattningar").text

    assert read(cards).count('class="card indicator"') == 1
    assert "inom vanlig variation" in cards.lower()
    assert "<caption>" in table
    assert "24 förutsättningar" in read(conditions)
    assert browse.get("/ekhult/resultat?enhet=finns-inte").status_code == 404


def test_the_downloads_hold_what_is_shown_and_no_more(db, ekhult, kim):
    browse = db.browse(kim)
    sheet = browse.send("GET", f"{PAGE}/varden.csv?enhet=ekhults-centralskola")
    book = browse.send("GET", f"{PAGE}/varden.xlsx?enhet=ekhults-centralskola")
    rows = list(csv.DictReader(StringIO(sheet.content.decode("utf-8-sig")), delimiter=";"))

    assert rows[2]["Värde"] == "61,8"
    hidden = [row for row in rows if row["Plats"] == "Ekhult" and row["Period"] == "2025/26"]
    assert [(row["Värde"], row["Förklaring"]) for row in hidden] == [("", "för få elever")]
    assert (
        "ekhult-ekhults-centralskola-gr-alla-amnen-ak9.csv" in sheet.headers["content-disposition"]
    )
    assert book.content[:2] == b"PK"


def test_the_api_gives_the_same(db, ekhult, kim):
    browse = db.browse(kim)
    listed = browse.api("GET", f"{API}?unit=ekhults-centralskola").json()
    address = f"{API}/gr-alla-amnen-ak9"
    series = browse.api("GET", f"{address}/series?unit=ekhults-centralskola").json()
    chart = browse.api("GET", f"{address}/chart?unit=ekhults-centralskola").json()

    assert len(listed) == 25
    assert (
        read(next(one for one in listed if one["code"] == "gr-alla-amnen-ak9")["value"]) == "61,8 %"
    )
    assert read(series["title"]) == "61,8 % (42 av 68 elever) 2025/26"
    assert [one["value"] for one in series["values"][:3]] == [71.4, 68.1, 61.8]
    assert len(go.Figure(chart).data) == 3
    assert browse.api("GET", f"{API}/finns-inte/series").status_code == 404


def test_each_page_asks_few_questions_however_many_values(db, ekhult, kim, statements):
    browse = db.browse(kim)

    def asked(path):
        statements.clear()
        assert browse.get(path).status_code == 200
        return len(statements)

    paths = ("/ekhult/resultat?enhet=ekhults-centralskola", f"{PAGE}?enhet=ekhults-centralskola")
    few = [asked(path) for path in paths]
    for number in range(15):
        SchoolUnitFactory(organizer=ekhult, name=f"Skola {number}")
        store_values(unit_value(f"{2000 + number}/{number + 1:02}", 50.0 + number))
    many = [asked(path) for path in paths]

    assert few == many
    assert max(many) <= 6


def test_what_is_worked_out_stands_apart_with_its_method_and_follows_the_gate(db, ekhult, kim):
    code = "beraknat-gr-betygspoang-ma-ak9"
    counts = {"A": 6, "B": 7, "C": 9, "D": 8, "E": 12, "F": 6}
    for grade, count in counts.items():
        title = f"Betyg i matematik årskurs 9, antal {grade}"
        own = {"measure": title, "title": title, "source": "local", "is_own": True}
        own["unit"] = "elever"
        few = unit_value("2024/25", float(count), 4, **own)
        store_values(unit_value("2025/26", float(count), 48, **own), few, organizer=ekhult)
    browse = db.browse(kim)

    listed = browse.get("/ekhult/resultat?visa=beraknade&enhet=ekhults-centralskola")
    page = browse.get(f"/ekhult/resultat/{code}?enhet=ekhults-centralskola")

    assert "Beräknade mått" in listed.text
    assert "Betygspoäng i matematik årskurs 9" in listed.text
    points = (6 * 20 + 7 * 17.5 + 9 * 15 + 8 * 12.5 + 12 * 10) / 48
    assert f"{points:.1f}".replace(".", ",") in page.text
    assert "antalet A × 20" in page.text
    assert "beräknat i SKA" in page.text
    assert "för få elever, eller skydd för en grupp med få" in page.text


def test_a_preschools_rektor_meets_her_own_unit_and_no_indicators_of_school(db, ekhult):
    preschool = SchoolUnitFactory(organizer=ekhult, name="Förskolan Lärkan", slug="larkan")
    with db.as_owner() as session:
        session.add(
            UnitSchoolType(organizer_id=ekhult.id, unit_id=preschool.id, school_type="preschool")
        )
    lena = PersonFactory()
    RoleAssignmentFactory(person=lena, organizer=ekhult, role=Role.PRINCIPAL, unit=preschool)
    browse = db.browse(lena)

    own = read(browse.get("/ekhult/resultat").text)
    whole = read(browse.get("/ekhult/resultat?enhet=").text)

    assert "Resultat – Förskolan Lärkan" in own
    assert "har inga indikatorer för den här skolformen än" in own
    assert "25 indikatorer" in whole
