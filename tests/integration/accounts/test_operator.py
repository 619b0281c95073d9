"""The first administrator of a real huvudman is let in from the command line."""

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.organizers import OrganizerFactory
from tests.places import STORY_DAY

from ska.access import Role
from ska.accounts import operator
from ska.accounts.models import RoleAssignment
from ska.audit import AuditEvent
from ska.db.session import ScopedSession
from ska.errors import Invalid

TOVE = {"name": "Tove Nyman", "email": "Tove@Ekhult.se", "role": "organizer_admin"}


def _added(db, slug="ekhult", **fields):
    with ScopedSession(db.owner, expire_on_commit=False) as session:
        person = operator.first_role(
            session, **{**TOVE, **fields}, slug=slug, today=STORY_DAY.date()
        )
        secret = operator.new_link(session, email=person.email, now=STORY_DAY)
        session.commit()
    return secret


def test_the_first_administrator_comes_in_and_adds_the_next(db):
    OrganizerFactory()
    browse = db.browse()
    link = f"/valkommen/{_added(db)}"

    browse.get(link)
    browse.post(link, {"password": "tre vanliga ord räcker"})
    made = browse.post(
        "/ekhult/personer",
        {
            "name": "Kim Ek",
            "email": "kim@ekhult.se",
            "role": "quality_lead",
            "valid_from": "2026-09-04",
        },
    )

    assert made.status_code == 303
    with db.as_owner() as session:
        names = [one.person_name for one in session.query(AuditEvent).order_by(AuditEvent.id)]
    assert names == ["Den som sköter installationen", "Tove Nyman", "Tove Nyman"]


def test_done_twice_it_is_one_role_and_one_link(db):
    OrganizerFactory()

    old, new = _added(db), _added(db)

    with db.as_owner() as session:
        assert session.query(RoleAssignment).count() == 1
    assert db.browse().get(f"/valkommen/{old}").status_code == 404
    assert db.browse().get(f"/valkommen/{new}").status_code == 200


def test_the_installations_own_administrator_has_no_huvudman(db):
    _added(db, slug="", role="system_admin")

    with db.as_owner() as session:
        assert session.query(RoleAssignment).one().organizer_id is None


def test_the_operator_lets_in_who_works_for_two(db):
    both = PersonFactory(email="noor@ekhult.se")
    for name in ("Ekhult", "Lindåsa"):
        RoleAssignmentFactory(person=both, organizer=OrganizerFactory(name=name), role=Role.TEACHER)
    with ScopedSession(db.owner) as session:
        secret = operator.new_link(session, email="noor@ekhult.se", now=STORY_DAY)
        session.commit()

    assert db.browse().get(f"/valkommen/{secret}").status_code == 200


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"slug": "lindasa"}, "ska load units"),
        ({"slug": ""}, "ska load units"),
        ({"role": "chef"}, "Okänt uppdrag"),
        ({"role": "principal"}, "Okänt uppdrag"),
        ({"email": "tove"}, "Kontrollera e-postadressen"),
        ({"name": " "}, "Skriv personens namn"),
    ],
)
def test_the_command_says_what_is_wrong(db, wrong, says):
    OrganizerFactory()

    with pytest.raises(Invalid, match=says):
        _added(db, **wrong)
