"""What was agreed in a dialogue is told of when it is due, and an answered need to the unit."""

from datetime import date, datetime

import pytest
from sqlalchemy import text
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.chain import (
    ActionFactory,
    AnalysisFactory,
    DevelopmentAreaFactory,
    FollowUpFactory,
)
from tests.factories.dialogues import AgreementFactory, NeedFactory, ResultsDialogueFactory
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory
from tests.smtp import mail_server

from ska.access import Role
from ska.notices.mail import Smtp
from ska.scheduler import STOCKHOLM, Scheduler

DUE = date(2027, 1, 22)


@pytest.fixture
def ekhult(db):
    return OrganizerFactory()


@pytest.fixture
def aby(ekhult):
    return SchoolUnitFactory(organizer=ekhult, name="Åby byskola", slug="aby")


@pytest.fixture
def dialogue(db, aby):
    return ResultsDialogueFactory(unit=aby)


def person(name, role, aby, unit=None):
    one = PersonFactory(name=name)
    RoleAssignmentFactory(
        person=one, organizer=None, organizer_id=aby.organizer_id, role=role,
        unit_id=unit.id if unit else None, unit=None,
    )  # fmt: skip
    return one


def agreed(ekhult, aby, dialogue, state="in_force", **how):
    area = DevelopmentAreaFactory(analysis=AnalysisFactory(organizer=ekhult, unit=aby))
    action = ActionFactory(area=area, unit_id=aby.id, state=state)
    AgreementFactory(dialogue=dialogue, action=action, due=DUE, **how)
    return action, FollowUpFactory(action=action, planned_on=DUE)


def plan(db, *when):
    db.clock.now = datetime(*when, tzinfo=STOCKHOLM)
    Scheduler(db.engine, db.settings.model_copy(update={"smtp_url": "smtp://x"}), db.clock).plan()


def told(db):
    with db.as_owner() as session:
        rows = session.execute(
            text(
                "SELECT person.name, notice.title, notice.href FROM notice"
                " JOIN person ON person.id = notice.person_id WHERE kind = 'dialogue'"
                " ORDER BY notice.id, person.name"
            )
        )
        return [(name, title.replace("\u00a0", " "), href) for name, title, href in rows]


def test_an_agreement_is_told_a_week_before_and_when_its_day_has_passed(db, ekhult, aby, dialogue):
    person("Robin Berg", Role.PRINCIPAL, aby, aby)
    person("Kim Ek", Role.QUALITY_LEAD, aby)
    _action, follow_up = agreed(ekhult, aby, dialogue)
    for day in (13, 15, 18, 22):  # the 15th is a Friday, a week before
        plan(db, 2027, 1, day, 9)
    soon = told(db)
    for day in (23, 25, 26):  # a Saturday first
        plan(db, 2027, 1, day, 9)

    assert soon == [
        (
            "Robin Berg",
            "Det ni kom överens om ska följas upp fredag 22 januari 2027",
            f"/ekhult/uppfoljningar/{follow_up.id}",
        )
    ]
    late = [one for one in told(db) if one not in soon]
    assert [(one[0], "skulle ha följts upp" in one[1]) for one in late] == [("Robin Berg", True)]


def test_the_role_named_hears_a_draft_says_so_and_what_is_followed_up_is_silent(
    db, ekhult, aby, dialogue
):
    person("Robin Berg", Role.PRINCIPAL, aby, aby)
    person("Vera Sten", Role.DIRECTOR, aby)
    action, _follow_up = agreed(ekhult, aby, dialogue, state="draft", owner_role="Skolchef")
    _done, answered = agreed(ekhult, aby, dialogue)
    with db.as_owner() as session:
        session.execute(
            text(
                "UPDATE follow_up SET answered_at = now(), answered_by = 'Robin Berg',"
                " done_answer = 'yes', effect_answer = 'yes' WHERE id = :id"
            ),
            {"id": answered.id},
        )
    plan(db, 2027, 1, 18, 9)

    assert [(one[0], one[2]) for one in told(db)] == [
        ("Vera Sten", f"/ekhult/insatser/{action.id}")
    ]


def test_the_answer_to_a_need_is_told_to_the_units_rektor_once_and_again_when_it_changes(
    db, aby, dialogue
):
    robin = person("Robin Berg", Role.PRINCIPAL, aby, aby)
    kim = person("Kim Ek", Role.QUALITY_LEAD, aby)
    need = NeedFactory(dialogue=dialogue)
    at = f"/ekhult/behov/{need.id}"
    db.clock.now = datetime(2026, 9, 7, 9, tzinfo=STOCKHOLM)
    browse = db.browse(kim)
    first_answer = browse.post(at, {"answer_kind": "later", "answer": "Efter budgeten."})
    assert first_answer.status_code == 303, first_answer.text
    plan(db, 2026, 9, 7, 9, 5)
    plan(db, 2026, 9, 7, 9, 10)
    first = told(db)
    browse.post(at, {"answer_kind": "yes", "answer": "En dag i veckan från januari."})
    plan(db, 2026, 9, 7, 9, 15)
    both = told(db)
    plan(db, 2026, 9, 8, 10)
    plan(db, 2026, 12, 7, 10)

    assert [(one[0], one[2]) for one in first] == [("Robin Berg", at)]
    assert "Åby byskola" in first[0][1]
    assert len(both) == 2
    assert told(db) == both
    assert db.browse(robin).get(at).status_code == 200


def test_a_notice_nobody_has_read_is_not_left_with_a_day_that_was_moved(db, ekhult, aby, dialogue):
    robin = person("Robin Berg", Role.PRINCIPAL, aby, aby)
    _moved, follow_up = agreed(ekhult, aby, dialogue)
    _stays, other = agreed(ekhult, aby, dialogue)
    plan(db, 2027, 1, 18, 9)
    before = {one[2] for one in told(db)}
    done = db.browse(robin).post(
        f"/ekhult/uppfoljningar/{follow_up.id}/dag", {"planned_on": "2027-03-12"}
    )
    left = told(db)
    plan(db, 2027, 3, 8, 9)

    assert done.status_code == 303, done.text
    assert before == {f"/ekhult/uppfoljningar/{one.id}" for one in (follow_up, other)}
    assert [one[2] for one in left] == [f"/ekhult/uppfoljningar/{other.id}"]
    assert "fredag 12 mars 2027" in told(db)[-1][1]


def test_a_mail_of_a_day_that_was_moved_before_it_left_is_not_sent(db, ekhult, aby, dialogue):
    person("Robin Berg", Role.PRINCIPAL, aby, aby)
    _moved, follow_up = agreed(ekhult, aby, dialogue)
    agreed(ekhult, aby, dialogue)
    plan(db, 2027, 1, 18, 9)
    with db.as_owner() as session:
        moved = text("UPDATE follow_up SET planned_on = '2027-03-12' WHERE id = :id")
        session.execute(moved, {"id": follow_up.id})
    with mail_server() as server:
        Scheduler(db.engine, db.settings, db.clock, Smtp(server.url)).send()

    (mail,) = server.taken
    assert str(follow_up.id) not in mail.get_content()
    assert "ska följas upp fredag 22 januari 2027" in str(mail["Subject"]).replace("\u00a0", " ")
