"""One begins to compare with what has values here: the list, the ready questions, ways on."""

import re
from html import unescape

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.framework import load_shipped
from tests.factories.indicator_values import value
from tests.factories.organizers import OrganizerFactory
from tests.factories.shelves import store_values
from tests.the_demo import person_of_the_demo

from ska.access import Role
from ska.comparisons.listing import is_held
from ska.overview.queries.derived import derived_items

BARE = "Inga värden inlästa här än"
AK6, AK9 = (
    "Lägst betyget E i samtliga ämnen, årskurs 6",
    "Lägst betyget E i samtliga ämnen, årskurs 9",
)


def groups(page):
    """Return the list's headings and what stands under each."""
    (chosen,) = re.findall(r'<select id="vad".*?</select>', page, re.DOTALL)
    found = re.findall(r'<optgroup label="([^"]+)">(.*?)</optgroup>', chosen, re.DOTALL)
    return {
        unescape(heading): [unescape(one) for one in re.findall(r">([^<]+)</option>", options)]
        for heading, options in found
    }


def begun(page):
    return unescape(page.partition('id="begin"')[2].partition("</section>")[0])


@pytest.fixture
def petra(demo, db):
    return db.browse(person_of_the_demo(db, "petra@granasa.example"))


def test_what_has_values_here_stands_first_by_delmal_and_the_rest_under_its_own(petra, db):
    found = groups(petra.get("/granasa/jamfor").text)

    assert list(found) == ["Delmål 1 – resultat i alla ämnen (vår rubrik)", BARE]
    assert next(iter(found.values())) == [AK6]
    assert found[BARE][0] == AK9  # the rest stands by delmål too
    kim = db.browse(person_of_the_demo(db, "kim@ekhult.example"))
    kims = groups(kim.get("/ekhult/jamfor").text)
    assert [one[:8] for one in kims] == ["Delmål 1", "Delmål 2", "Delmål 6", BARE[:8]]
    assert sum(map(len, kims.values())) == sum(map(len, found.values()))


def test_what_has_no_values_can_be_chosen_and_the_page_says_how_to_get_them(petra, db):
    page = petra.get("/granasa/jamfor?vad=gr-alla-amnen-ak9&vilka=enheter").text
    lent = petra.get("/granasa/jamfor?vad=gr-alla-amnen-ak9").text

    assert f"selected>{AK9}" in page
    assert "Ingen av era enheter har värden för indikatorn än." in page
    assert '<a href="/granasa/resultat/las-in">Läs in värden</a>' in page
    assert "Ingen delar den ännu. <a" in lent
    assert "Ni har inga egna värden att dela än." in lent
    sam = db.browse(person_of_the_demo(db, "sam@ekhult.example"))
    closed = sam.get("/ekhult/jamfor?vad=gr-stimulans-ak8&vilka=enheter").text
    assert "Den som är kvalitetsutvecklare kan läsa in värden." in closed
    assert "las-in" not in closed


def test_a_small_huvudman_begins_with_what_it_has_and_is_told_how_to_go_on(petra):
    begin = begun(petra.get("/granasa/jamfor").text)
    ways = re.findall(r'href="([^"]+)"', begin)

    assert "/granasa/resultat/gr-alla-amnen-ak6?enhet=" in ways
    assert "Granåsa, år för år" in begin
    assert "Åsskolan är er enda enhet i de här frågorna" in begin
    assert "Fler frågor kommer hit när fler värden är inlästa." in begin
    assert all('class="chart' in petra.get(way).text for way in ways[:1])
    assert "Nätverk Mellanslätt" not in begin  # whose values are read by who shares the same
    assert "5\u00a0huvudmän, ni delar den inte än" in unescape(petra.get("/granasa/jamfor").text)


def test_a_municipality_begins_beside_others_where_the_same_is_published(db):
    load_shipped()
    hjo = OrganizerFactory(name="Hjo", organisation_number="2120001710", municipality_code="1497")
    store_values(
        value("2024/25", 66.0, 70, area="Hjo", area_code="2120001710"),
        value("2025/26", 61.8, 68, area="Hjo", area_code="2120001710"),
        value("2025/26", 74.0, 300, area="Falun", area_code="2120002221"),
    )
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=hjo, role=Role.QUALITY_LEAD)

    page = db.browse(person).get("/hjo/jamfor").text
    begin = begun(page)

    assert groups(page)["Delmål 1 – resultat i alla ämnen (vår rubrik)"] == [AK9]
    assert "Liknande kommuner (grundskola)" in begin
    assert "Hjo, år för år" in begin
    assert '<a href="/hjo/resultat/hamta">Hämta öppna data</a>' in begin


def test_own_numbers_alone_lead_to_no_municipality(db):
    load_shipped()
    hjo = OrganizerFactory(name="Hjo", organisation_number="2120001710", municipality_code="1497")
    row = value(
        "2025/26", 61.8, 68, source="local", measure="gr-alla-amnen-ak9",
        title="gr-alla-amnen-ak9", area="Hjo", area_code="2120001710",
        organizer_number="2120001710",
    )  # fmt: skip
    store_values(row, organizer=hjo)
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=hjo, role=Role.QUALITY_LEAD)

    page = db.browse(person).get("/hjo/jamfor").text

    assert groups(page)["Delmål 1 – resultat i alla ämnen (vår rubrik)"] == [AK9]
    assert "Liknande kommuner" not in begun(page)


def test_what_is_worked_out_has_a_value_where_all_that_it_reads_has():
    one = next(one for one in derived_items() if len(one.details["reads"]) > 1)
    names = [name for _source, name in one.details["reads"]]

    assert is_held(one, set(names))
    assert not is_held(one, set(names[1:]))


def test_a_rektor_begins_with_her_own_units_years(demo, db):
    robin = db.browse(person_of_the_demo(db, "robin@ekhult.example"))
    begin = begun(robin.get("/ekhult/jamfor").text)

    assert "Ekhults centralskola, år för år" in begin
    (way,) = re.findall(r'href="([^"]+gr-alla-amnen-ak9\?enhet=[^"]*)"', begin)
    assert way.endswith("?enhet=ekhults-centralskola")
    assert "Vad ser vi?" in robin.get(way).text


UNITS = "/storlunda/jamfor{}?vad=gr-alla-amnen-ak9&vilka=enheter"


def test_a_rektor_of_several_units_begins_an_analysis_at_the_one_she_compares_with(demo, db):
    amira = db.browse(person_of_the_demo(db, "amira@storlunda.example"))
    sheet = UNITS.format("/underlag")
    none = unescape(amira.get(sheet).text)
    hers = amira.get(f"{sheet}&mot=centralskolan").text
    others = amira.get(f"{sheet}&mot=furuskolan").text

    assert "Välj en av dem under Jämför med" in none
    assert "En ny analys" in hers
    assert "En ny analys" not in none
    assert "En ny analys" not in others
    kept = amira.post(f"{sheet}&mot=centralskolan", {"text": "Vi ligger högt.", "analysis_id": ""})
    page = unescape(amira.get(kept.headers["location"].partition("#")[0]).text)
    assert "Centralskolan" in page
    assert ", elever som fick" in page
    assert "., elever" not in page


def test_without_a_place_to_compare_with_it_is_said_who_stands_out_of_them_all(demo, db):
    vera = db.browse(person_of_the_demo(db, "vera@storlunda.example"))
    told = unescape(vera.get(f"{UNITS.format('')}&mot=ingen").text).replace("\u00a0", " ")
    funnel = unescape(vera.get(f"{UNITS.format('')}&som=tratt").text).replace("\u00a0", " ")

    assert "6 av 22 enheter har ett värde 2025/26. Tillsammans: " in told
    (out,) = re.findall(r"Tydligt lägre: [^.]+\.", told.partition('class="sentence"')[2][:900])
    assert "Solbackaskolan (44,1 %)" in out
    assert out in funnel
