"""Saved views: the question is kept and never the answer; relative stays relative."""

import re

import pytest
from sqlalchemy import text
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.story_2 import ITEM, STORY_2_DAY, share_all, story_2

from ska.access import Actor, Assignment, Role, visible
from ska.core.ids import new_id
from ska.db.session import Scope
from ska.organizers.models import SavedView

NETWORK = f"?vad={ITEM}&vilka=natverk:natverk-mellanslatt"
API = "/api/v1/organizers/{}/views"


@pytest.fixture
def made(db):
    db.clock.now = STORY_2_DAY
    found = story_2()
    share_all(db, found, ("Ekhult", "Lindåsa", "Sjövalla"))
    return {name: (one, db.browse(person)) for name, (one, person) in found.items()}


def save(made, huvudman="Ekhult", query=NETWORK, **own):
    organizer, browse = made[huvudman]
    form = {"name": "Åk 6 till mötet", "whose": "mine", "when": "latest"} | own
    return browse.post(f"/{organizer.slug}/jamfor/vyer/ny{query}", form)


def names(made, huvudman):
    organizer, browse = made[huvudman]
    page = browse.get(f"/{organizer.slug}/jamfor/vyer").text
    return re.findall(r'jamfor/vyer/[0-9a-f-]{36}">([^<]+)</a>', page)


def test_the_latest_year_and_the_own_place_follow_whoever_asks(db, made):
    me = made["Ekhult"][0].id
    relative = save(made, query=f"{NETWORK}&nar=2024/25&mot={me}").headers["location"]
    fixed = save(made, query=f"{NETWORK}&nar=2024/25", when="fixed").headers["location"]

    assert "nar=" not in relative
    assert "mot=" not in relative
    assert "nar=2024%2F25" in fixed
    with db.as_owner() as session:
        kept = session.execute(text("SELECT question::text FROM saved_view")).scalars().all()
    assert not any(re.search(r"77|51|66", one.replace("2024/25", "")) for one in kept)


def test_mine_is_mine_and_ours_is_for_all_in_the_huvudman(db, made):
    save(made, name="Bara min")
    save(made, name="Allas", whose="all")
    colleague = PersonFactory()
    RoleAssignmentFactory(person=colleague, organizer=made["Ekhult"][0], role=Role.TEACHER)
    made["Kollegan"] = (made["Ekhult"][0], db.browse(colleague))

    assert names(made, "Ekhult") == ["Allas", "Bara min"]
    assert names(made, "Kollegan") == ["Allas"]
    assert names(made, "Lindåsa") == []
    refused = save(made, "Kollegan", query="?vad=" + ITEM, whose="all")
    assert refused.status_code == 422
    assert "Din roll räcker inte" in refused.text
    assert save(made, "Kollegan", query="?vad=" + ITEM).status_code == 303


def test_a_view_fixed_for_a_networks_meeting_opens_with_each_members_own_eyes(made):
    save(made, name="Till mötet i november", whose="network", meeting_on="12/11 2026")

    assert names(made, "Lindåsa") == ["Till mötet i november"]
    _lindasa, browse = made["Lindåsa"]
    start = browse.get("/lindasa/jamfor").text
    assert "till mötet 12 november 2026" in start
    link = re.search(r"/lindasa/jamfor/vyer/[0-9a-f-]{36}", start)[0]
    opened = browse.get(browse.get(link).headers["location"]).text
    assert re.search(r"Lindåsa: 83,1.%", opened)
    # It is Ekhult's to change, and those outside do not find it.
    assert browse.post(f"{link}/ta-bort", {}).status_code == 404
    granasa = made["Granåsa"][1]
    assert granasa.get(link.replace("lindasa", "granasa")).status_code == 303  # a member too
    assert "Ändra" not in browse.get("/lindasa/jamfor/vyer").text


@pytest.mark.parametrize("role", [Role.POLITICIAN, Role.ORGANIZER_ADMIN])
def test_who_does_not_read_what_networks_share_finds_no_view_of_a_network(db, made, role):
    save(made, name="Nätverkets", whose="network")
    save(made, name="Allas i nätverket", whose="all")
    save(made, name="Allas enheter", whose="all", query=f"?vad={ITEM}&vilka=enheter")
    hidden = re.findall(r"vyer/([0-9a-f-]{36})", made["Ekhult"][1].get("/ekhult/jamfor/vyer").text)
    person = PersonFactory()
    for name, held in (("Ekhult", role), ("Lindåsa", role), ("Sjövalla", Role.AUDITOR)):
        RoleAssignmentFactory(person=person, organizer=made[name][0], role=held)
    made |= {"Alex": (made["Ekhult"][0], db.browse(person))}
    alex = made["Alex"][1]

    assert names(made, "Alex") == ["Allas enheter"]
    assert [one["name"] for one in alex.api("GET", API.format("ekhult")).json()] == names(
        made, "Alex"
    )
    assert "Nätverkets" not in alex.get("/lindasa/jamfor/vyer").text
    assert "Nätverkets" in alex.get("/sjovalla/jamfor/vyer").text
    opened = [alex.get(f"/ekhult/jamfor/vyer/{one}").status_code for one in dict.fromkeys(hidden)]
    assert sorted(opened) == [303, 404, 404]


def test_the_first_lock_itself_keeps_a_networks_views_from_who_does_not_read(db, made):
    save(made, name="Nätverkets", whose="network")
    save(made, name="Allas enheter", whose="all", query=f"?vad={ITEM}&vilka=enheter")
    organizer = made["Ekhult"][0]

    def seen_by(role):
        actor = Actor(new_id(), "Alex", "alex@example.org", (Assignment(role, organizer.id),))
        with db.session(actor.scope()) as session:
            return sorted(one.name for one in session.scalars(visible(SavedView, actor)))

    assert seen_by(Role.POLITICIAN) == ["Allas enheter"]
    assert seen_by(Role.TEACHER) == ["Allas enheter", "Nätverkets"]


def test_a_member_that_has_left_takes_its_views_with_it(db, made):
    save(made, name="Till mötet", whose="network")
    made["Ekhult"][1].post("/ekhult/natverk/natverk-mellanslatt/lamna", {})

    assert names(made, "Lindåsa") == []
    lindasa = made["Lindåsa"][0].id
    with db.session(Scope(frozenset({lindasa}), lindasa)) as session:
        assert session.execute(text("SELECT count(*) FROM saved_view")).scalar() == 0


def test_it_is_named_anew_removed_and_taken_back(made):
    save(made)
    browse = made["Ekhult"][1]
    home = "/ekhult/jamfor/vyer"
    one = re.search(rf"{home}/[0-9a-f-]{{36}}", browse.get(home).text)[0]

    assert browse.post(f"{one}/namn", {"name": ""}).status_code == 422
    browse.post(f"{one}/namn", {"name": "Ett annat namn"})
    assert names(made, "Ekhult") == ["Ett annat namn"]
    browse.post(f"{one}/ta-bort", {})
    assert names(made, "Ekhult") == []
    assert browse.get(one).status_code == 404
    assert "Ett annat namn" in browse.get(home).text  # among the removed
    browse.post(f"{one}/angra", {})
    assert names(made, "Ekhult") == ["Ett annat namn"]


def test_programs_do_as_people_do(made):
    _organizer, browse = made["Ekhult"]
    api = API.format("ekhult")
    saved = browse.api(
        "POST", f"{api}?indicator={ITEM}&among=enheter", json={"name": "Våra", "whose": "mine"}
    )
    one = f"{api}/{saved.json()['id']}"
    tag = {"If-Match": f'"{saved.json()["version"]}"'}

    assert saved.json()["address"] == f"/jamfor?vad={ITEM}&vilka=enheter"
    assert browse.api("GET", api).json()[0]["name"] == "Våra"
    renamed = browse.api("PUT", f"{one}/name", json={"name": "Enheterna"}, headers=tag)
    tag = {"If-Match": f'"{renamed.json()["version"]}"'}
    assert browse.api("DELETE", one, headers=tag).status_code == 204
    assert browse.api("GET", api).json() == []
    gone = browse.api("GET", one)
    tag = {"If-Match": gone.headers["etag"]}
    assert browse.api("POST", f"{one}/restore", headers=tag).json()["removed"] is False
    nothing = browse.api("POST", api, json={"name": "Inget", "whose": "mine"})
    assert nothing.status_code == 422


def test_the_pages_ask_six_questions_at_most(made, statements):
    save(made)
    for path in ("/ekhult/jamfor", "/ekhult/jamfor/vyer", f"/ekhult/jamfor/vyer/ny{NETWORK}"):
        statements.clear()
        assert made["Ekhult"][1].get(path).status_code == 200
        assert len(statements) <= 6, path
