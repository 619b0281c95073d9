"""Tavlor that people make: named, given, taken back, met by two, and carried elsewhere."""

import json
import re
from html import unescape

import pytest
from sqlalchemy import update
from tests.integration.dashboards.test_tiles import read, tiles_of
from tests.the_demo import person_of_the_demo

from ska.access import Role
from ska.accounts.models import RoleAssignment

NEW = "/ekhult/tavlor/ny"


@pytest.fixture
def who(db, demo):
    return lambda name: db.browse(
        person_of_the_demo(db, f"{name}@{'ekhult' if name in EKHULT else 'lindasa'}.example")
    )


EKHULT = {"kim", "robin", "noor", "sam", "alex", "maria"}


def make(browse, **own):
    form = {"name": "Ledningsgruppen", "lead": "Det vi följer", "whose": "mine", "start": "namnd"}
    return browse.post(NEW, form | own)


def made(browse, **own):
    answer = make(browse, **own)
    assert answer.status_code == 303, read(answer.text)
    return answer.headers["location"].removesuffix("/andra")


def listed(browse, at="/ekhult/tavlor"):
    page = browse.get(at).text.partition("Egna tavlor")[2]
    return re.findall(r'tavlor/[0-9a-f-]{36}">([^<]+)</a>', page)


def seen_on(page, action):
    form = re.search(rf'action="[^"]*/{action}"[^>]*>(.*?)</form>', page.text, re.S)[1]
    return re.search(r'name="seen" value="([^"]*)"', form)[1]


def test_a_new_tavla_begins_as_another_and_is_ones_own(who, statements):
    kim, robin = who("kim"), who("robin")
    board = made(kim)
    kim.get(board)
    statements.clear()
    page = kim.get(board)

    assert len(statements) <= 6
    assert "Ledningsgruppen" in page.text
    assert len(tiles_of(page.text)) == len(tiles_of(kim.get("/ekhult/tavlor/namnd").text))
    assert listed(kim) == ["Ledningsgruppen"]
    assert listed(robin) == []
    assert robin.get(board).status_code == 404
    statements.clear()
    assert kim.get(f"{board}/andra").status_code == 200
    assert len(statements) <= 6


@pytest.mark.parametrize(
    ("own", "told"),
    [
        ({"name": " "}, "Skriv vad tavlan heter"),
        ({"whose": "unit", "unit_id": ""}, "Välj en enhet"),
        ({"whose": "unit", "unit_id": "01990f6e-5c00-7000-8000-000000000001"}, "finns inte hos er"),
        ({"whose": "nagon"}, "Välj vilka som ska ha tavlan"),
        ({"name": "Ring 19900101-0017"}, "ser ut att innehålla"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_written_stays(who, own, told):
    answer = make(who("kim"), **own)

    assert answer.status_code == 422
    assert told in read(answer.text)
    assert 'value="Det vi följer"' in answer.text


def test_a_tavla_is_given_to_all_and_taken_back(who):
    kim, robin, alex = who("kim"), who("robin"), who("alex")
    board = made(kim, whose="all")
    assert listed(robin) == listed(alex) == ["Ledningsgruppen"]
    assert robin.get(board).status_code == 200
    assert "Ändra tavlan" not in robin.get(board).text
    assert robin.get(f"{board}/andra").headers["location"] == board
    assert robin.post(f"{board}/andra", {"act": "bort-0", "seen": "x"}).status_code == 403

    seen = seen_on(kim.get(f"{board}/andra"), "beskriv")
    back = {"name": "Min", "lead": "", "whose": "mine", "seen": seen}
    assert kim.post(f"{board}/beskriv", back).status_code == 303
    assert listed(robin) == []
    assert robin.get(board).status_code == 404
    assert listed(kim) == ["Min"]


def test_who_may_give_no_more_leaves_what_is_given_as_it_is(db, who):
    robin, kim = who("robin"), who("kim")
    board, own = made(robin, whose="all"), made(robin, name="Min egen")
    seen = seen_on(robin.get(f"{board}/andra"), "andra")
    person = person_of_the_demo(db, "robin@ekhult.example").id
    with db.as_owner() as session:
        theirs = update(RoleAssignment).where(RoleAssignment.person_id == person)
        session.execute(theirs.values(role=Role.TEACHER))
        session.commit()
    assert robin.get(f"{board}/andra").headers["location"] == board
    assert robin.post(f"{board}/andra", {"act": "bort-0", "seen": seen}).status_code == 403
    assert robin.get(f"{own}/andra").status_code == 200
    assert kim.post(f"{board}/andra", {"act": "bort-0", "seen": seen}).status_code == 303


def test_a_tavla_is_given_to_those_who_work_at_a_unit(db, who):
    kim = who("kim")
    page = kim.get(NEW).text
    units = {unescape(name): one for one, name in re.findall(
        r'<option value="([0-9a-f-]{36})">([^<]+)</option>', page)}  # fmt: skip
    board = made(kim, whose="unit", unit_id=units["Ekhults centralskola"])
    reach = {name: who(name).get(board).status_code for name in ("robin", "noor", "maria")}

    assert reach["maria"] == 200  # who works with the whole huvudman has it too
    assert sorted(reach.values()) == [200, 200, 404]


def test_who_may_not_write_analyses_gives_no_tavla_to_all(who):
    sam = who("sam")
    refused = make(sam, whose="all")

    assert refused.status_code == 422
    assert "Din roll räcker inte" in read(refused.text)
    assert "Alla i Ekhult" not in sam.get(NEW).text
    assert make(sam).status_code == 303


def test_who_comes_second_is_told_and_overwrites_nothing(who):
    kim, maria = who("kim"), who("maria")
    board = made(kim, whose="all")
    seen = seen_on(maria.get(f"{board}/andra"), "andra")
    described = seen_on(maria.get(f"{board}/andra"), "beskriv")
    tile = {"show": "trend", "indicator": "gr-ma-ak9", "of": "huvudmannen", "back": "1"}
    assert kim.post(f"{board}/rutor", {**tile, "seen": seen}).status_code == 303

    moved = maria.post(f"{board}/andra", {"act": "bort-0", "seen": seen})
    assert moved.status_code == 412
    assert "Någon annan ändrade tavlan medan du läste." in read(moved.text)
    added = maria.post(f"{board}/rutor", {**tile, "show": "kon", "seen": seen})
    assert added.status_code == 412
    assert '<option value="kon" selected>' in added.text
    new = {"name": "Kims", "lead": "", "whose": "all", "seen": described}
    assert kim.post(f"{board}/beskriv", new).status_code == 303
    late = maria.post(f"{board}/beskriv", {**new, "name": "Marias"})
    assert late.status_code == 412
    assert 'value="Marias"' in late.text
    assert listed(kim) == ["Kims"]
    assert len(tiles_of(kim.get(board).text)) >= 4


def test_a_removed_tavla_is_gone_for_all_and_taken_back(who):
    kim, robin = who("kim"), who("robin")
    board = made(kim, whose="all")
    assert robin.post(f"{board}/ta-bort", {}).status_code == 403
    kim.post(f"{board}/ta-bort", {})
    assert kim.get(board).status_code == robin.get(board).status_code == 404
    assert "Ledningsgruppen" not in robin.get("/ekhult/tavlor").text
    assert "Borttagna tavlor" in kim.get("/ekhult/tavlor").text
    assert kim.post(f"{board}/angra", {}).status_code == 303
    assert robin.get(board).status_code == 200


def test_a_tavla_goes_to_another_huvudman_with_its_questions_and_no_values(db, who):
    kim = who("kim")
    board = made(kim)
    tile = {"show": "trend", "indicator": "gr-ma-ak9", "of": "huvudmannen", "back": "1"}
    kim.post(f"{board}/rutor", {**tile, "show": "salsa", "indicator": "salsa:meritvarde"})
    shown = kim.get(f"{board}/ta-med").text
    text = unescape(re.search(r"<textarea[^>]*>\n(.*?)</textarea>", shown, re.S)[1])
    assert json.loads(text) == json.loads(kim.get(f"{board}/tavla.json").text)
    assert "Ekhult" not in text
    assert not re.search(r"\d\d,\d|20\d\d", text)

    vera = db.browse(person_of_the_demo(db, "vera@storlunda.example"))
    took = vera.post("/storlunda/tavlor/las-in", {"text": text})
    page = read(vera.get(took.headers["location"]).text)
    assert "Ledningsgruppen – Storlunda" in page
    assert "68,6 % (496 av 723 elever)" in page  # their own numbers
    assert "Ekhult" not in page
    assert listed(vera, "/storlunda/tavlor") == ["Ledningsgruppen"]
    assert vera.get(took.headers["location"].replace("storlunda", "ekhult")).status_code == 404


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Klistra in tavlans text"),
        ("hej", "Texten är ingen tavla."),
        ('{"name": "", "tiles": []}', "Texten är ingen tavla."),
        ('{"name": "  ", "tiles": []}', "Texten är ingen tavla."),
        (
            '{"name": "A", "tiles": [{"show": "trend", "indicator": "\\u0000"}]}',
            "inte går att visa",
        ),
        ('{"name": "A", "lead": "Ring 19900101-0017", "tiles": []}', "fråga ser ut att peka ut"),
        ('{"name": "A", "tiles": [{"show": "klot"}]}', "en ruta som inte går att visa"),
        ('{"name": "A", "tiles": [{"show": "karta", "indicator": "x"}]}', "inte går att visa"),
        ('{"name": "A", "tiles": [' + ",".join(['{"show": "signaler"}'] * 13) + "]}", "för många"),
        ('{"name": "Ring 19900101-0017", "tiles": []}', "namn ser ut att peka ut en person"),
    ],
)
def test_a_text_that_is_no_tavla_is_told_and_stays(who, text, told):
    answer = who("kim").post("/ekhult/tavlor/las-in", {"text": text})

    assert answer.status_code == 422
    assert told in read(answer.text)
    assert unescape(re.search(r"<textarea[^>]*>\n(.*?)</textarea>", answer.text, re.S)[1]) == text


@pytest.mark.parametrize("name", ["日本語", "!!!", "Läget i höst"])
def test_whatever_a_tavla_is_called_its_text_may_be_had_as_a_file(who, name):
    kim = who("kim")
    had = kim.get(f"{made(kim, name=name)}/tavla.json")

    assert had.status_code == 200
    assert had.json()["name"] == name
    assert 'filename="tavla' in had.headers["content-disposition"]


def test_an_indicator_of_ones_own_is_empty_elsewhere_and_both_are_told(who):
    kim = who("kim")
    own = '{"name": "A", "tiles": [{"show": "trend", "indicator": "egen-%s"}]}'
    took = kim.post("/ekhult/tavlor/las-in", {"text": own % "0198-0000"})
    page = kim.get(took.headers["location"])

    assert "Indikatorn finns inte här." in read(page.text)
    told = read(kim.get(f"{took.headers['location']}/ta-med").text)
    assert "1 av rutorna har era egna indikatorer." in told


def test_a_chart_is_set_on_a_made_tavla(who):
    kim = who("kim")
    board = made(kim, start="")
    assert "Tavlan är tom" in kim.get(board).text
    put = "/ekhult/tavlor/ny-ruta/resultat?vad=gr-alla-amnen-ak9&som=kon"
    key = board.rpartition("/")[2]
    assert key in kim.get(put).text
    assert kim.post(put, {"board": key, "back": "0"}).headers["location"] == board
    assert "flickor och pojkar" in read(kim.get(board).text)
    assert kim.post(put, {"board": "finns-inte", "back": "0"}).status_code == 422


def test_a_program_makes_gives_and_removes_a_tavla(who):
    kim, maria = who("kim"), who("maria")
    base = "/api/v1/organizers/ekhult/boards"
    tiles = [{"show": "trend", "indicator": "gr-ma-ak9", "back": 1}]
    body = {"name": "Matematik", "whose": "all", "tiles": tiles}
    own = base.replace("boards", "own-boards")
    made_here = kim.api("POST", own, json=body)
    assert made_here.status_code == 201
    at, mine = (f"{one}/{made_here.json()['id']}" for one in (base, own))
    tag = {"If-Match": f'"{made_here.json()["version"]}"'}
    assert "Matematik" in [one["name"] for one in maria.api("GET", base).json()]
    assert maria.api("GET", f"{at}/arrangement").json()["tiles"][0]["back"] == 1
    wrong = kim.api("POST", own, json={**body, "tiles": [{"show": "karta", "indicator": "x"}]})
    assert wrong.status_code == 422

    said = {"name": "Bara min", "whose": "mine"}
    assert kim.api("PUT", mine, json=said).status_code == 428
    named = kim.api("PUT", mine, json=said, headers=tag)
    assert named.json()["name"] == "Bara min"
    assert maria.api("GET", at).status_code == 404
    assert kim.api("DELETE", mine, headers=tag).status_code == 412
    tag = {"If-Match": f'"{named.json()["version"]}"'}
    assert kim.api("DELETE", mine, headers=tag).status_code == 204
    assert kim.api("GET", at).status_code == 404


def test_a_tavla_given_to_a_role_is_had_by_those_who_hold_it(who):
    kim, robin, alex, sam, maria = (who(one) for one in ("kim", "robin", "alex", "sam", "maria"))
    made(kim, name="Rektorsmötet", whose="principals")
    board = made(kim, name="Nämndens möte", whose="board")

    both = ["Nämndens möte", "Rektorsmötet"]
    assert [listed(one) for one in (kim, maria, robin, alex, sam)] == [
        both, both, both[1:], both[:1], [],
    ]  # fmt: skip
    assert "Har den: nämndens ledamöter" in read(alex.get("/ekhult/tavlor").text)
    assert [one.get(board).status_code for one in (alex, maria, robin)] == [200, 200, 404]
    assert alex.get(f"{board}/andra", follow_redirects=True).url.path == board
    refused = make(alex, whose="board")
    assert refused.status_code == 422
    assert "Din roll räcker inte" in read(refused.text)
    assert "Rektorerna" in kim.get(NEW).text
    assert "Rektorerna" not in alex.get(NEW).text
