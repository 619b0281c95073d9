"""Story 2, up to the joint question: rektorer compare honestly between municipalities."""

import csv
import io
import re
from concurrent.futures import ThreadPoolExecutor
from html import unescape

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.indicator_values import value
from tests.factories.shelves import store_values
from tests.factories.story_2 import ITEM, RESULTS, STORY_2_DAY, story_2
from tests.written_forms import form_with

from ska.access import Role

PAGE = f"jamfor?vad={ITEM}&vilka=natverk:natverk-mellanslatt"
SHEET = PAGE.replace("jamfor?", "jamfor/varden.csv?")
API = f"comparison?indicator={ITEM}&among=natverk:natverk-mellanslatt"
ABROAD = "0199a000-0000-7000-8000-000000000001"
SHARING = ("Ekhult", "Lindåsa", "Sjövalla", "Norrforsa", "Mosslunda")


def plain(answer):
    text = re.sub(r"<(script|svg|select)\b.*?</\1>", " ", answer.text, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", text)))


@pytest.fixture
def network(db):
    """All but Granåsa share; each from its own page."""
    db.clock.now = STORY_2_DAY
    made = story_2()
    browsers = {name: db.browse(person) for name, (_one, person) in made.items()}
    for name in SHARING:
        assert share(browsers[name], made[name][0]).status_code == 303, name
    return made, browsers


def share(browse, organizer, **own):
    page = browse.get(f"/{organizer.slug}/jamfor/dela?vad={ITEM}&natverk=natverk-mellanslatt")
    assert "blir de en allmän handling" in page.text
    chosen = re.search(r'<option value="([0-9a-f-]{36})" selected', page.text)[1]
    form = {
        "vad": ITEM,
        "network_id": chosen,
        "purpose": "Jämföra resultat på rektorsgruppens möte",
        "until": "2027-06-30",
        "definition": form_with(page.text, "definition")["definition"],
    }
    return browse.post(f"/{organizer.slug}/jamfor/dela", form | own)


def page_of(network, name, more=""):
    made, browsers = network
    return browsers[name].get(f"/{made[name][0].slug}/{PAGE}{more}")


def test_the_page_says_what_is_clear_and_what_is_chance(network):
    said = plain(page_of(network, "Ekhult"))

    assert "Ekhult: 77,3 % (51 av 66 elever) 2025/26" in said
    assert "Inom vanlig variation: Lindåsa (83,1 %) och Sjövalla (74,0 %)." in said
    assert "Granåsa (har valt att inte dela)" in said
    assert not re.search(r"[Pp]lats \d|[Rr]angordning på|bäst|sämst", said)
    assert "Platserna står i bokstavsordning" in said


def test_a_small_place_has_a_wide_interval_and_the_caution(network):
    said = plain(page_of(network, "Ekhult", "&nar=2023/24"))

    assert "Norrforsa: få elever – enskilda elever påverkar mycket." in said
    assert "Norrforsa 75,0 % 20 53–89 % inom vanlig variation" in said


@pytest.mark.parametrize("reader", ["Ekhult", "Norrforsa"])
def test_who_is_too_few_cannot_be_read_anywhere(network, reader):
    """Mosslunda's seven pupils are in no page, sheet or answer, nor what would give them away."""
    made, browsers = network
    slug = made[reader][0].slug
    rows = [page_of(network, reader).text, page_of(network, reader, "&ordning=varde").text]
    rows.append(browsers[reader].get(f"/{slug}/{SHEET}").text)
    answer = browsers[reader].api("GET", f"/api/v1/organizers/{slug}/{API}")
    mosslunda = next(one for one in answer.json()["places"] if one["name"] == "Mosslunda")

    assert all(not re.search(r"57[,.]1|44[,.]4|55[,.]6", text) for text in (*rows, answer.text))
    assert (mosslunda["value"], mosslunda["n"], mosslunda["low"]) == (None, None, None)
    assert mosslunda["word"].startswith("för få elever")


def test_who_shares_nothing_sees_nothing_and_is_told_how(network):
    said = plain(page_of(network, "Granåsa"))

    assert "Ni ser de andras värden när ni själva delar" in said
    assert "5 huvudmän delar den redan" in said
    assert "83,1" not in said
    assert "77,3" not in said


def test_another_definition_stands_apart(network, db):
    made, browsers = network
    share(browsers["Granåsa"], made["Granåsa"][0], definition="hemkommun")
    said = plain(page_of(network, "Ekhult"))

    assert "Granåsa står för sig: annan definition: hemkommun." in said
    assert "Granåsa (annan definition: hemkommun) 81,6 % 49" in said
    assert "Inom vanlig variation: Lindåsa (83,1 %) och Sjövalla (74,0 %)." in said


def test_the_same_way_of_counting_is_the_same_however_it_is_written(network):
    made, browsers = network
    page = browsers["Granåsa"].get(f"/granasa/jamfor/dela?vad={ITEM}")
    assert page.text.count('<option value="Som indikatorn är beskriven">') == 1
    share(browsers["Granåsa"], made["Granåsa"][0], definition=" som  Indikatorn är beskriven. ")

    said = plain(page_of(network, "Ekhult"))
    assert "står för sig" not in said
    assert "Granåsa (81,6 %)" in said


def test_who_does_not_say_how_they_count_is_alike_nobody(network):
    made, browsers = network
    share(browsers["Granåsa"], made["Granåsa"][0], definition=" ")

    others = plain(page_of(network, "Ekhult"))
    own = plain(page_of(network, "Granåsa"))
    assert "Granåsa står för sig: det är inte beskrivet hur värdet räknas." in others
    assert "står för sig: det är inte beskrivet hur Granåsa räknar." in own
    assert "Inom vanlig variation" not in own.partition("Så läser du")[0]


def test_taken_back_it_is_gone_at_once_and_the_readers_stay_on_record(network):
    made, browsers = network
    page_of(network, "Ekhult")
    here = f"/{made['Lindåsa'][0].slug}/natverk/natverk-mellanslatt"
    before = browsers["Lindåsa"].get(here)
    assert "Kim i Ekhult, Ekhult: 1 gång på 1 dag" in plain(before)
    browsers["Lindåsa"].post(re.search(rf"({here}/delat/[0-9a-f-]{{36}}/sluta)", before.text)[1])
    after = plain(page_of(network, "Ekhult"))

    assert "83,1" not in after
    assert "Lindåsa (har valt att inte dela)" in after
    assert "83,1" not in plain(page_of(network, "Lindåsa"))


def test_the_order_by_value_is_only_there_when_asked_for_and_is_told(network):
    usual = page_of(network, "Ekhult").text
    chosen = plain(page_of(network, "Ekhult", "&ordning=varde"))
    named = [name for name in re.findall(r'<th scope="row">(\w+)', usual) if name in RESULTS]

    assert named == sorted(named)
    assert "Platserna står efter värde, som du har valt" in chosen


def test_new_numbers_are_shared_by_a_new_act_only(network, db):
    made, browsers = network
    organizer = made["Lindåsa"][0]
    store_values(
        value(
            "2026/27", 88.0, 100, source="local", measure=ITEM, title=ITEM, area="Lindåsa",
            area_code=organizer.organisation_number,
            organizer_number=organizer.organisation_number,
        ),
        organizer=organizer,
    )  # fmt: skip
    assert "88,0" not in plain(page_of(network, "Ekhult", "&nar=2026/27"))
    own = page_of(network, "Lindåsa").text
    act = re.search(r'action="(/lindasa/jamfor/dela/[0-9a-f-]{36}/ny-kopia)"', own)[1]
    assert browsers["Lindåsa"].post(act).status_code == 303

    assert "88,0 %" in plain(page_of(network, "Ekhult", "&nar=2026/27"))


def test_three_years_together_tell_more_and_hide_what_one_year_hides(network):
    said = plain(page_of(network, "Ekhult", "&ar=3"))

    assert "Ekhult: 76,7 % (148 av 193 elever) 2023/24–2025/26" in said
    assert "Norrforsa 2024/25: ≈100, färre än fem nådde inte nivån" in said
    assert "Mosslunda" in said


def test_a_rektor_reads_and_a_politician_does_not(network, db):
    made, _browsers = network
    for role, sees in ((Role.PRINCIPAL, True), (Role.POLITICIAN, False)):
        person = PersonFactory()
        RoleAssignmentFactory(person=person, organizer=made["Ekhult"][0], role=role)
        answer = db.browse(person).get(f"/ekhult/{PAGE}")
        assert answer.status_code == (200 if sees else 404)
        assert ("83,1" in answer.text) is sees


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"purpose": ""}, "Skriv vad nätverket ska ha siffrorna till"),
        ({"until": "2026-11-11"}, "Dagen har redan varit"),
        ({"until": "2031-01-01"}, "Ett medgivande gäller högst tre år"),
        (
            {"network_id": ABROAD},
            "Välj ett nätverk som ni är med i",
        ),
        ({"network_id": ""}, "Välj vilket nätverk som får läsa"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_written_is_kept(network, wrong, sentence):
    made, browsers = network
    answer = share(browsers["Granåsa"], made["Granåsa"][0], **{"purpose": "Vårt ändamål", **wrong})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert ("Vårt ändamål" in answer.text) is ("purpose" not in wrong)


def test_page_sheet_and_api_say_the_same(network):
    _made, browsers = network
    sheet = browsers["Ekhult"].get(f"/ekhult/{SHEET}")
    lines = list(csv.reader(io.StringIO(sheet.content.decode("utf-8-sig")), delimiter=";"))
    api = browsers["Ekhult"].api("GET", f"/api/v1/organizers/ekhult/{API}").json()

    assert [line[0] for line in lines[1:]] == [one["name"] for one in api["places"]]
    assert [line[2] for line in lines[1:]] == [
        "" if one["value"] is None else f"{one['value']:g}".replace(".", ",")
        for one in api["places"]
    ]
    assert sheet.headers["cache-control"] == "no-store"
    assert api["sentence"].replace("\u00a0", " ") in plain(page_of(network, "Ekhult"))


def test_two_who_share_at_once_share_once(db):
    """The second waits for the first, and is told that it is shared already."""
    db.clock.now = STORY_2_DAY
    organizer, person = story_2()["Ekhult"]
    browsers = [db.browse(person) for _ in range(2)]
    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(lambda browse: share(browse, organizer), browsers))

    assert sorted(one.status_code for one in answers) == [303, 422]
    assert "Det här delas redan" in next(one for one in answers if one.status_code == 422).text


def test_two_networks_formed_at_once_under_one_name(db):
    made = story_2()
    browsers = [(made[name][0], db.browse(made[name][1])) for name in ("Ekhult", "Lindåsa")]
    with ThreadPoolExecutor(2) as both:
        answers = list(
            both.map(
                lambda pair: pair[1].post(f"/{pair[0].slug}/natverk", {"name": "Norr"}), browsers
            )
        )

    assert sorted(one.status_code for one in answers) == [303, 422]
