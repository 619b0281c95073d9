"""What a network reads of a huvudman: given, reciprocal, dated, taken back, and traced."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import DBAPIError
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.organizers import OrganizerFactory
from tests.factories.sharing import (
    NetworkFactory,
    NetworkMemberFactory,
    SharedValueFactory,
    ShareGrantFactory,
)
from tests.places import STOCKHOLM

from ska.access import Role
from ska.db.session import Scope
from ska.organizers.models import NetworkMember
from ska.sharing.models import ShareGrant


@pytest.fixture
def network(db):
    """Ekhult, Lindåsa and Sjövalla in one network that Lindåsa coordinates; a stranger outside."""
    made = {
        name: OrganizerFactory(name=name) for name in ("Ekhult", "Lindåsa", "Sjövalla", "Hemby")
    }
    net = NetworkFactory(coordinator_id=made["Lindåsa"].id)
    for name in ("Ekhult", "Lindåsa", "Sjövalla"):
        made[f"member {name}"] = NetworkMemberFactory(network=net, organizer=made[name])
    return net, made


def given(network, made, name, **own):
    member = made[f"member {name}"]
    grant = ShareGrantFactory(organizer=made[name], network=network, membership=member, **own)
    SharedValueFactory(grant=grant)
    return grant


def seen(db, organizer, table="shared_value"):
    """Return whose rows the database lets this huvudman read, whatever the code asks."""
    with db.session(Scope(frozenset({organizer.id}), organizer.id)) as session:
        rows = session.scalars(text(f"SELECT DISTINCT organizer_id FROM {table}"))
        return set(rows)


def test_who_shares_reads_the_others_and_nobody_else_does(db, network):
    net, made = network
    given(net, made, "Ekhult")
    given(net, made, "Lindåsa")

    both = {made["Ekhult"].id, made["Lindåsa"].id}
    assert seen(db, made["Ekhult"]) == seen(db, made["Lindåsa"]) == both
    assert seen(db, made["Sjövalla"]) == set()
    assert seen(db, made["Sjövalla"], "share_grant") == both
    assert seen(db, made["Hemby"]) == seen(db, made["Hemby"], "share_grant") == set()


def test_sharing_one_thing_opens_no_other(db, network):
    net, made = network
    given(net, made, "Ekhult")
    given(net, made, "Lindåsa", item="gr-alla-amnen-ak9")

    assert seen(db, made["Ekhult"]) == {made["Ekhult"].id}


@pytest.mark.parametrize("whose", ["Ekhult", "Lindåsa"])
def test_the_last_day_ends_it_for_both_sides(db, network, whose):
    net, made = network
    grants = {name: given(net, made, name) for name in ("Ekhult", "Lindåsa")}
    # the database goes by the real day
    yesterday = datetime.now(STOCKHOLM).date() - timedelta(days=1)
    with db.as_owner() as session:
        session.execute(
            update(ShareGrant).where(ShareGrant.id == grants[whose].id).values(until=yesterday)
        )

    assert seen(db, made["Ekhult"]) == {made["Ekhult"].id}


@pytest.mark.parametrize("state", [{"valid_from": None}, {"valid_to": date(2026, 10, 1)}])
def test_who_is_only_invited_or_has_left_reads_nothing(db, network, state):
    net, made = network
    given(net, made, "Ekhult")
    given(net, made, "Lindåsa")
    with db.as_owner() as session:
        session.execute(
            update(NetworkMember)
            .where(NetworkMember.organizer_id == made["Ekhult"].id)
            .values(**state)
        )

    assert seen(db, made["Ekhult"]) == {made["Ekhult"].id}
    assert seen(db, made["Lindåsa"]) == {made["Lindåsa"].id}


WRONG = {
    "joins uninvited": "INSERT INTO network_member (id, network_id, organizer_id, valid_from)"
    " VALUES (gen_random_uuid(), :net, :own, '2026-01-01')",
    "moves to another network": "UPDATE network_member SET network_id = :net"
    " WHERE organizer_id = :own",
    "lets another join": "UPDATE network_member SET valid_from = '2026-01-01'"
    " WHERE organizer_id = :other",
    "takes over the network": "UPDATE network SET coordinator_id = :own WHERE id = :net",
    "renames it": "UPDATE network SET name = 'Vårt' WHERE id = :net",
    "removes a member": "DELETE FROM network_member WHERE organizer_id = :other",
    "forges a trace": "INSERT INTO share_viewing (id, organizer_id, grant_id, viewer_id, viewer,"
    " person_id, person_name, viewed_on) SELECT gen_random_uuid(), organizer_id, id, :other, 'X',"
    " gen_random_uuid(), 'X', '2026-01-01' FROM share_grant WHERE organizer_id = :other",
}


@pytest.mark.parametrize("act", WRONG)
def test_the_second_lock_lets_nobody_make_themselves_a_member(db, network, act):
    """Raw SQL as the app's role, in the scope of a huvudman that is not the coordinator."""
    net, made = network
    NetworkMemberFactory(
        network=NetworkFactory(slug="annat", coordinator_id=made["Lindåsa"].id),
        organizer=made["Hemby"],
        valid_from=None,
    )
    given(net, made, "Ekhult")
    own, other = made["Hemby"], made["Sjövalla"]
    outcome = ""
    with db.session(Scope(frozenset({own.id}), own.id)) as session:
        try:
            done = session.execute(
                text(WRONG[act]), {"net": net.id, "own": own.id, "other": other.id}
            )
            outcome = f"{done.rowcount} rows"
        except DBAPIError as refused:
            outcome = getattr(refused.orig, "sqlstate", "")
    assert outcome in {"0 rows", "42501"}


def person_in(organizer, role=Role.QUALITY_LEAD):
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=organizer, role=role)
    return person


def test_a_network_is_formed_joined_and_left_on_its_pages(db, network):
    _net, made = network
    ekhult = db.browse(person_in(made["Ekhult"]))
    hemby = db.browse(person_in(made["Hemby"], Role.DIRECTOR))

    ekhult.post("/ekhult/natverk", {"name": "Rektorer i norr"})
    here = "/natverk/rektorer-i-norr"
    assert hemby.get(f"/hemby{here}").status_code == 404
    wrong = ekhult.post(f"/ekhult{here}/inbjudan", {"organizer": "Ingenstans"})
    assert wrong.status_code == 422
    assert "Hittar ingen huvudman med det namnet" in wrong.text
    ekhult.post(f"/ekhult{here}/inbjudan", {"organizer": "hemby"})
    assert "Hemby är inbjuden till Rektorer i norr" in hemby.get("/hemby/natverk").text
    assert hemby.post(f"/hemby{here}/svar", {"svar": "ja"}).status_code == 303
    assert "Ingen delar något ännu" in hemby.get(f"/hemby{here}").text
    assert hemby.post(f"/hemby{here}/lamna").status_code == 303
    assert hemby.get(f"/hemby{here}").status_code == 404


@pytest.mark.parametrize("role", [Role.PRINCIPAL, Role.TEACHER, Role.AUDITOR])
def test_only_who_answers_for_the_huvudman_shares(db, network, role):
    net, made = network
    browse = db.browse(person_in(made["Ekhult"], role))

    assert browse.post(f"/ekhult/natverk/{net.slug}/lamna").status_code == 403
    assert browse.post("/ekhult/natverk", {"name": "Vårt"}).status_code == 403
    assert "Lämna nätverket" not in browse.get(f"/ekhult/natverk/{net.slug}").text


def test_leaving_withdraws_everything_there_at_once(db, network):
    net, made = network
    given(net, made, "Ekhult")
    given(net, made, "Lindåsa")

    db.browse(person_in(made["Ekhult"])).post(f"/ekhult/natverk/{net.slug}/lamna")

    assert seen(db, made["Lindåsa"]) == {made["Lindåsa"].id}
    with db.as_owner() as session:
        left = session.query(ShareGrant).filter_by(organizer_id=made["Ekhult"].id).one()
        assert left.withdrawn_by == "Kim Ek"
