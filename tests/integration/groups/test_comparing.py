"""In Jämför a rektorsgrupp is a set of own units: no value is read there that was not before."""

import random
import re
from html import unescape

import pytest
from tests.factories.groups import GroupMemberFactory, PrincipalsGroupFactory
from tests.sizes import size
from tests.the_demo import person_of_the_demo

from ska.organizers.models import Organizer, SchoolUnit

WHAT = "gr-alla-amnen-ak6"
ALL = "/storlunda/jamfor?vad=gr-alla-amnen-ak6&vilka=enheter"
API = f"/api/v1/organizers/storlunda/comparison?indicator={WHAT}&among="
SEED, SUBSETS = 127, size(8, 200)


def group_of(db, *names, name="Norra gruppen"):
    """Make a group in Storlunda of the units with these names, and return its key in Jämför."""
    with db.as_owner() as session:
        organizer = session.query(Organizer).filter_by(slug="storlunda").one()
        units = session.query(SchoolUnit).filter_by(organizer_id=organizer.id).all()
        session.expunge_all()
    group = PrincipalsGroupFactory(organizer=organizer, name=name)
    for unit in units:
        if unit.name in names:
            GroupMemberFactory(group=group, unit=unit)
    return f"rektorsgrupp:{group.slug}"


@pytest.fixture
def amira(db, demo):
    """Return a rektor of Almskolan, Centralskolan, Gläntan and Rönnskolan."""
    return db.browse(person_of_the_demo(db, "amira@storlunda.example"))


def read(answer):
    return unescape(answer.text).replace("\u00a0", " ")


def cells(answer):
    names = ("value", "n", "word", "low", "high")
    return {one["name"]: tuple(one[name] for name in names) for one in answer.json()["places"]}


def test_the_units_of_a_group_are_chosen_and_stand_in_the_address(db, amira):
    key = group_of(db, "Almskolan", "Bergsskolan", "Dalskolan")

    start = amira.get(f"/storlunda/jamfor?vilka={key}").text
    assert f'<option value="{key}" selected>Norra gruppen</option>' in start
    page = read(amira.get(ALL.replace("enheter", key)))
    table = page.split("<tbody>")[1].split("</tbody>")[0]
    named = set(re.findall(r"[A-ZÅÄÖ]\w+(?:skolan|skola)", table))
    assert named == {"Almskolan", "Bergsskolan", "Dalskolan"}
    assert "Norra gruppen" in page.split("<h1>")[1][:200]
    for rest in ("varden.csv", "bild.svg", "vyer/ny"):
        assert f"/storlunda/jamfor/{rest}?vad={WHAT}&vilka={key.replace(':', '%3A')}" in page


def test_who_compares_in_nothing_named_is_not_led_to_a_group(db, amira):
    before = amira.get(f"/storlunda/jamfor?vad={WHAT}").text
    group_of(db, "Almskolan", "Bergsskolan")
    after = amira.get(f"/storlunda/jamfor?vad={WHAT}").text

    chosen = re.compile(r'<select id="vilka".*?value="([^"]*)" selected', re.S)
    assert chosen.search(before)[1] == chosen.search(after)[1]


def test_every_group_tells_of_each_unit_what_is_told_among_all(db, amira):
    told = cells(amira.api("GET", API + "enheter&against=ingen"))
    dice = random.Random(SEED)  # a test's dice
    assert len(told) > 10

    for number in range(SUBSETS):
        units = dice.sample(sorted(told), dice.randint(2, 8))
        key = group_of(db, *units, name=f"Grupp {number}")
        found = cells(amira.api("GET", f"{API}{key}&against=ingen"))

        assert found == {one: told[one] for one in units}, units


def test_what_a_group_does_not_hold_is_not_in_its_files(db, amira):
    key = group_of(db, "Almskolan", "Bergsskolan")
    sheet = amira.get(f"/storlunda/jamfor/varden.csv?vad={WHAT}&vilka={key}").text

    assert "Almskolan" in sheet
    assert "Dalskolan" not in sheet


def test_outside_the_group_one_stands_nowhere_in_it_but_may_look(db, demo, amira):
    key = group_of(db, "Bergsskolan", "Dalskolan")
    page = read(amira.get(ALL.replace("enheter", key)))

    assert "Bergsskolan" in page
    assert '<option value="helheten" selected>Storlunda</option>' in page


@pytest.mark.parametrize("email", ["greta@storlunda.example", "kim@ekhult.example"])
def test_who_does_not_read_the_work_finds_no_group(db, demo, email):
    key = group_of(db, "Almskolan", "Bergsskolan")
    browse = db.browse(person_of_the_demo(db, email))
    home = "/storlunda" if "storlunda" in email else "/ekhult"

    assert "Norra gruppen" not in browse.get(f"{home}/jamfor").text
    assert browse.get(f"{home}/jamfor?vad={WHAT}&vilka={key}").status_code == 404


def test_a_group_that_has_ended_is_no_set_until_it_is_taken_back(db, amira):
    key = group_of(db, "Almskolan", "Bergsskolan")
    home = f"/storlunda/rektorsgrupper/{key.partition(':')[2]}"
    vera = db.browse(person_of_the_demo(db, "vera@storlunda.example"))
    vera.post(f"{home}/avsluta", {})

    assert amira.get(ALL.replace("enheter", key)).status_code == 404
    assert amira.get(f"/storlunda/fragor/ny?vad={WHAT}&vilka={key}").status_code == 404
    vera.post(f"{home}/angra", {})
    assert amira.get(ALL.replace("enheter", key)).status_code == 200


def test_a_rektor_asks_the_others_in_the_group_and_not_herself(db, amira):
    key = group_of(db, "Almskolan", "Bergsskolan", "Dalskolan")
    assert f"/storlunda/fragor/ny?vad={WHAT}&vilka={key.replace(':', '%3A')}" in read(
        amira.get(ALL.replace("enheter", key))
    )
    ask = f"/storlunda/fragor/ny?vad={WHAT}&vilka={key}"
    form = amira.get(ask).text
    whom = re.findall(r"<option[^>]*>([^<]+)</option>", form.split('name="to"')[1])[:2]

    assert whom == ["Bergsskolan", "Dalskolan"]
    sent = amira.post(ask, {"to": "bergsskolan", "question": "Hur gjorde ni?", "meeting_on": ""})
    assert sent.status_code == 303


def test_a_group_has_no_more_questions_to_the_database_than_all_units(db, amira, statements):
    key = group_of(db, "Almskolan", "Bergsskolan")
    counts = []
    for among in ("enheter", key):
        amira.get(ALL.replace("enheter", among))
        statements.clear()
        amira.get(ALL.replace("enheter", among))
        counts.append(len(statements))

    assert counts[0] == counts[1] <= 6


def test_a_groups_places_are_called_units_as_all_are(db, amira):
    key = group_of(db, "Almskolan", "Bergsskolan", "Björkskolan", "Brobyskolan", "Dalskolan")
    page = read(amira.get(ALL.replace("enheter", key) + "&bakgrund=gr-utlandsk-bakgrund"))

    assert "Förutsättningar på varje enhet" in page
    assert not re.search(r"\bplats(er|erna)?\b", page.split("</form>")[-1])


def test_a_distribution_says_that_its_places_are_judged_together(amira):
    told = "jämförelserna bedöms tillsammans"
    assert told in read(amira.get(ALL))
    assert told in read(amira.get(f"{ALL}&som=fordelning"))
    assert told not in read(amira.get(f"{ALL}&som=utjamnat"))


def test_a_fixed_page_of_any_kind_opens_in_the_meeting(db, demo):
    vera = db.browse(person_of_the_demo(db, "vera@storlunda.example"))
    page = f"/storlunda/jamfor/vyer/ny/resultat?vad={WHAT}"
    assert vera.post(page, {"name": "Hela åk 6", "whose": "all"}).is_redirect
    home = "/storlunda/rektorsgrupper/rektorsgruppen-f6"
    choice = re.search(r'<option value="([^"]+)">Hela åk 6', vera.get(f"{home}/vyer/ny").text)[1]
    vera.post(f"{home}/vyer/ny", {"view_id": choice})
    card = vera.get(home).text.partition(">Hela åk 6</a>")[2]
    large = unescape(re.search(r'<a class="button secondary small" href="([^"]+)"', card)[1])

    assert large == f"/storlunda/resultat/{WHAT}?visa=mote"
    assert vera.get(large).status_code == 200
