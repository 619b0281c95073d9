"""Questions out of comparisons: asked, told, answered, kept; read by those they concern alone."""

import re
from html import unescape
from urllib.parse import parse_qs, quote

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory
from tests.factories.story_2 import ITEM, STORY_2_DAY, story_2

from ska.access import Role
from ska.db.session import Scope
from ska.questions.rules import picture_of
from ska.scheduler import Scheduler

NET = "natverk:natverk-mellanslatt"
NEW = f"fragor/ny?vad={ITEM}&vilka={NET}&nar=2025/26"
ASKED = "Vad gör ni när en elev inte läser flytande?"


@pytest.fixture
def network(db):
    db.clock.now = STORY_2_DAY
    made = story_2()
    return {name: (db.browse(person), organizer) for name, (organizer, person) in made.items()}


def ask(network, name="Ekhult", **own):
    browse, organizer = network[name]
    return browse.post(f"/{organizer.slug}/{NEW}", {"question": ASKED} | own)


def pages(network):
    """Return on whose pages the question is read."""
    return {
        name for name, (browse, organizer) in network.items()
        if ASKED in browse.get(f"/{organizer.slug}/fragor").text
    }  # fmt: skip


def number(network, name="Ekhult"):
    browse, organizer = network[name]
    return re.search(r'id="fraga-([0-9a-f-]{36})"', browse.get(f"/{organizer.slug}/fragor").text)[1]


def test_a_joint_question_is_read_by_every_member_and_no_stranger(db, network):
    hjo = OrganizerFactory(name="Hjo")
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=hjo, role=Role.QUALITY_LEAD)
    network["Hjo"] = (db.browse(person), hjo)

    assert ask(network).status_code == 303

    assert pages(network) == set(network) - {"Hjo"}
    assert network["Hjo"][0].get(f"/hjo/{NEW}").status_code == 404


def test_a_network_has_one_open_joint_question_about_an_indicator(network):
    ask(network)
    again = ask(network, "Lindåsa")

    assert again.status_code == 422
    assert "Nätverket har redan en gemensam fråga om det här" in again.text
    assert ASKED in again.text
    here = f"/ekhult/fragor/{number(network)}/stang"
    assert network["Lindåsa"][0].post(here.replace("ekhult", "lindasa")).status_code == 403
    assert network["Ekhult"][0].post(here).status_code == 303
    assert ask(network, "Lindåsa").status_code == 303


def test_a_question_to_one_huvudman_is_read_by_the_two(network):
    assert ask(network, to="sjovalla").status_code == 303
    assert pages(network) == {"Ekhult", "Sjövalla"}
    assert ask(network, to="hittepa").status_code == 422
    here = number(network)
    refused = network["Lindåsa"][0].post(f"/lindasa/fragor/{here}/svar", {"answer": "Vi?"})
    assert refused.status_code == 404


def test_each_huvudman_answers_once_and_the_answer_stands(network):
    ask(network)
    here = f"/lindasa/fragor/{number(network)}/svar"
    lindasa = network["Lindåsa"][0]

    assert lindasa.post(here, {"answer": ""}).status_code == 422
    assert lindasa.post(here, {"answer": "Lästimme varje dag."}).status_code == 303
    second = lindasa.post(here, {"answer": "Eller två timmar."})

    assert second.status_code == 422
    assert "Frågan är redan besvarad" in second.text
    assert "Eller två timmar." in second.text
    assert "Lästimme varje dag." in network["Sjövalla"][0].get("/sjovalla/fragor").text


def test_who_is_asked_is_told_once_and_so_is_who_gets_an_answer(db, network):
    clock = Scheduler(db.engine, db.settings, db.clock)
    ask(network, to="sjovalla")
    clock.plan()
    clock.plan()
    told = network["Sjövalla"][0].get("/sjovalla/notiser").text
    assert told.count("Ekhult frågar Sjövalla") == 1
    assert "frågar" not in network["Lindåsa"][0].get("/lindasa/notiser").text

    here = number(network)
    network["Sjövalla"][0].post(f"/sjovalla/fragor/{here}/svar", {"answer": "Vi läser."})
    clock.plan()
    assert "Sjövalla har svarat på er fråga" in network["Ekhult"][0].get("/ekhult/notiser").text


def test_a_question_to_a_unit_reaches_its_rektor_who_alone_answers(db, network):
    ekhult = network["Ekhult"][1]
    unit = SchoolUnitFactory(organizer=ekhult, name="Björkbacka skola")
    other = SchoolUnitFactory(organizer=ekhult, name="Åby byskola")
    robin, lo = PersonFactory(name="Robin Sand"), PersonFactory(name="Lo Åby")
    for person, where in ((robin, unit), (lo, other)):
        RoleAssignmentFactory(person=person, organizer=ekhult, unit=where, role=Role.PRINCIPAL)
    rektor, neighbour = db.browse(robin), db.browse(lo)

    asked = neighbour.post(
        f"/ekhult/fragor/ny?vad={ITEM}&vilka=enheter", {"to": unit.slug, "question": ASKED}
    )
    Scheduler(db.engine, db.settings, db.clock).plan()

    assert asked.status_code == 303
    assert "Lo Åby frågar Björkbacka skola" not in neighbour.get("/ekhult/notiser").text
    assert "frågar Björkbacka skola" in rektor.get("/ekhult/notiser").text
    here = f"/ekhult/fragor/{number(network)}/svar"
    assert neighbour.post(here, {"answer": "Jag svarar."}).status_code == 403
    assert rektor.post(here, {"answer": "Vi bytte arbetssätt."}).status_code == 303
    form = neighbour.get(f"/ekhult/fragor/ny?vad={ITEM}&vilka=enheter").text
    assert f'<option value="{unit.slug}"' in form
    assert f'<option value="{other.slug}"' not in form  # nobody asks herself
    own = neighbour.post(
        f"/ekhult/fragor/ny?vad={ITEM}&vilka=enheter", {"to": other.slug, "question": ASKED}
    )
    assert "Välj vem ni frågar" in own.text
    nobody = neighbour.post(f"/ekhult/fragor/ny?vad={ITEM}&vilka=enheter", {"question": ASKED})
    assert "Välj vem ni frågar" in nobody.text


WRONG = {
    "changes a question": "UPDATE asked_question SET question = 'X'",
    "closes another's": "UPDATE asked_question SET closed_at = now(), closed_by = 'X'"
    " WHERE organizer_id <> :own",
    "changes an answer": "UPDATE given_answer SET answer = 'X'",
    "removes a question": "DELETE FROM asked_question",
    "answers as another": "INSERT INTO given_answer (id, organizer_id, question_id, answerer_id,"
    " answerer, person_id, answer, answered_by) SELECT gen_random_uuid(), organizer_id, id, :other,"
    " 'X', person_id, 'X', 'X' FROM asked_question",
    "asks as another": "INSERT INTO asked_question (id, organizer_id, network_id, person_id, asker,"
    " receiver, item, title, period, question, asked_by) SELECT gen_random_uuid(), :other,"
    " network_id, person_id, 'X', 'X', 'Y', 'X', '', 'X', 'X' FROM asked_question",
}


@pytest.mark.parametrize("act", WRONG)
def test_the_second_lock_lets_nobody_speak_for_another(db, network, act):
    """Raw SQL as the app's role, in the scope of a member that sees the question."""
    ask(network)
    own, other = network["Lindåsa"][1], network["Sjövalla"][1]
    with db.session(Scope(frozenset({own.id}), own.id)) as session:
        assert session.scalar(text("SELECT count(*) FROM asked_question")) == 1
        try:
            done = session.execute(text(WRONG[act]), {"own": own.id, "other": other.id})
            outcome = f"{done.rowcount} rows"
        except DBAPIError as refused:
            outcome = getattr(refused.orig, "sqlstate", "")
    assert outcome in {"0 rows", "42501"}


def test_the_same_for_programs(network):
    ekhult, lindasa = network["Ekhult"][0], network["Lindåsa"][0]
    at = "/api/v1/organizers/{}/questions"
    made = ekhult.api(
        "POST", at.format("ekhult"), json={"indicator": ITEM, "among": NET, "question": ASKED}
    )
    assert made.status_code == 201
    one = f"{at.format('lindasa')}/{made.json()['id']}"
    assert lindasa.api("POST", f"{one}/answers", json={"answer": "Vi läser."}).status_code == 201
    assert lindasa.api("POST", f"{one}/answers", json={"answer": "Igen."}).status_code == 409
    (listed,) = ekhult.api("GET", at.format("ekhult")).json()
    assert (listed["is_joint"], listed["answers"][0]["answer"]) == (True, "Vi läser.")


def test_the_picture_that_was_asked_of_is_opened_with_all_that_was_chosen(network):
    kim, _ekhult = network["Ekhult"]
    compare = f"/jamfor?vad={ITEM}&vilka={NET}&mot=ingen&ordning=varde&som=fordelning"
    page = unescape(kim.get(f"/ekhult{compare}").text)
    form = re.search(r'href="(/ekhult/fragor/ny[^"]+)"', page)[1]
    assert kim.post(form, {"question": ASKED}).status_code == 303
    ida, lindasa = network["Lindåsa"]
    asked = unescape(ida.get(f"/{lindasa.slug}/fragor").text)
    there = re.search(r'href="(/lindasa/jamfor[?][^"]+)"', asked)[1]

    assert parse_qs(there.partition("?")[2]) == {
        "vad": [ITEM], "vilka": [NET], "mot": ["ingen"], "ordning": ["varde"],
        "som": ["fordelning"],
    }  # fmt: skip
    assert ida.get(there).status_code == 200
    (told,) = ida.api("GET", "/api/v1/organizers/lindasa/questions").json()
    assert f"/lindasa{told['seen_at']}" == there


def test_the_units_that_were_chosen_stand_in_the_question():
    asked = "?vad=gr-ma-ak9&vilka=enheter&enhet=backskolan&enhet=centralskolan&nar=2025%2F26"

    assert picture_of(asked, "gr-ma-ak9", "enheter") == f"/jamfor{asked}"
    assert picture_of(f"{asked}&elever={'x' * 1500}", "gr-ma-ak9", "enheter") == ""


def test_a_question_is_asked_without_its_picture_when_too_much_is_chosen_in_it(network):
    browse = network["Ekhult"][0]
    units = "".join(f"&enhet=en-skola-med-ett-mycket-langt-namn-{at}" for at in range(40))
    form = f"/ekhult/{NEW}&bild={quote(f'?vad={ITEM}&vilka={NET}{units}')}"

    assert "Med frågan följer bilden" not in browse.get(form).text
    assert browse.post(form, {"question": ASKED}).status_code == 303
    assert "Se bilden som frågan gäller" not in browse.get("/ekhult/fragor").text


@pytest.mark.parametrize(
    "bild",
    [f"?vad=annat&vilka={NET}", f"?vad={ITEM}&vilka=enheter", "https://annan.example/x", "?a=%ff"],
)
def test_an_address_that_is_none_of_the_comparison_is_not_carried(network, bild):
    browse = network["Ekhult"][0]
    asked = browse.post(f"/ekhult/{NEW}&bild={quote(bild)}", {"question": ASKED})

    assert asked.status_code == 303
    assert "Se bilden som frågan gäller" not in browse.get("/ekhult/fragor").text
