"""Every kind of tile: it says what its own page says, a period back too, and why it is empty."""

import re
from html import unescape

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.framework import load_shipped
from tests.factories.indicator_values import unit_value, value
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory
from tests.factories.shelves import store_values
from tests.factories.story_2 import STORY_2_DAY
from tests.the_demo import person_of_the_demo

from ska.overview.queries.peers import in_county_of

BOARD = "/storlunda/tavlor/namnd"
KINDS = [
    {"show": "utjamnat", "indicator": "gr-alla-amnen-ak6"},
    {"show": "salsa", "indicator": "salsa:meritvarde"},
    {"show": "salsa", "indicator": "salsa:alla-amnen", "back": "1"},
    {"show": "np-betyg", "indicator": "np-betyg-ak9:ma"},
    {"show": "np-betyg", "indicator": "np-betyg-ak9:en", "of": "enheten"},
    {"show": "tratt", "indicator": "gr-alla-amnen-ak6", "back": "1"},
    {"show": "prickar", "indicator": "gr-alla-amnen-ak6", "back": "2"},
    {"show": "bakgrund", "indicator": "gr-alla-amnen-ak9"},
]


def read(text):
    return re.sub(r"\s+", " ", unescape(text).replace("\u00a0", " "))


def tiles_of(page):
    return re.findall(r'<section class="tile.*?</section>', page, re.S)


def sentences(html):
    found = re.findall(r'<p class="sentence"[^>]*>(.*?)</p>', html, re.S)
    return [read(re.sub("<[^>]+>", " ", one)).strip() for one in found]


def put(browse, board, *tiles):
    for _tile in range(12):
        if browse.post(f"{board}/andra", {"act": "bort-0"}).status_code != 303:
            break
    for tile in tiles:
        answer = browse.post(f"{board}/rutor", {"of": "huvudmannen", **tile})
        assert answer.status_code == 303, tile


@pytest.fixture
def vera(db, demo):
    return db.browse(person_of_the_demo(db, "vera@storlunda.example"))


def test_a_tile_says_what_the_page_it_leads_to_says_all_in_six_questions(vera, statements):
    put(vera, BOARD, *KINDS)
    vera.get(BOARD)
    statements.clear()
    page = vera.get(BOARD).text
    assert len(statements) <= 6
    shown = tiles_of(page)
    assert len(shown) == len(KINDS)  # the background gap stands among the empty
    for tile in shown[:-1]:
        (said,) = sentences(tile)
        there = vera.get(unescape(re.search(r'<h2[^>]*><a href="([^"]+)"', tile)[1]))
        assert said in sentences(there.text), said
    assert "Det finns inga värden för grupperna." in read(shown[-1])


def test_a_trend_ends_a_period_back_and_says_so(vera):
    tile = {"show": "trend", "indicator": "gr-alla-amnen-ak9"}
    put(vera, BOARD, tile, {**tile, "back": "1"}, {**tile, "show": "kon", "back": "2"})
    now, before, gap = (read(one) for one in tiles_of(vera.get(BOARD).text))

    assert "2025/26" in now
    assert "2025/26" not in before
    assert "Storlunda, trend, förra läsåret, ett år tillbaka" in before
    assert "68,6 % (496 av 723 elever)" in before
    assert "Storlunda, flickor och pojkar, två år tillbaka" in gap
    assert "2024/25" not in gap
    assert "(huvudmannen, förra läsåret, ett år tillbaka)" in read(vera.get(f"{BOARD}/andra").text)


def test_further_back_than_there_are_values_is_the_oldest(vera):
    tile = {"show": "trend", "indicator": "gr-alla-amnen-ak9"}
    put(vera, BOARD, tile, {**tile, "back": "5"})
    whole, first = (
        sorted(set(re.findall(r"\d{4}/\d\d", read(one)))) for one in tiles_of(vera.get(BOARD).text)
    )

    assert first == whole[:1]


@pytest.mark.parametrize(
    ("tile", "told"),
    [
        ({"show": "salsa", "indicator": "gr-ma-ak9"}, "Välj det som börjar med SALSA"),
        ({"show": "trend", "indicator": "salsa:meritvarde"}, "visas som SALSA"),
        ({"show": "np-betyg", "indicator": "gr-ma-ak9"}, "Välj ett ämne i betyg och nationella"),
        ({"show": "trend", "indicator": "np-betyg-ak9:ma"}, "visas som betyg och nationella prov"),
        ({"show": "karta", "indicator": "gr-ma-ak9"}, "En karta visar kommuner"),
        ({"show": "trend", "indicator": "gr-ma-ak9", "back": "99"}, "heltal"),
    ],
)
def test_what_does_not_go_together_is_told_and_what_was_chosen_stays(vera, tile, told):
    answer = vera.post(f"{BOARD}/rutor", tile)

    assert answer.status_code == 422
    assert told in read(answer.text)
    assert f'<option value="{tile["indicator"]}" selected>' in answer.text


def test_an_unknown_subject_says_that_it_is_gone(vera):
    put(vera, BOARD, {"show": "salsa", "indicator": "salsa:nej"},
        {"show": "np-betyg", "indicator": "np-betyg-ak9:nej"})  # fmt: skip

    page = read(vera.get(BOARD).text)
    assert "Indikatorn finns inte här." in page


@pytest.fixture
def kim(db):
    db.clock.now = STORY_2_DAY
    load_shipped()
    here = OrganizerFactory(organisation_number="2120001234", municipality_code="1499")
    SchoolUnitFactory(organizer=here, school_unit_code="12345678")
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=here)
    _county, peers = in_county_of("1499")
    rows = [
        value("2025/26", 50.0 + at, 100, area_type="municipality", area_code=one.code,
              area=one.name, organizer_number=None)
        for at, one in enumerate(peers)
    ]  # fmt: skip
    own = {"source": "local", "measure": "gr-alla-amnen-ak9", "title": "gr-alla-amnen-ak9"}
    groups = [
        value("2025/26", 77.0, 200, **own, pupil_group="bakgrund:svensk"),
        value("2025/26", 45.0, 100, **own, pupil_group="bakgrund:utlandsk"),
        value("2025/26", 100 * (154 + 45) / 300, 300, **own),
    ]
    store_values(
        value("2025/26", 66.0, 300), *rows, *groups,
        unit_value("2025/26", 60.0, 50, **own) | {"organizer_number": None, "unit_code": None},
        organizer=here,
    )  # fmt: skip
    return db.browse(person)


def test_a_map_a_steadied_set_and_the_gap_of_background_stand_on_a_board(kim, statements):
    board = "/ekhult/tavlor/namnd"
    put(
        kim, board,
        {"show": "karta", "indicator": "gr-alla-amnen-ak9", "whom": "lan"},
        {"show": "utjamnat", "indicator": "gr-alla-amnen-ak9", "whom": "alla"},
        {"show": "np-betyg", "indicator": "np-betyg-ak9:ma", "whom": "lan"},
        {"show": "bakgrund", "indicator": "gr-alla-amnen-ak9"},
    )  # fmt: skip
    statements.clear()
    page = kim.get(board).text
    assert len(statements) <= 6
    shown = tiles_of(page)
    for tile in shown:
        for said in sentences(tile):
            there = kim.get(unescape(re.search(r'<h2[^>]*><a href="([^"]+)"', tile)[1]))
            assert said in sentences(there.text), said
    text = read(page)
    assert text.count("<path") > 40  # the outlines of the county's municipalities
    assert "Svensk bakgrund: 77,0 % (154 av 200 elever)" in text
    assert "Inga värden i ämnet än." in text
    assert "Västra Götaland" in text
