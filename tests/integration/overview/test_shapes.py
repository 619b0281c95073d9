"""The same values in another shape: control chart, girls and boys, and every unit by signal."""

import csv
import re
from html import unescape
from io import StringIO

import fastexcel
import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.framework import load_shipped
from tests.factories.indicator_values import unit_value, value
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory
from tests.factories.shelves import store_values
from tests.factories.story_2 import STORY_2_DAY
from tests.the_demo import kim_of_the_demo, person_of_the_demo

PAGE = "/ekhult/resultat/gr-alla-amnen-ak9?enhet=ekhults-centralskola"
YEARS = {
    "2019/20": (70.0, 60), "2020/21": (72.6, 62), "2021/22": (73.1, 67), "2022/23": (70.8, 65),
    "2023/24": (71.4, 63), "2024/25": (68.1, 69), "2025/26": (61.8, 68),
}  # fmt: skip


def read(answer):
    return unescape(answer.text).replace("\u00a0", " ")


def told(page):
    return page.split('class="sentence"')[1].split(">", 1)[1].split("</p>")[0]


@pytest.fixture
def browse(db):
    db.clock.now = STORY_2_DAY  # after the values were recorded
    load_shipped()
    ekhult = OrganizerFactory(organisation_number="2120001234", municipality_code="1499")
    SchoolUnitFactory(organizer=ekhult, school_unit_code="12345678")
    other = {"area_code": "87654321", "unit_code": "87654321"}
    SchoolUnitFactory(
        organizer=ekhult, name="Backskolan", slug="backskolan", school_unit_code="87654321"
    )
    store_values(
        *(unit_value(period, *given) for period, given in YEARS.items()),
        unit_value("2024/25", 58.8, 34, gender="M"),
        unit_value("2024/25", 77.1, 35, gender="K"),
        unit_value("2025/26", 40.0, 35, gender="M"),
        unit_value("2025/26", 84.8, 33, gender="K"),
        unit_value("2025/26", 41.0, 83) | other,
        value("2024/25", 70.2),
        value("2025/26", 70.0, 400),
    )
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=ekhult)
    return db.browse(person)


def test_a_year_that_is_hidden_has_its_place_among_the_limits(browse):
    """68 and 75 pupils are the middle two of four years: no year has 71.5."""
    given = {"2021/22": (72.1, 68), "2022/23": (None, None), "2023/24": (70.7, 75)}
    other = {"area_code": "87654321", "unit_code": "87654321"}
    years = given | {"2024/25": (71.7, 60)}
    store_values(*(unit_value(period, *one) | other for period, one in years.items()))
    page = browse.get("/ekhult/resultat/gr-alla-amnen-ak9?enhet=backskolan&som=styrdiagram")

    assert page.status_code == 200
    assert "Utanför gränserna: 2025/26." in told(read(page))  # 41 % of 83


def test_the_years_stand_within_their_own_limits(browse):
    page = read(browse.get(f"{PAGE}&som=styrdiagram"))

    assert "Ekhults centralskola: 61,8 % (42 av 68 elever) 2025/26. Nivån är 69,6 %" in told(page)
    assert "Alla 7 värden ligger inom vanlig variation." in told(page)
    assert "Så läser du diagrammet" in page
    sheet = browse.get(
        "/ekhult/resultat/gr-alla-amnen-ak9/varden.csv?enhet=ekhults-centralskola&som=styrdiagram"
    )
    assert sheet.text.count("Ekhults centralskola") == 7


def test_an_accepted_shift_starts_the_level_anew_or_is_told_to_be_too_short(browse):
    page = read(browse.get(f"{PAGE}&som=styrdiagram&skifte=2024/25"))

    assert "För få värden för gränser: 2024/25 och 2025/26." in told(page)
    assert "Nivå och gränser är omräknade från 2024/25" in page
    assert 'value="2024/25" selected' in page


def test_a_huvudman_with_few_years_gets_no_limits(browse):
    page = read(browse.get("/ekhult/resultat/gr-alla-amnen-ak9?som=styrdiagram"))

    assert "Det går inte att räkna ut några gränser: det behövs minst 4 mätta värden" in told(page)


def test_the_gap_is_told_in_pupils_and_only_offered_where_there_is_one(browse):
    page = read(browse.get(f"{PAGE}&som=kon"))

    assert "Flickor: 84,8 %, högre än pojkar 2025/26" in page
    assert "Det är en tydlig skillnad: 44,8 procentenheter, ungefär 15 elever." in told(page)
    assert "Skillnaden är tydlig 1 av 2 år: 2025/26." in told(page)
    whole = read(browse.get("/ekhult/resultat/gr-alla-amnen-ak9?som=kon"))
    assert "Flickor och pojkar" not in whole


def test_a_signal_becomes_an_underlag_and_leads_back_to_the_table_of_that_day(browse):
    seen = browse.get("/ekhult/resultat/signaler")
    form = read(browse.get("/ekhult/resultat/signaler/underlag?visa="))
    answer = browse.post(
        "/ekhult/resultat/signaler/underlag?visa=", {"text": "Backskolan sticker ut"}
    )
    kept = read(browse.get(answer.headers["location"].partition("#")[0]))

    assert 'href="/ekhult/resultat/signaler/underlag?visa="' in seen.text
    assert "Tydligt lägre än Ekhult i Lägst betyget E i samtliga ämnen" in form
    assert "Backskolan: Lägst betyget E i samtliga ämnen, årskurs 9, 2025/26" in kept
    assert "41,0 %" in kept
    assert "Värdets historia" in kept
    assert "61,8 %" not in kept  # what is within noise is no signal to pin
    (again,) = re.findall(r'<a href="([^"]+)">Se bilden som den var den dagen', kept)
    assert again.startswith("/ekhult/resultat/signaler?visa=&kant=2026-")
    then = read(browse.get(again))
    assert "Du ser siffrorna så som de var kända den" in then
    assert told(then) == told(read(seen))
    assert "/underlag" not in then.split("<main")[1]
    early = read(browse.get("/ekhult/resultat/signaler?kant=2026-01-01"))
    assert "Inga värden för enheterna än" in early


def test_where_nothing_is_clear_what_was_compared_is_pinned(db, demo):
    kim = db.browse(kim_of_the_demo(db))
    form = read(kim.get("/ekhult/resultat/signaler/underlag"))

    assert "2 är ensamma i måttet och har ingen att jämföras med." in form
    assert "Backskolan: Lägst betyget E i samtliga ämnen, årskurs 6, 2025/26" in form
    assert "Ekhults centralskola: Lägst betyget E i samtliga ämnen, årskurs 9, 2025/26" in form


def test_programs_read_signals_and_pin_them(browse):
    api = "/api/v1/organizers/ekhult/signals"
    read_out = browse.api("GET", api).json()
    pinned = browse.api("POST", f"{api}/observations", json={"text": "Backskolan sticker ut"})

    assert read_out["sentence"].startswith("Tydligt lägre än Ekhult i Lägst betyget E")
    assert read_out["table"]["head"][3:] == ["Backskolan", "Ekhults centralskola"]
    assert pinned.status_code == 201
    assert browse.api("POST", f"{api}/observations", json={"text": ""}).status_code == 422


def test_the_page_tells_what_the_change_came_of_as_programs_are_told(browse, statements):
    page = read(browse.get(PAGE))
    api = "/api/v1/organizers/ekhult/indicators/gr-alla-amnen-ak9/series"
    (told_out,) = browse.api("GET", f"{api}?unit=ekhults-centralskola").json()["splits"]

    assert "Vad kom skillnaden av?" in page
    assert told_out["sentence"].replace("\u00a0", " ") in page
    assert "kommer −5,6 av flickornas och pojkarnas värden och −0,7 av hur många de är" in page
    assert told_out["table"]["rows"][-1][3:] == ["−5,6", "−0,7"]
    whole = read(browse.get("/ekhult/resultat/gr-alla-amnen-ak9"))
    assert "Skillnaden kan inte delas upp: Backskolan 2024/25 (uppgift saknas)." in whole
    statements.clear()
    browse.get("/ekhult/resultat/gr-alla-amnen-ak9")
    assert len(statements) <= 6


def test_every_unit_is_told_by_signal_and_leads_to_its_years(browse, statements):
    browse.get("/ekhult/resultat/signaler")
    statements.clear()
    answer = browse.get("/ekhult/resultat/signaler")
    page = read(answer)

    assert len(statements) <= 6
    said = told(page)
    assert "1 tydlig skillnad av 2 jämförelser" in page
    assert (
        "Tydligt lägre än Ekhult i Lägst betyget E i samtliga ämnen, årskurs 9: Backskolan" in said
    )
    assert "1 ryms inom vanlig variation." in said
    assert "/ekhult/resultat/gr-alla-amnen-ak9?enhet=backskolan" in page
    assert not any(word in page for word in ("bäst", "sämst", "ranking"))
    rows = list(
        csv.reader(StringIO(browse.get("/ekhult/resultat/signaler.csv").text), delimiter=";")
    )
    assert [row[5] for row in rows[1:]] == ["", "tydligt lägre", "inom vanlig variation"]
    assert rows[1][0].endswith(": Ekhult")  # what they are compared with goes with them


def test_the_page_behind_a_signal_tells_that_signal_and_asks_and_pins_it(browse):
    table = browse.get("/ekhult/resultat/signaler").text
    (cell,) = re.findall(r'href="([^"]+enhet=backskolan)">.*?tydligt lägre', table, re.S)
    page = read(browse.get(cell))
    signal = page.split('id="bredvid-helheten"')[1].split("</div>")[0]

    assert "<h2>Tydligt lägre än Ekhult</h2>" in signal
    assert "Ekhult: 70,0 % (280 av 400 elever). Backskolan: 41,0 % (34 av 83 elever)." in signal
    assert "Det är en tydlig skillnad: 29,0 procentenheter, ungefär 24 elever." in signal
    assert "2025/26" in signal
    assert "Här ses jämförelsen för sig." in signal
    assert "Skillnaden är tydlig mot Ekhult, men siffran säger inte varför." in page
    form = read(browse.get(cell.replace("?", "/underlag?")))
    assert "Det är en tydlig skillnad: 29,0 procentenheter" in form
    assert "Ekhult, 2025/26" in form
    series = "/ekhult/indicators/gr-alla-amnen-ak9/series?unit=backskolan"
    told_out = browse.api("GET", f"/api/v1/organizers{series}").json()["beside_whole"]
    assert told_out.replace("\u00a0", " ") in signal


def test_a_unit_within_noise_is_told_so_and_a_huvudman_has_no_whole(browse):
    page = read(browse.get(PAGE))

    assert "<h2>Inom vanlig variation bredvid Ekhult</h2>" in page
    assert "Vad kan det bero på?" not in page
    form = read(browse.get(PAGE.replace("?", "/underlag?")))
    assert "Ekhult, 2025/26" not in form
    assert "bredvid-helheten" not in browse.get("/ekhult/resultat/gr-alla-amnen-ak9").text


def test_a_signal_of_an_earlier_day_leads_to_that_day_and_each_row_to_its_trust_card(browse):
    page = read(browse.get("/ekhult/resultat/signaler?kant=2026-11-12"))

    assert "gr-alla-amnen-ak9?enhet=backskolan&kant=2026-11-12" in page
    assert 'href="/ekhult/resultat/gr-alla-amnen-ak9/om-mattet"' in page


def test_a_level_over_the_years_and_a_difference_are_told_as_two_questions(browse):
    page = read(browse.get(PAGE.replace("ekhults-centralskola", "backskolan&som=styrdiagram")))

    assert "Skillnaden är tydlig mot Ekhult" in page
    assert "Styrdiagrammet svarar på en annan fråga" in page


def test_signals_are_taken_along_as_other_figures_are(browse):
    page = read(browse.get("/ekhult/resultat/signaler"))
    foot = page.split("Källa:")[1].split("</figure>")[0]

    assert 'class="source downloads" data-no-print' in foot
    for word in ("Ladda ner CSV", "Ladda ner Excel", "Ladda ner PNG", "Kopiera länk"):
        assert word in foot
    found = re.findall(r'href="([^"]+)" download', foot)
    assert [one.partition("?")[0].rpartition(".")[2] for one in found] == ["csv", "xlsx", "svg"]
    sheet, picture = browse.get(found[1]), browse.get(found[2]).text.replace("\u00a0", " ")
    book = fastexcel.read_excel(sheet.content)
    about = book.load_sheet("Om måttet", header_row=None).to_polars()
    assert "Lägst betyget E i samtliga ämnen, årskurs 9" in about["__UNNAMED__0"].to_list()
    assert book.load_sheet("Värden").to_polars().height == 3
    assert picture.startswith("<svg")
    assert "Backskolan" in picture
    assert "Tydligt lägre än Ekhult" in picture
    assert "take.js" in page


def test_more_units_than_fit_beside_each_other_have_a_row_each(demo, db):
    """Storlunda's 22 schools and three indicators: the clear ones are seen without scrolling."""
    vera = db.browse(person_of_the_demo(db, "vera@storlunda.example"))
    page = read(vera.get("/storlunda/resultat/signaler"))
    table = page.split('<table class="signal-table by-unit')[1].split("</table>")[0]
    rows = [re.sub(r"<[^>]+>", " ", one).split(">", 1)[1].split() for one in table.split("<tr")[2:]]

    assert table.split("</thead>")[0].count("<th scope") == 4
    assert [one[0] for one in rows[:2]] == ["Storlunda", "Almskolan"]
    assert len(rows) == 23
    told = {one[0]: " ".join(one[1:]) for one in rows}
    assert told["Solbackaskolan"] == "tydligt lägre 32,9 % tydligt lägre 44,1 % tydligt lägre 6,3"
    assert told["Strandskolan"] == (
        "inom vanlig variation 84,8 % uppgift saknas inom vanlig variation 7,3"
    )
    here = "/storlunda/resultat/gr-alla-amnen-ak9?enhet=solbackaskolan"
    assert f'href="{here}"' in table.split("Solbackaskolan")[1].split("</tr>")[0]


def test_a_reason_that_a_whole_row_shares_stands_once_over_it(browse):
    ak6 = {"measure": "ak6", "title": "gr-alla-amnen-ak6"}
    other = {"area_code": "87654321", "unit_code": "87654321"}
    store_values(
        value("2025/26", 74.0) | ak6,
        unit_value("2025/26", 71.0) | ak6,
        unit_value("2025/26", 77.0) | ak6 | other,
    )
    page = read(browse.get("/ekhult/resultat/signaler"))
    table = page.split('<table class="signal-table')[1].split("</table>")[0]

    assert table.count("Kan inte avgöras: antalet elever är inte känt") == 1
    assert "kan inte avgöras" not in table
    assert table.index("tydligt lägre") < table.index("Kan inte avgöras")
    sheet = browse.get("/ekhult/resultat/signaler.csv").text
    assert sheet.count("kan inte avgöras (antalet elever är inte känt)") == 2
