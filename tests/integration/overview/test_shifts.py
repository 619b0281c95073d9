"""A shift of level that people accept: kept with its reason, told wherever it is used."""

import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.chain import ActionFactory
from tests.factories.framework import load_shipped
from tests.factories.indicator_values import country_value, unit_value
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory
from tests.factories.shelves import store_values
from tests.factories.story_2 import STORY_2_DAY

from ska.access import Role
from ska.db.session import Scope

UNIT = "?enhet=ekhults-centralskola"
PAGE = f"/ekhult/resultat/gr-alla-amnen-ak9{UNIT}"
CONTROL = f"{PAGE}&som=styrdiagram"
SHIFTS = f"/ekhult/resultat/gr-alla-amnen-ak9/nivaskiften{UNIT}"
API = "/api/v1/organizers/ekhult/indicators/gr-alla-amnen-ak9/shifts"
FORM = {"period": "2022/23", "reason": "Två skolor blev en"}
SAID = "Nivåskifte från 2022/23 godtaget {day} av Kim Ek (kvalitetsutvecklare): Två skolor blev en."
BEFORE, AFTER = (80.0, 81.0, 79.0, 80.0), (60.0, 61.0, 59.0, 60.0)
YEARS = [f"20{at}/{at + 1}" for at in range(18, 26)]


def read(answer):
    return unescape(answer.text).replace("\u00a0", " ")


def told(page):
    return page.split('class="sentence"')[1].split(">", 1)[1].split("</p>")[0]


@pytest.fixture
def ekhult(db):
    db.clock.now = STORY_2_DAY
    load_shipped()
    return OrganizerFactory(organisation_number="2120001234", municipality_code="1499")


@pytest.fixture
def unit(ekhult):
    made = SchoolUnitFactory(organizer=ekhult, school_unit_code="12345678")
    given = zip(YEARS, (*BEFORE, *AFTER), strict=True)
    store_values(*(unit_value(year, share, 100) for year, share in given))
    return made


def signed_in(db, ekhult, unit=None, role=Role.QUALITY_LEAD, name="Kim Ek"):
    person = PersonFactory(name=name)
    RoleAssignmentFactory(person=person, organizer=ekhult, unit=unit, role=role)
    return db.browse(person)


@pytest.fixture
def kim(db, ekhult, unit):
    return signed_in(db, ekhult)


def take_back(kim, reason="Det var en felläsning"):
    (address,) = re.findall(r'action="([^"]+/aterta[^"]*)"', kim.get(SHIFTS).text)
    return kim.post(unescape(address), {"reason": reason})


def test_an_accepted_shift_is_told_by_the_control_chart_and_the_trend(db, ekhult, unit, kim):
    before = told(read(kim.get(CONTROL)))
    answer = kim.post(SHIFTS, FORM)
    page, trend = read(kim.get(CONTROL)), read(kim.get(PAGE))

    assert "Nivån är 70,0 %" in before
    assert "Tre av fyra värden i rad närmare gränsen" in before
    assert answer.status_code == 303
    assert "Ett nivåskifte är godtaget från 2022/23. Nivån är 60,0 %" in told(page)
    assert "Tre av fyra" not in told(page)
    said = SAID.format(day="12 november 2026")
    for shown in (page, trend, read(kim.get(f"/ekhult/resultat/gr-alla-amnen-ak9/bild.svg{UNIT}"))):
        assert "Nivåskifte" in shown
    assert said in page
    assert said in trend
    assert "nivaskiften?enhet=ekhults-centralskola" in trend


def test_it_is_the_place_and_measures_own(db, ekhult, unit, kim):
    SchoolUnitFactory(
        organizer=ekhult, name="Backskolan", slug="backskolan", school_unit_code="87654321"
    )
    kim.post(SHIFTS, FORM)

    for other in ("?enhet=", "?enhet=backskolan"):
        page = read(kim.get(f"/ekhult/resultat/gr-alla-amnen-ak9{other}&som=styrdiagram"))
        assert "Ett nivåskifte är godtaget" not in page
    robin = signed_in(db, ekhult, role=Role.POLITICIAN, name="Alex")
    assert "Ett nivåskifte är godtaget" in read(robin.get(CONTROL))


def test_what_is_taken_back_stays_in_the_history_and_was_in_force_then(db, ekhult, kim):
    kim.post(SHIFTS, FORM)
    accepted = db.clock.now.date()
    db.clock.now += timedelta(days=20)
    kim = signed_in(db, ekhult)
    assert take_back(kim).status_code == 303
    page, history = read(kim.get(CONTROL)), read(kim.get(SHIFTS))
    db.clock.now += timedelta(days=1)
    kim = signed_in(db, ekhult)

    assert "Ett nivåskifte är godtaget" not in page
    assert "Återtagna" in history
    assert "av Kim Ek: Det var en felläsning." in history
    assert "Ett nivåskifte är godtaget" in read(kim.get(f"{CONTROL}&kant={accepted}"))
    assert "Ett nivåskifte är godtaget" not in read(kim.get(f"{CONTROL}&kant=2026-11-01"))
    assert kim.post(SHIFTS, FORM).status_code == 303  # and may be accepted anew


def test_what_is_wrong_is_said_at_its_field(db, ekhult, unit, kim):
    other = SchoolUnitFactory(organizer=ekhult, name="Annan", slug="annan")
    foreign = ActionFactory(organizer=ekhult, unit_id=other.id)
    assert "Välj när den nya nivån börjar" in kim.post(SHIFTS, {}).text
    first = kim.post(SHIFTS, FORM | {"period": "2018/19"})
    assert first.status_code == 422
    assert "men inte den första" in first.text
    assert "Välj en insats i listan" in kim.post(SHIFTS, FORM | {"action_id": foreign.id}).text
    kim.post(SHIFTS, FORM)
    again = kim.post(SHIFTS, FORM)
    assert again.status_code == 422
    assert "Nivåskiftet är redan godtaget." in again.text
    empty = take_back(kim, reason="")
    assert empty.status_code == 422
    assert "Skriv varför" in empty.text


def test_a_place_shifts_only_after_its_own_first_value(db, ekhult, unit, kim):
    SchoolUnitFactory(organizer=ekhult, name="Annan", slug="annan", school_unit_code="87654321")
    store_values(*(country_value(year, 70.0) for year in ("2016/17", "2017/18")))
    page = kim.get(SHIFTS).text

    assert '<option value="2018/19">' not in page
    assert '<option value="2019/20">' in page
    assert kim.post(SHIFTS, FORM | {"period": "2018/19"}).status_code == 422
    without = SHIFTS.replace("ekhults-centralskola", "annan")
    assert "Godta ett nivåskifte" not in kim.get(without).text
    assert kim.post(without, FORM | {"period": "2017/18"}).status_code == 422


def test_the_insats_that_it_is_thought_to_follow_from_is_a_link(kim, ekhult, unit):
    action = ActionFactory(organizer=ekhult, unit_id=unit.id, title="Läsa varje dag")
    kim.post(SHIFTS, FORM | {"action_id": str(action.id)})
    page = read(kim.get(SHIFTS))

    assert f'<a href="/ekhult/insatser/{action.id}">Läsa varje dag</a>' in page


def test_only_who_writes_for_the_unit_accepts(db, ekhult, unit):
    other = SchoolUnitFactory(organizer=ekhult, name="Annan", slug="annan")
    principal = signed_in(db, ekhult, other, Role.PRINCIPAL, "Robin")
    teacher = signed_in(db, ekhult, unit, Role.TEACHER, "Lo")

    assert principal.post(SHIFTS, FORM).status_code == 403
    assert teacher.post(SHIFTS, FORM).status_code == 403
    assert "Godta ett nivåskifte" not in principal.get(CONTROL).text
    own = signed_in(db, ekhult, unit, Role.PRINCIPAL, "Sam")
    assert own.post(SHIFTS, FORM).status_code == 303


def test_nothing_of_it_can_be_changed_but_that_it_is_taken_back(db, ekhult, kim):
    kim.post(SHIFTS, FORM)
    for change in ("UPDATE accepted_shift SET reason = 'x'", "DELETE FROM accepted_shift"):
        with db.session(Scope(frozenset({ekhult.id}), ekhult.id)) as session:
            with pytest.raises(DBAPIError, match="permission denied"):
                session.execute(text(change))
            session.rollback()


def test_programs_accept_and_take_back_too(kim):
    made = kim.api("POST", f"{API}?unit=ekhults-centralskola", json=FORM)
    listed = kim.api("GET", API)
    version = listed.json()[0]["version"]
    again = kim.api("POST", f"{API}?unit=ekhults-centralskola", json=FORM)
    address = f"{API}/{made.json()['id']}/withdraw"
    gone = kim.api("POST", address, json={"reason": "Fel"}, headers={"If-Match": f'"{version}"'})
    series = kim.api("GET", API.replace("shifts", "series?unit=ekhults-centralskola&shape=control"))

    assert made.status_code == 201
    assert (again.status_code, gone.status_code) == (409, 200)
    assert gone.json()["withdrawn_reason"] == "Fel"
    assert "nivåskifte" not in series.json()["sentence"]


def test_the_pages_ask_six_questions(kim, statements):
    kim.post(SHIFTS, FORM)
    pages = (PAGE, CONTROL, SHIFTS, "/ekhult/tavlor/enhet", f"/ekhult/resultat{UNIT}")
    for path in (*pages, "/ekhult/oversikt"):
        kim.get(path)
        statements.clear()
        assert kim.get(path).status_code == 200
        assert len(statements) <= 6, path


def test_a_tile_with_a_control_chart_uses_it_and_says_so(kim):
    tile = {"show": "styrdiagram", "indicator": "gr-alla-amnen-ak9", "of": "enheten", "back": 0}
    board = "/api/v1/organizers/ekhult/boards/enhet"
    version = kim.api("GET", f"{board}/arrangement").json()["version"]
    match = {"If-Match": f'"{version}"'}
    asked = kim.api("PUT", f"{board}/arrangement", json={"tiles": [tile]}, headers=match)
    assert asked.status_code == 200, asked.text
    before = kim.get("/ekhult/tavlor/enhet")
    kim.post(SHIFTS, FORM)
    page = read(kim.get("/ekhult/tavlor/enhet"))

    assert "Nivåskifte" not in before.text
    assert "Ett nivåskifte är godtaget från 2022/23. Nivån är 60,0 %" in page
    assert SAID.format(day="12 november 2026") in page


def test_the_cards_of_the_same_number_tell_it_too(db, ekhult, unit, kim):
    cards, table = f"/ekhult/resultat{UNIT}", f"/ekhult/resultat{UNIT}&vy=tabell"
    principal = signed_in(db, ekhult, unit, Role.PRINCIPAL, "Robin Al")
    start, program = (
        "/ekhult/oversikt",
        "/api/v1/organizers/ekhult/indicators?unit=ekhults-centralskola",
    )
    before = [kim.get(cards).text, kim.get(table).text, principal.get(start).text]
    kim.post(SHIFTS, FORM)
    said = SAID.format(day="12 november 2026")

    assert not any("Nivåskifte" in page for page in before)
    short = "Nivåskifte från 2022/23, godtaget av Kim Ek (kvalitetsutvecklare)."
    for page in (read(kim.get(cards)), read(principal.get(start))):
        assert short in page
        assert f'href="{SHIFTS}"' in page
    assert said in read(kim.get(table))
    (told,) = [one for one in kim.api("GET", program).json() if one["shifts"]]
    assert told["shifts"] == [said]
    assert "Nivåskifte" not in kim.get("/ekhult/resultat?enhet=").text


def test_a_card_tells_what_held_on_the_day_it_is_read_as_of(db, ekhult, kim):
    kim.post(SHIFTS, FORM)
    accepted = db.clock.now.date()
    db.clock.now += timedelta(days=20)
    kim = signed_in(db, ekhult)
    take_back(kim)

    cards = f"/ekhult/resultat{UNIT}"
    assert "Nivåskifte från" not in kim.get(cards).text
    assert "Nivåskifte från" in kim.get(f"{cards}&kant={accepted}").text
    assert "Nivåskifte från" not in kim.get(f"{cards}&kant=2026-11-01").text
