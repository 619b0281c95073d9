"""An arbetssätt is lent in a network, read there alone, borrowed with credit, and taken back."""

import re
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.borrowing import PLANNED, TITLE, TOLD, area_of, form_at, reading_hour
from tests.factories.chain import ActionFactory
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory

from ska.access import Role
from ska.db.session import Scope
from ska.organizers.models import NetworkMember


def test_what_is_lent_is_read_in_the_network_and_by_nobody_else(db, network, lent):
    hjo = OrganizerFactory(name="Hjo")
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=hjo, role=Role.QUALITY_LEAD)

    page = network["Sjövalla"][0].get(f"/sjovalla{lent}").text

    assert TITLE in page
    assert "Fler läser flytande i mars" in page
    assert "Lindåsa, Lindåsaskolan" in page
    assert TITLE in network["Ekhult"][0].get("/ekhult/arbetssatt").text
    assert db.browse(person).get(f"/hjo{lent}").status_code == 404
    assert TITLE not in db.browse(person).get("/hjo/arbetssatt").text


def test_the_form_begins_with_the_insats_and_what_its_follow_up_answered(network):
    action = reading_hour(network["Lindåsa"][1])
    page = network["Lindåsa"][0].get(f"/lindasa/insatser/{action.id}/lana-ut").text

    assert "Hela skolan läser samtidigt." in page
    assert "Delvis. Läsflyt i mars." in page
    assert "allmän handling" in page
    assert 'value="2027-06-30"' in page


def test_borrowed_is_a_draft_in_ones_own_words_with_credit(network, lent):
    sjovalla, organizer = network["Sjövalla"]
    area = area_of(organizer)
    offered = sjovalla.get(f"/sjovalla{lent}").text
    assert form_at(area, lent) in offered

    form = sjovalla.get(form_at(area, lent)).text
    assert TITLE in form
    assert "Ett arbetssätt från Lindåsa, Lindåsaskolan" in form
    done = sjovalla.post(form_at(area, lent), PLANNED)

    page = sjovalla.get(done.headers["location"]).text
    assert "Läs en timme varje dag" in page
    assert "Utkast" in page
    assert re.search(r"Arbetssätt från</dt><dd>Lindåsa, Lindåsaskolan", page)
    told = network["Lindåsa"][0].get(f"/lindasa{lent}").text
    assert "Sjövalla: Kim i Sjövalla" in told
    assert "Läs en timme varje dag" not in told  # what is made of it is theirs


def test_what_is_taken_back_is_read_no_more_and_what_was_written_is_kept(network, lent):
    sjovalla, organizer = network["Sjövalla"]
    area = area_of(organizer)
    stop = f"/lindasa{lent}/sluta"
    assert sjovalla.post(f"/sjovalla{lent}/sluta").status_code == 403
    assert network["Lindåsa"][0].post(stop).status_code == 303

    assert sjovalla.get(f"/sjovalla{lent}").status_code == 404
    done = sjovalla.post(form_at(area, lent), PLANNED)
    page = sjovalla.get(done.headers["location"]).text
    assert "Läs en timme varje dag" in page
    assert "Arbetssätt från" not in page


def test_nothing_is_lent_after_its_day_or_by_who_has_left(db, network, lent):
    sjovalla = network["Sjövalla"][0]
    with db.as_owner() as session:
        session.execute(text("UPDATE lent_practice SET until = '2026-11-11'"))
        session.commit()
    assert sjovalla.get(f"/sjovalla{lent}").status_code == 404
    assert TITLE not in sjovalla.get("/sjovalla/arbetssatt").text
    with db.as_owner() as session:
        session.execute(text("UPDATE lent_practice SET until = '2026-11-12'"))
        session.commit()
    assert sjovalla.get(f"/sjovalla{lent}").status_code == 200

    left = network["Lindåsa"][0].post("/lindasa/natverk/natverk-mellanslatt/lamna")
    assert left.status_code == 303
    assert sjovalla.get(f"/sjovalla{lent}").status_code == 404
    with db.as_owner() as session:
        membership = (
            session.query(NetworkMember).filter_by(organizer_id=network["Lindåsa"][1].id).one()
        )
        membership.valid_from, membership.valid_to = date(2026, 11, 13), None
        session.commit()
    assert sjovalla.get(f"/sjovalla{lent}").status_code == 404  # what was lent before is not


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"description": ""}, "Skriv hur ni gör"),
        ({"outcome": ""}, "Skriv vad det har gett, eller att ni inte vet än"),
        ({"until": "2026-01-01"}, "Dagen har redan varit"),
        ({"until": "2031-01-01"}, "högst tre år"),
        ({"item": "hittepa"}, "Välj indikatorn i listan"),
        ({"network_id": ""}, "Välj vilket nätverk som får läsa"),
        ({"description": "Ring Lisa på 070-123 45 67."}, "ser ut att innehålla"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_written_is_kept(network, network_id, sent, said):
    action = reading_hour(network["Lindåsa"][1])
    written = {"network_id": network_id} | TOLD | sent
    page = network["Lindåsa"][0].post(f"/lindasa/insatser/{action.id}/lana-ut", written)

    assert page.status_code == 422
    assert said in page.text
    assert "Fler läser flytande" in page.text or "outcome" in sent


def test_the_same_is_lent_once_and_a_draft_never(db, network, network_id, lent):
    lindasa = network["Lindåsa"][0]
    mine = lindasa.get(f"/lindasa{lent}").text
    at = re.search(r"/lindasa(/insatser/[0-9a-f-]{36})", mine)[1]
    again = lindasa.post(f"/lindasa{at}/lana-ut", {"network_id": network_id} | TOLD)
    assert "lånas redan ut" in again.text
    assert "Insatsen lånas ut till och med 30 juni 2027." in again.text

    with db.as_owner() as session:  # its day passes
        session.execute(text("UPDATE lent_practice SET until = '2026-11-11'"))
        session.commit()
    anew = lindasa.post(f"/lindasa{at}/lana-ut", {"network_id": network_id} | TOLD)
    assert anew.status_code == 303
    draft = ActionFactory(organizer=network["Lindåsa"][1])
    refused = lindasa.post(
        f"/lindasa/insatser/{draft.id}/lana-ut", {"network_id": network_id} | TOLD
    )
    assert refused.status_code == 422
    assert "Ett utkast har ingen provat än" in refused.text
    other = reading_hour(OrganizerFactory(name="Utanför"))
    assert lindasa.get(f"/lindasa/insatser/{other.id}/lana-ut").status_code == 404


def test_a_rektor_tries_an_own_insats_again_and_does_not_lend(db, network):
    organizer = network["Lindåsa"][1]
    action = reading_hour(organizer)
    unit = SchoolUnitFactory(organizer=organizer, name="Åby byskola")
    sara = PersonFactory(name="Sara Ek")
    RoleAssignmentFactory(person=sara, organizer=organizer, unit=unit, role=Role.PRINCIPAL)
    area = area_of(organizer)
    browse = db.browse(sara)

    assert browse.get(f"/lindasa/insatser/{action.id}/lana-ut").status_code in {403, 404}
    assert area.title not in browse.get("/lindasa/arbetssatt").text
    kim = network["Lindåsa"][0]
    page = kim.get(f"/lindasa/insatser/{action.id}/lana").text
    form = re.search(r'href="([^"]*insats\?lan=[^"]*)"', page)[1]
    done = kim.post(form, PLANNED)
    assert "Arbetssätt från</dt><dd>Lindåsaskolan" in kim.get(done.headers["location"]).text


WRONG = {
    "changes what is lent": "UPDATE lent_practice SET title = 'X'",
    "takes back another's": "UPDATE lent_practice SET withdrawn_at = now(), withdrawn_by = 'X'"
    " WHERE organizer_id <> :own",
    "removes what is lent": "DELETE FROM lent_practice",
    "borrows as another": "INSERT INTO practice_loan (id, organizer_id, practice_id, network_id,"
    " borrower_id, borrower, borrowed_by) SELECT gen_random_uuid(), organizer_id, id, network_id,"
    " :other, 'X', 'X' FROM lent_practice",
    "changes a loan": "UPDATE practice_loan SET borrower = 'X'",
    "lends as another": "INSERT INTO lent_practice SELECT gen_random_uuid(), :other, network_id,"
    " action_id, lender, place, item, item_title, title, description, outcome, level,"
    " governance_level, horizon, owner_role, until, lent_on, lent_by FROM lent_practice",
}


@pytest.mark.parametrize("act", WRONG)
def test_the_second_lock_lets_nobody_lend_or_borrow_for_another(db, network, lent, act):
    """Raw SQL as the app's role, in the scope of a member that sees what is lent."""
    own, other = network["Sjövalla"][1], network["Ekhult"][1]
    with db.session(Scope(frozenset({own.id}), own.id)) as session:
        assert session.scalar(text("SELECT count(*) FROM lent_practice")) == 1
        try:
            done = session.execute(text(WRONG[act]), {"own": own.id, "other": other.id})
            outcome = f"{done.rowcount} rows"
        except DBAPIError as refused:
            outcome = getattr(refused.orig, "sqlstate", "")
    assert outcome in {"0 rows", "42501"}


def test_the_same_for_programs(network, network_id):
    lindasa, sjovalla = network["Lindåsa"][0], network["Sjövalla"][0]
    action = reading_hour(network["Lindåsa"][1])
    area = area_of(network["Sjövalla"][1])
    at = "/api/v1/organizers/{}/practices"
    sent = {"action_id": str(action.id), "network_id": network_id} | TOLD

    made = lindasa.api("POST", at.format("lindasa"), json=sent)
    assert made.status_code == 201, made.text
    assert lindasa.api("POST", at.format("lindasa"), json=sent).status_code == 409
    one = f"{at.format('sjovalla')}/{made.json()['id']}"
    assert sjovalla.api("GET", one).json()["place"] == "Lindåsaskolan"
    planned = PLANNED | {"area_id": str(area.id), "borrowed_from": made.json()["id"]}
    borrowed = sjovalla.api("POST", "/api/v1/organizers/sjovalla/actions", json=planned)
    assert borrowed.json()["credit"] == "Lindåsa, Lindåsaskolan"
    (listed,) = lindasa.api("GET", at.format("lindasa")).json()
    assert listed["borrowed_by"] == ["Sjövalla"]


@pytest.mark.parametrize("many", [1, 12])
def test_the_list_asks_as_much_for_many(network, network_id, statements, many):
    for number in range(many):
        action = reading_hour(network["Lindåsa"][1]) if number == 0 else _more(network, number)
        sent = {"network_id": network_id} | TOLD
        network["Lindåsa"][0].post(f"/lindasa/insatser/{action.id}/lana-ut", sent)
    statements.clear()
    page = network["Sjövalla"][0].get("/sjovalla/arbetssatt")
    assert page.text.count(TITLE) == many
    assert len(statements) <= 6


def _more(network, number):
    return ActionFactory(
        organizer=network["Lindåsa"][1], state="in_force", title=f"{number}",
        area_id=area_of(network["Lindåsa"][1]).id,
    )  # fmt: skip
