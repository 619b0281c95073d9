"""From every page with "Sätt på en tavla" the tile keeps the whole question of the address."""

import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.framework import load_shipped
from tests.factories.indicator_values import country_value, unit_value, value
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory
from tests.factories.shelves import store_values
from tests.factories.story_2 import STORY_2_DAY
from tests.integration.dashboards.test_put import link_on
from tests.integration.dashboards.test_tiles import put, read, sentences, tiles_of
from tests.the_demo import person_of_the_demo

from ska.overview.queries.peers import in_county_of

UNITS = "jamfor?vad=gr-alla-amnen-ak9&vilka=enheter"
COUNTY = "jamfor?vad=gr-alla-amnen-ak9&vilka=lan"
FACTOR = "bakgrund=gr-utlandsk-bakgrund"
YEARS = "resultat/gr-alla-amnen-ak9?enhet="
HERE = [
    UNITS,
    f"{UNITS}&mot=helheten",
    f"{UNITS}&mot=ingen&som=fordelning",
    f"{UNITS}&mot=country&ordning=varde",
    f"{UNITS}&mot=country&som=sma&ordning=varde&{FACTOR}",
    f"{UNITS}&som=tratt&{FACTOR}",
    COUNTY,
    f"{COUNTY}&mot=country&{FACTOR}",
    f"{COUNTY}&mot=ingen&ordning=varde&som=karta",
    f"{COUNTY}&som=utjamnat&{FACTOR}",
    YEARS,
    f"{YEARS}&som=styrdiagram",
    f"{YEARS}&som=kon",
]
DEMO = [
    "jamfor/salsa?matt=alla-amnen",
    "np-betyg?enhet=&prov=np-betyg-ak9&amne=sv&grupp=ingen",
    "np-betyg?enhet=&prov=np-betyg-ak9&amne=ma&grupp=enheter",
]
PERIODS = ("nar", "var")
"""A tile tells periods by how far back they are; the form says so."""


@pytest.fixture
def vera(db, demo):
    return db.browse(person_of_the_demo(db, "vera@storlunda.example"))


def of_background(share, **place):
    label = "Elever: Andel (%) med utländsk bakgrund"
    return value("2025/26", share, measure="gr-utlandsk-bakgrund", title=label, **place)


@pytest.fixture
def kim(db):
    db.clock.now = STORY_2_DAY
    load_shipped()
    here = OrganizerFactory(organisation_number="2120001234", municipality_code="1499")
    units = ("12345678", "23456789", "34567890")
    for name, code in zip("ABC", units, strict=True):
        slug = f"{name.lower()}-skolan"
        SchoolUnitFactory(organizer=here, school_unit_code=code, name=f"{name}-skolan", slug=slug)
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=here)
    _county, peers = in_county_of("1499")
    towns = [
        {"area_type": "municipality", "area_code": one.code, "area": one.name,
         "organizer_number": None} for one in peers
    ]  # fmt: skip
    schools = [{"unit_code": code, "area_code": code} for code in units[:2]]
    shares = [*enumerate(towns), *enumerate(schools)]
    store_values(
        country_value("2025/26", 74.0, organizer_number=None),
        *(value("2025/26", 66.0 + at, 300, gender=one) for at, one in enumerate("TKM")),
        *(value("2024/25", 60.0 + at, 310, gender=one) for at, one in enumerate("TKM")),
        *(value("2025/26", 50.0 + at, 100, **one) for at, one in enumerate(towns)),
        *(unit_value("2025/26", 60.0 + 9 * at, 50) | one for at, one in enumerate(schools)),
        *(of_background(10.0 + at, **one) for at, one in shares if "unit_code" not in one),
        *(of_background(20.0 + at, area_type="school_unit", **one) for at, one in shares
          if "unit_code" in one),
    )  # fmt: skip
    return db.browse(person)


def asked_in(address):
    found = parse_qsl(urlsplit(unescape(address)).query)
    usual = ("matt", "official")  # the only measure that is offered
    return sorted(one for one in found if one[0] not in PERIODS and one != usual)


def table_of(html, most):
    """Return the rows of the table: of a trend a tile tells the value, not girls and boys too."""
    body = re.findall(r"<tbody>.*?</tbody>", html, re.S)[0]
    return [
        re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)[:most] for row in body.split("<tr>")[1:]
    ]


def is_kept(browse, slug, address, statements):
    """Set a page on a tavla; its tile asks and tells what the page does."""
    page = browse.get(f"/{slug}/{address}")
    form = link_on(page, "Sätt på en tavla")
    board = f"/{slug}/tavlor/huvudman"
    put(browse, board)
    assert browse.post(form, {"board": "huvudman", "back": "0"}).status_code == 303
    browse.get(board)
    statements.clear()
    shown = browse.get(board)
    assert len(statements) <= 6
    (tile,) = tiles_of(shown.text)
    leads = re.search(r'<h2[^>]*><a href="([^"]+)"', tile)[1]

    asked = [one for one in asked_in(form) if one[0] != "vad" or "/jamfor" in form]
    assert asked_in(leads) == asked
    assert set(asked_in(address)) <= set(asked)
    (said,) = sentences(tile)
    assert said == sentences(page.text)[0]
    most = None if "/jamfor" in form else 2
    assert table_of(tile, most) == table_of(page.text, most) != []


@pytest.mark.parametrize("address", HERE)
def test_the_tile_asks_for_what_the_address_asks_for(kim, statements, address):
    is_kept(kim, "ekhult", address, statements)


@pytest.mark.parametrize("address", DEMO)
def test_so_it_does_of_salsa_and_of_grades_beside_tests(vera, statements, address):
    is_kept(vera, "storlunda", address, statements)


def test_every_page_that_offers_it_is_tried(request):
    templates = request.config.rootpath / "frontend" / "templates"
    offered = {
        word
        for one in templates.rglob("*.html")
        for word in re.findall(r'{{ keep\(place, "([^"]*)"', one.read_text("utf-8"))
    }

    tried = {"": UNITS, "salsa": "jamfor/salsa", "np-betyg": "np-betyg", "resultat": "resultat/"}
    assert offered == set(tried)
    assert all(any(one.startswith(begun) for one in HERE + DEMO) for begun in tried.values())


def test_what_is_bound_to_a_place_or_a_period_is_told_in_the_form(vera):
    units = "jamfor?vad=gr-alla-amnen-ak6&vilka=enheter"
    form = link_on(vera.get(f"/storlunda/{units}&mot=almskolan&nar=2024%2F25"), "Sätt på en tavla")
    told = read(vera.get(form).text)
    assert "Rutan jämför med läsarens egen enhet, och utan en sådan med helheten." in told
    assert "Här ser du 2024/25. Välj nedan hur långt tillbaka rutan ska se." in told
    whole = link_on(vera.get(f"/storlunda/{units}&mot=helheten"), "Sätt på en tavla")
    told = read(vera.get(whole).text)
    assert "Rutan jämför" not in told
    assert "Platser bredvid varandra, enheterna, jämförda med helheten." in told
    shifted = "resultat/gr-alla-amnen-ak9?enhet=&som=styrdiagram&skifte=2023%2F24"
    form = link_on(vera.get(f"/storlunda/{shifted}"), "Sätt på en tavla")
    assert "Godta nivåskiftet, så visar rutan det." in read(vera.get(form).text)


def test_what_no_tile_can_show_is_not_offered(vera):
    for asked in ("jamfor/salsa?matt=alla-amnen", "np-betyg?prov=np-betyg-ak9&amne=ma"):
        page = vera.get(f"/storlunda/{asked}&kant=2026-11-01")
        assert "Sätt på en tavla" not in page.text
    at = "/storlunda/tavlor/ny-ruta"
    old = vera.get(f"{at}/salsa?matt=alla-amnen&kant=2026-11-01")
    assert old.status_code == 409
    assert "En tavla visar värdena som de är kända i dag." in read(old.text)
    pooled = vera.get(f"{at}/{UNITS}&ar=3")
    assert pooled.status_code == 409
    assert "En tavla visar ett år i taget" in read(pooled.text)
