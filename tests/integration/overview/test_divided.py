"""The gap of background on the indicator's page: told for the huvudman, or why it is not."""

import json
from html import unescape

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.framework import load_shipped
from tests.factories.indicator_values import unit_value, value
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory
from tests.factories.shelves import store_values
from tests.factories.story_2 import STORY_2_DAY

from ska.framework.queries.pupil_groups import divisions
from ska.overview.rules.shapes import DIVIDED

AT = "/ekhult/resultat/gr-alla-amnen-ak9"
API = "/api/v1/organizers/ekhult/indicators/gr-alla-amnen-ak9/series"
OWN = {"source": "local", "measure": "gr-alla-amnen-ak9", "title": "gr-alla-amnen-ak9"}
SWEDISH, FOREIGN = ({"pupil_group": f"bakgrund:{one}"} for one in ("svensk", "utlandsk"))
AT_SCHOOL, AT_NEW = f"{AT}?enhet=ekhults-centralskola", f"{AT}?enhet=nya-skolan"
NEW_SCHOOL = {"area": "Nya skolan", "area_code": "12345679"}
UNIT = {"organizer_number": None, "unit_code": None}


def read(answer):
    return unescape(answer.text).replace("\u00a0", " ")


@pytest.fixture
def ekhult(db):
    db.clock.now = STORY_2_DAY
    load_shipped()
    ekhult = OrganizerFactory(organisation_number="2120001234", municipality_code="1499")
    SchoolUnitFactory(organizer=ekhult, school_unit_code="12345678")
    SchoolUnitFactory(
        organizer=ekhult, school_unit_code="12345679", name="Nya skolan", slug="nya-skolan"
    )
    return ekhult


@pytest.fixture
def browse(db, ekhult):
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=ekhult)
    return db.browse(person)


@pytest.fixture
def divided(ekhult):
    rows = []
    for period, swedish in (("2024/25", 75.0), ("2025/26", 77.0)):
        whole = 200 * swedish / 100 + 45
        rows += [
            value(period, 100 * whole / 300, 300, **OWN),
            value(period, swedish, 200, **OWN, **SWEDISH),
            value(period, 45.0, 100, **OWN, **FOREIGN),
            unit_value(period, 60.0, 50, **OWN) | UNIT,
        ]
    store_values(*rows, organizer=ekhult)


def test_every_division_of_the_list_has_a_shape():
    assert [one.id for one in divisions()] == [str(one) for one in DIVIDED]


def test_the_gap_is_told_for_the_huvudman_in_picture_table_and_words(browse, divided):
    page = read(browse.get(f"{AT}?som=bakgrund"))

    assert (
        "Ekhult 2025/26. Svensk bakgrund: 77,0 % (154 av 200 elever). Utländsk bakgrund: 45,0 % (45"
        " av 100 elever). Det är en tydlig skillnad: 32,0 procentenheter, ungefär 32 elever."
        " Skillnaden är tydlig 2 av 2 år"
    ) in page
    assert "Gapet i elever" in page
    assert 'class="plot" role="img"' in page
    assert "Gapet visar att grupperna skiljer sig åt, inte varför" in page
    assert "Så läser du diagrammet" in page
    assert "Källa: egna värden" in page
    assert "Utländsk bakgrund innebär att eleven är född utomlands" in page
    assert "som Kolada beskriver måtten N15822 och N15902" in page
    assert "Grupperna visas bara tillsammans" in page
    assert "Läs in värden" not in page


def test_what_is_plotted_is_what_the_table_and_the_sentence_say(browse, divided):
    page = browse.get(f"{AT}?som=bakgrund").text
    figure = json.loads(page.partition("data-figure>")[2].partition("</script>")[0])
    plotted = {one["name"]: (one["y"], one["text"]) for one in figure["data"]}
    sheet = browse.get(f"{AT}/varden.csv?som=bakgrund").text
    picture = browse.get(f"{AT}/bild.svg?som=bakgrund").text

    assert {name: y for name, (y, _) in plotted.items()} == {
        "Svensk bakgrund": [75.0, 77.0], "Utländsk bakgrund": [45.0, 45.0],
    }  # fmt: skip
    told = read(browse.get(f"{AT}?som=bakgrund"))
    assert all(
        one.replace("\u00a0", " ") in told for _, text in plotted.values() for one in text[1:]
    )
    assert all(f'<td class="number">{one},0 %</td>' in told for one in (75, 77, 45))
    for name in plotted:
        assert name in sheet
        assert name in picture


def test_groups_that_are_too_few_say_why_and_leave_the_whole(browse, ekhult):
    store_values(
        value("2025/26", 65.0, 300, **OWN),
        value("2025/26", 65.9, 296, **OWN, **SWEDISH),
        value("2025/26", 0.0, 4, **OWN, **FOREIGN),
        organizer=ekhult,
    )
    page = read(browse.get(f"{AT}?som=bakgrund"))

    assert "Grupperna visas inte: för få elever, eller skydd för en grupp med få." in page
    assert "minst fem elever ha nått nivån och minst fem inte" in page
    assert "65,9" not in page
    assert "65,0 % (195 av 300 elever)" in read(browse.get(AT))


def test_an_empty_page_tells_what_to_read_in_and_leads_there(browse):
    page = read(browse.get(f"{AT}?som=bakgrund"))
    assert "Läs in en fil med kolumnen grupp" in page
    assert 'href="/ekhult/resultat/las-in"' in page
    assert "Föräldrars utbildning" not in page  # offered where something is read in of it


def test_a_school_without_groups_says_what_to_read_in(browse, divided):
    page = read(browse.get(f"{AT_SCHOOL}&som=bakgrund"))
    assert "Det finns inga värden för grupperna på skolan. De läses in i en fil" in page
    assert "75,0 %" not in page
    assert "60,0 % (30 av 50 elever)" in read(browse.get(AT_SCHOOL))


def test_a_school_has_no_groups_to_choose_where_nobody_has(browse, ekhult):
    store_values(unit_value("2025/26", 60.0, 50, **OWN) | UNIT, organizer=ekhult)
    page = read(browse.get(f"{AT_SCHOOL}&som=bakgrund"))
    assert "Svensk och utländsk bakgrund" not in page


@pytest.fixture
def school_divided(ekhult, divided):
    rows = []
    for period, foreign in (("2024/25", 50.0), ("2025/26", 30.0)):
        whole = 60 + 40 * foreign / 100
        rows += [
            unit_value(period, one, n, **OWN, **group) | UNIT | NEW_SCHOOL
            for one, n, group in (
                (100 * whole / 120, 120, {}), (75.0, 80, SWEDISH), (foreign, 40, FOREIGN),
            )
        ]  # fmt: skip
    store_values(*rows, organizer=ekhult)


def test_the_gap_of_a_school_is_told_in_picture_table_and_words(browse, school_divided):
    page = read(browse.get(f"{AT_NEW}&som=bakgrund"))

    assert (
        "Nya skolan 2025/26. Svensk bakgrund: 75,0 % (60 av 80 elever). Utländsk bakgrund: 30,0 %"
        " (12 av 40 elever). Det är en tydlig skillnad: 45,0 procentenheter, ungefär 18 elever."
    ) in page
    assert 'class="plot" role="img"' in page
    assert "Gapet visar att grupperna skiljer sig åt, inte varför" in page
    assert "En skolas grupper visas bara när huvudmannens visas" in page
    assert "Källa: egna värden" in page
    assert '<td class="number">50,0 %</td>' in page
    assert "45,0 %" not in page  # the huvudman's


def test_a_school_whose_groups_are_few_says_why_and_leaves_the_whole(browse, ekhult, divided):
    store_values(
        unit_value("2025/26", 62.5, 40, **OWN) | UNIT | NEW_SCHOOL,
        unit_value("2025/26", 66.7, 36, **OWN, **SWEDISH) | UNIT | NEW_SCHOOL,
        unit_value("2025/26", 25.0, 4, **OWN, **FOREIGN) | UNIT | NEW_SCHOOL,
        organizer=ekhult,
    )
    page = read(browse.get(f"{AT_NEW}&som=bakgrund"))

    assert "Grupperna visas inte: för få elever, eller skydd för en grupp med få." in page
    assert "skolornas visas samtidigt eller inte alls" in page
    assert "66,7" not in page
    assert "62,5 % (25 av 40 elever)" in read(browse.get(AT_NEW))
    assert "Utländsk bakgrund: 45,0 % (45" in read(browse.get(f"{AT}?som=bakgrund"))


def test_an_underlag_and_other_pages_of_a_school_tell_of_no_group(browse, school_divided):
    school = "?enhet=nya-skolan"
    others = [AT_NEW, f"{AT_NEW}&som=styrdiagram", f"{AT}/underlag{school}&som=bakgrund"]
    others += [f"/ekhult/resultat{school}", "/ekhult/resultat", AT, f"{AT}/om-mattet"]
    texts = [read(browse.get(one)) for one in others]
    texts.append(browse.api("GET", "/api/v1/organizers/ekhult/values").text)
    assert all("30,0" not in one and "12 av 40" not in one for one in texts)


def test_a_measure_that_is_no_share_has_no_groups_to_choose(browse):
    page = read(browse.get("/ekhult/resultat/gr-antal-elever?som=bakgrund"))
    assert "Visa som" in page
    assert "Svensk och utländsk bakgrund" not in page


def test_no_other_page_no_api_and_no_underlag_tells_of_a_group(browse, divided):
    form = read(browse.get(f"{AT}/underlag?som=bakgrund"))
    others = [AT, f"{AT}?som=styrdiagram", "/ekhult/resultat", f"{AT}/om-mattet"]
    texts = [form, *(read(browse.get(one)) for one in others)]
    texts.append(browse.api("GET", "/api/v1/organizers/ekhult/values").text)
    texts += [browse.api("GET", f"{API}?shape={one}").text for one in ("trend", "background")]

    assert all("77,0" not in one and "45,0" not in one for one in texts)
    assert all("utländsk" not in one.lower() for one in texts[5:])


def test_the_page_asks_no_more_for_groups(browse, divided, statements):
    browse.get(f"{AT}?som=trend")
    statements.clear()
    browse.get(AT)
    plain = len(statements)
    statements.clear()
    browse.get(f"{AT}?som=bakgrund")
    assert len(statements) == plain <= 6


def test_so_many_pupils_more_are_of_all_together(browse, divided):
    apart, together = (read(browse.get(f"{AT}{som}")) for som in ("?som=bakgrund", ""))
    assert "Alla elever tillsammans: Med tre elever till hade andelen varit" in apart
    assert "Alla elever tillsammans:" not in together
    assert "Med tre elever till hade andelen varit" in together
