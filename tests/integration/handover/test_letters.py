"""A rektor who leaves: those concerned are told, once. On Tuesdays: three things, by mail too."""

from datetime import date, datetime

import pytest
from sqlalchemy import text
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.framework import load_shipped
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory

from ska.access import Role
from ska.scheduler import STOCKHOLM, Scheduler

LAST = date(2026, 12, 31)


@pytest.fixture
def aby(db):
    load_shipped()
    return SchoolUnitFactory(organizer=OrganizerFactory(), name="Åby byskola", slug="aby")


def person(name, role, organizer_id, unit=None, **period):
    one = PersonFactory(name=name)
    RoleAssignmentFactory(
        person=one, organizer=None, organizer_id=organizer_id, role=role,
        unit_id=unit.id if unit else None, unit=None, **period,
    )  # fmt: skip
    return one


def plan(db, *when):
    db.clock.now = datetime(*when, tzinfo=STOCKHOLM)
    Scheduler(db.engine, db.settings.model_copy(update={"smtp_url": "smtp://x"}), db.clock).plan()


def choose(db, someone, channel):
    chosen = {"reminder": "mail", "escalation": "mail", "tuesday": channel}
    assert db.browse(someone).post("/ekhult/notiser/installningar", chosen).status_code == 303


def told(db, kind):
    with db.as_owner() as session:
        rows = session.execute(
            text(
                "SELECT person.name, notice.title, notice.href FROM notice"
                " JOIN person ON person.id = notice.person_id WHERE kind = :kind"
                " ORDER BY person.name"
            ),
            {"kind": kind},
        )
        return [tuple(row) for row in rows]


def mails(db):
    with db.as_owner() as session:
        return [
            tuple(row) for row in session.execute(text("SELECT subject, body FROM outbox_mail"))
        ]


def test_a_handover_is_told_thirty_days_before_to_those_concerned(db, aby):
    person("Robin Berg", Role.PRINCIPAL, aby.organizer_id, aby, valid_to=LAST)
    person("Tove Lind", Role.PRINCIPAL, aby.organizer_id, aby, valid_from=date(2027, 1, 1))
    person("Kim Ek", Role.QUALITY_LEAD, aby.organizer_id)
    person("Nils Nord", Role.TEACHER, aby.organizer_id, aby)
    plan(db, 2026, 11, 30, 9)
    before = told(db, "handover")
    plan(db, 2026, 12, 1, 9)
    plan(db, 2026, 12, 2, 9)
    after = told(db, "handover")

    assert before == []
    assert [row[0] for row in after] == ["Kim Ek", "Robin Berg", "Tove Lind"]
    assert {row[2] for row in after} == {"/ekhult/enheter/aby/overlamning"}
    bodies = [body for subject, body in mails(db) if "lämnas över" in subject]
    assert len(bodies) == 3
    assert all("31 december 2026" in body.replace("\u00a0", " ") for body in bodies)


def test_on_tuesday_those_who_lead_get_their_things_once(db, aby):
    choose(db, person("Kim Ek", Role.QUALITY_LEAD, aby.organizer_id), "mail")
    person("Lo Lind", Role.DIRECTOR, aby.organizer_id)
    person("Robin Berg", Role.PRINCIPAL, aby.organizer_id, aby)
    plan(db, 2026, 11, 30, 9)  # a Monday
    monday = told(db, "tuesday")
    plan(db, 2026, 12, 1, 6)  # too early
    early = told(db, "tuesday")
    plan(db, 2026, 12, 1, 9)
    plan(db, 2026, 12, 1, 10)
    tuesday = told(db, "tuesday")
    plan(db, 2026, 12, 8, 9)

    assert (monday, early) == ([], [])
    assert [row[0] for row in tuesday] == ["Kim Ek"]
    assert tuesday[0][2] == "/ekhult/idag"
    assert len(told(db, "tuesday")) == 2
    bodies = [body for subject, body in mails(db) if "Tisdagskvarten" in subject]
    assert len(bodies) == 2
    assert "1. " in bodies[0]


def test_who_wants_it_only_in_the_app_gets_no_mail(db, aby):
    choose(db, person("Kim Ek", Role.QUALITY_LEAD, aby.organizer_id), "app")
    plan(db, 2026, 12, 1, 9)

    assert len(told(db, "tuesday")) == 1
    assert mails(db) == []
