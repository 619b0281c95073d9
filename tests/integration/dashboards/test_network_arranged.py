"""A network's tavla is arranged by whoever leads the network; its members see it so."""

import re

import pytest
from sqlalchemy import text
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.story_2 import ITEM, STORY_2_DAY, share_all, story_2
from tests.integration.dashboards.test_made_boards import seen_on
from tests.integration.dashboards.test_tiles import read, tiles_of

from ska.access import Role
from ska.audit import AuditEvent
from ska.db.session import Scope
from ska.sharing.models import ShareViewing

AT = "tavlor/natverk/natverk-mellanslatt"
SMALL = {"indicator": ITEM, "show": "sma", "back": "0"}


@pytest.fixture
def made(db):
    db.clock.now = STORY_2_DAY
    found = story_2()
    share_all(db, found, ("Ekhult", "Lindåsa", "Sjövalla"))
    return found


def act(browse, at, which, form, *, seen=None):
    page = browse.get(f"/ekhult/{AT}/andra")
    return browse.post(f"/ekhult/{AT}/{at}", {**form, "seen": seen or seen_on(page, which)})


def shown(db, made, name):
    organizer, person = made[name]
    return db.browse(person).get(f"/{organizer.slug}/{AT}")


def test_who_leads_arranges_and_the_members_see_it_so(db, made, statements):
    kim = db.browse(made["Ekhult"][1])
    assert "Ändra tavlan" in kim.get(f"/ekhult/{AT}").text
    assert act(kim, "rutor", "rutor", SMALL).status_code == 303
    assert act(kim, "andra", "andra", {"act": "upp-1"}).status_code == 303

    theirs = shown(db, made, "Lindåsa")
    first, second = tiles_of(theirs.text)
    assert "som=sma" in first
    assert "som=prickar" in second
    assert "Ändra tavlan" not in theirs.text
    assert len(tiles_of(shown(db, made, "Ekhult").text)) == 2
    kim.get(f"/ekhult/{AT}")
    statements.clear()
    kim.get(f"/ekhult/{AT}")
    assert len(statements) <= 6
    statements.clear()
    kim.get(f"/ekhult/{AT}/andra")
    assert len(statements) <= 6
    with db.as_owner() as session:
        kept = session.execute(text("SELECT tiles::text FROM dashboard")).scalar_one()
    assert not re.search(r"77|83", kept)


def test_a_member_and_a_rektor_of_the_leader_change_nothing(db, made):
    lindasa = db.browse(made["Lindåsa"][1])
    assert lindasa.get(f"/lindasa/{AT}/andra").headers["location"] == f"/lindasa/{AT}"
    tried = lindasa.post(f"/lindasa/{AT}/andra", {"act": "bort-0", "seen": "x"})
    assert tried.status_code == 403
    assert lindasa.post(f"/lindasa/{AT}/aterstall", {}).status_code == 403
    rektor = PersonFactory()
    RoleAssignmentFactory(person=rektor, organizer=made["Ekhult"][0], role=Role.PRINCIPAL)
    assert db.browse(rektor).get(f"/ekhult/{AT}/andra").status_code == 403
    assert len(tiles_of(shown(db, made, "Ekhult").text)) == 1


def test_what_is_on_the_board_and_not_shared_by_oneself_says_so(db, made):
    kim = db.browse(made["Ekhult"][1])
    act(kim, "rutor", "rutor", SMALL)
    page = read(shown(db, made, "Granåsa").text)

    assert "Ni delar inte den här indikatorn i nätverket." in page
    assert "83,1" not in page
    assert "77,3" not in page


def test_only_what_stands_on_the_board_is_read_and_noted(db, made):
    kim = db.browse(made["Ekhult"][1])
    act(kim, "andra", "andra", {"act": "bort-0"})
    page = read(kim.get(f"/ekhult/{AT}").text)

    assert "Tavlan är tom" in page
    assert "Ni delar också:" in page
    assert "83,1" not in page
    with db.as_owner() as session:
        assert session.query(ShareViewing).count() == 0
    kim.post(f"/ekhult/{AT}/aterstall", {})
    assert "Lindåsa (83,1 %)" in read(kim.get(f"/ekhult/{AT}").text)


def test_two_who_lead_do_not_overwrite_each_other(db, made):
    kim, other = db.browse(made["Ekhult"][1]), PersonFactory()
    RoleAssignmentFactory(person=other, organizer=made["Ekhult"][0], role=Role.DIRECTOR)
    late = db.browse(other)
    seen = seen_on(late.get(f"/ekhult/{AT}/andra"), "rutor")
    assert act(kim, "rutor", "rutor", SMALL).status_code == 303
    met = act(late, "rutor", "rutor", {**SMALL, "show": "tratt"}, seen=seen)

    assert met.status_code == 412
    assert '<option value="tratt" selected>' in met.text
    assert act(late, "andra", "andra", {"act": "bort-0"}, seen=seen).status_code == 412
    assert len(tiles_of(shown(db, made, "Ekhult").text)) == 2


@pytest.mark.parametrize("show", ["karta", "trend", "salsa", "nagot"])
def test_a_network_shows_huvudman_beside_each_other_and_nothing_else(db, made, show):
    answer = act(db.browse(made["Ekhult"][1]), "rutor", "rutor", {**SMALL, "show": show})

    assert answer.status_code == 422
    assert f'<option value="{ITEM}" selected>' in answer.text


def test_who_takes_a_tile_along_reads_that_tile_and_no_other(db, made):
    kim = db.browse(made["Ekhult"][1])
    act(kim, "rutor", "rutor", {**SMALL, "indicator": "finns-inte"})

    assert kim.get(f"/ekhult/{AT}/rutor/1/varden.csv").status_code == 404
    with db.as_owner() as session:
        assert session.query(ShareViewing).count() == 0
    assert kim.get(f"/ekhult/{AT}/rutor/0/varden.csv").status_code == 200
    with db.as_owner() as session:
        assert session.query(ShareViewing).count() > 0


def test_that_the_usual_order_is_taken_back_is_kept_in_the_log(db, made):
    kim = db.browse(made["Ekhult"][1])
    act(kim, "rutor", "rutor", SMALL)
    for _twice in range(2):
        assert kim.post(f"/ekhult/{AT}/aterstall", {}).is_redirect

    with db.as_owner() as session:
        acts = [one.act for one in session.query(AuditEvent) if one.act.startswith("board.")]
    assert sorted(acts) == ["board.arrange", "board.take_back"]


def test_a_tile_looks_a_period_back(db, made):
    kim = db.browse(made["Ekhult"][1])
    act(kim, "andra", "andra", {"act": "bort-0"})
    act(kim, "rutor", "rutor", {"indicator": ITEM, "show": "prickar", "back": "1"})
    (tile,) = tiles_of(kim.get(f"/ekhult/{AT}").text)

    assert "förra läsåret, ett år tillbaka" in read(tile)
    assert "2024/25" in tile


def test_the_order_is_kept_by_the_database_for_members_only(db, made):
    act(db.browse(made["Ekhult"][1]), "rutor", "rutor", SMALL)
    ids = {name: one.id for name, (one, _person) in made.items()}
    with db.session(Scope(frozenset({ids["Lindåsa"]}), ids["Lindåsa"])) as session:
        assert session.execute(text("SELECT count(*) FROM dashboard")).scalar_one() == 1
        changed = session.execute(text("UPDATE dashboard SET tiles = '[]'"))
        assert changed.rowcount == 0
    with db.as_owner() as session:
        session.execute(
            text("UPDATE network_member SET valid_to = '2026-11-01' WHERE organizer_id = :one"),
            {"one": ids["Lindåsa"]},
        )
    with db.session(Scope(frozenset({ids["Lindåsa"]}), ids["Lindåsa"])) as session:
        assert session.execute(text("SELECT count(*) FROM dashboard")).scalar_one() == 0


def test_a_program_arranges_it_too(db, made):
    kim, lindasa = (db.browse(made[name][1]) for name in ("Ekhult", "Lindåsa"))
    at = "/api/v1/organizers/{}/network-boards/natverk-mellanslatt"
    here = kim.api("GET", at.format("ekhult"))
    tag = {"If-Match": here.headers["etag"]}
    body = {"tiles": [{"show": "tratt", "indicator": ITEM}]}
    assert lindasa.api("PUT", at.format("lindasa"), json=body, headers=tag).status_code in {
        403,
        412,
    }
    assert kim.api("PUT", at.format("ekhult"), json=body).status_code == 428
    done = kim.api("PUT", at.format("ekhult"), json=body, headers=tag)
    assert done.json()["tiles"][0]["show"] == "tratt"
    trend = {"tiles": [{"show": "trend", "indicator": ITEM}]}
    tag = {"If-Match": done.headers["etag"]}
    assert kim.api("PUT", at.format("ekhult"), json=trend, headers=tag).status_code == 422
    assert kim.api("DELETE", at.format("ekhult"), headers=tag).status_code == 204
    assert kim.api("GET", at.format("ekhult")).json()["is_own"] is False
