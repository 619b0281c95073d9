"""After an import those whose pinned evidence moved get one letter each, with old and new."""

from types import SimpleNamespace

import pytest
from sqlalchemy import text
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.organizers import OrganizerFactory
from tests.factories.story_1 import story_1
from tests.integration.test_revised_evidence import revise

from ska.access import Role
from ska.scheduler import Scheduler

SEEN = "/ekhult/resultat/gr-alla-amnen-ak9/underlag"
UNIT = f"{SEEN}?enhet=ekhults-centralskola"
OLD_AND_NEW = ", 2025/26: var 61,8 %, är nu 64,7 %"


@pytest.fixture
def place(db):
    return story_1()


@pytest.fixture
def kim(place):
    person = PersonFactory(name="Kim Ek")
    RoleAssignmentFactory(person=person, organizer=place[0], role=Role.QUALITY_LEAD)
    return person


@pytest.fixture
def robin(place):
    person = PersonFactory(name="Robin Berg")
    organizer, unit = place
    RoleAssignmentFactory(person=person, organizer=organizer, unit=unit, role=Role.PRINCIPAL)
    return person


def pin(db, person, times=1):
    for number in range(times):
        seen = {"text": f"Färre når alla ämnen, {number}.", "analysis_id": ""}
        assert db.browse(person).post(UNIT, seen).status_code == 303


def told(db):
    Scheduler(db.engine, db.settings.model_copy(update={"smtp_url": "smtp://x"}), db.clock).plan()
    with db.as_owner() as session:
        mails = session.execute(text("SELECT subject, body, address FROM outbox_mail")).all()
        notices = session.execute(text("SELECT title, text, href, person_id FROM notice")).all()
    return [_plain(one) for one in mails], [_plain(one) for one in notices]


def _plain(row):
    return SimpleNamespace(
        **{
            name: value.replace("\u00a0", " ") if isinstance(value, str) else value
            for name, value in row._mapping.items()
        }
    )


def test_nothing_moved_and_nobody_is_told(db, kim, robin):
    pin(db, kim)

    assert told(db) == ([], [])


def test_the_rektor_gets_one_letter_with_both_analyses(db, kim, robin):
    pin(db, kim, times=2)
    revise(db, 64.7)

    (mail,), (notice,) = told(db)

    assert mail.subject == "2 värden bakom 2 analyser har ändrats (Ekhult)"
    assert mail.address == robin.email
    assert mail.body.count(OLD_AND_NEW) == 2
    assert mail.body.count("/ekhult/2026-27/analyser/") == 2
    assert "Siffrorna i analyserna står kvar" in mail.body
    assert "ökade" not in mail.body
    assert (notice.title, notice.person_id) == (
        "2 värden bakom 2 analyser har ändrats",
        robin.id,
    )
    assert OLD_AND_NEW in notice.text
    assert db.browse(robin).get(notice.href).status_code == 200


def test_each_change_is_told_once_and_the_next_one_again(db, kim, robin):
    pin(db, kim)
    revise(db, 64.7)
    once = told(db)
    again = told(db)
    with db.as_owner() as session:
        session.execute(text("UPDATE value SET value = 61.8 WHERE value = 64.7"))
    revise(db, None, "suppressed_small_group")
    mails, notices = told(db)

    assert once == again
    assert len(mails) == len(notices) == 2
    assert "är nu för få elever" in mails[-1].body or "är nu för få elever" in mails[0].body


def test_whoever_holds_the_role_today_hears_and_a_vacancy_goes_upwards(db, place, kim):
    pin(db, kim)
    revise(db, 64.7)

    (mail,), _notices = told(db)

    assert mail.address == kim.email


def test_an_administrator_reads_no_drafts_and_the_change_waits(db, place, kim):
    pin(db, kim)
    revise(db, 64.7)
    with db.as_owner() as session:
        session.execute(text("UPDATE role_assignment SET role = 'organizer_admin'"))
    waiting = told(db)
    with db.as_owner() as session:
        session.execute(text("UPDATE role_assignment SET role = 'quality_lead'"))
    (mail,), _notices = told(db)

    assert waiting == ([], [])
    assert mail.address == kim.email


def test_a_published_change_reaches_every_huvudman_concerned_and_no_other(db, place, kim):
    lindasa = OrganizerFactory(name="Lindåsa")
    alex = PersonFactory(name="Alex Dal")
    RoleAssignmentFactory(person=alex, organizer=lindasa, role=Role.QUALITY_LEAD)
    pin(db, kim)
    revise(db, 64.7)

    mails, _notices = told(db)

    assert [one.address for one in mails] == [kim.email]


def test_whoever_chose_the_app_gets_no_mail(db, place, kim):
    pin(db, kim)
    browse = db.browse(kim)
    chosen = {"reminder": "mail", "escalation": "mail", "revision": "app"}
    assert browse.post("/ekhult/notiser/installningar", chosen).status_code == 303
    revise(db, 64.7)

    mails, notices = told(db)

    assert (mails, len(notices)) == ([], 1)
    assert 'value="app" checked' in browse.get("/ekhult/notiser/installningar").text
