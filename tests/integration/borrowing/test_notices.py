"""Who may borrow hears of what is lent; whose arbetssätt it is hears what came of it."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.borrowing import PLANNED, TITLE, area_of, form_at
from tests.factories.organizers import OrganizerFactory

from ska.access import Role
from ska.organizers.models import SchoolUnit
from ska.scheduler import Scheduler

SAID = {"effect_answer": "no", "told": "Eleverna läser mer.", "ground": "Inget är mätt."}


@pytest.fixture
def tick(db):
    clock = Scheduler(db.engine, db.settings, db.clock)

    def run(times=2):
        for _ in range(times):
            clock.plan()

    return run


@pytest.fixture
def notices(db):
    def read(who, slug):
        return who.get(f"/{slug}/notiser").text

    return read


def someone(db, organizer, role, **more):
    person = PersonFactory(name=f"{role.value}")
    RoleAssignmentFactory(person=person, organizer=organizer, role=role, **more)
    return db.browse(person)


def test_those_who_plan_hear_once_of_what_is_newly_lent(db, network, lent, tick, notices):
    sjovalla = network["Sjövalla"][1]
    rektor = someone(db, sjovalla, Role.PRINCIPAL)
    teacher = someone(db, sjovalla, Role.TEACHER)
    hjo = OrganizerFactory(name="Hjo")
    outside = someone(db, hjo, Role.DIRECTOR)
    tick()

    for who in (network["Sjövalla"][0], rektor):
        page = notices(who, "sjovalla")
        assert page.count("Nytt arbetssätt att låna av Lindåsa") == 1
        assert f"”{TITLE}”, i Nätverk Mellanslätt." in page
    assert "Nytt arbetssätt" not in notices(teacher, "sjovalla")
    assert "Nytt arbetssätt" not in notices(network["Lindåsa"][0], "lindasa")
    assert "Nytt arbetssätt" not in notices(outside, "hjo")
    with db.as_owner() as session:  # no mail goes out unless it is asked for
        mails = session.scalar(
            text("SELECT count(*) FROM outbox_mail WHERE subject ~ 'arbetssätt'")
        )
    assert mails == 0


def test_mail_is_for_those_who_have_chosen_it(db, network, lent, tick):
    chosen = dict.fromkeys(("reminder", "escalation"), "app") | {"practice": "mail"}
    network["Sjövalla"][0].post("/sjovalla/notiser/installningar", chosen)
    network["Ekhult"][0].post("/ekhult/notiser/installningar", chosen | {"practice": "off"})
    tick()

    with db.as_owner() as session:
        mails = session.execute(text("SELECT subject, body FROM outbox_mail")).all()
    assert [one.subject for one in mails] == ["Nytt arbetssätt att låna av Lindåsa"]
    assert lent in mails[0].body
    assert "Nytt arbetssätt" not in network["Ekhult"][0].get("/ekhult/notiser").text


def test_whose_arbetssatt_it_is_hears_that_it_was_borrowed_and_told_of(
    db, network, lent, tick, notices
):
    lindasa, organizer = network["Lindåsa"]
    with db.as_owner() as session:
        unit = session.query(SchoolUnit).filter_by(name="Lindåsaskolan").one()
    rektor = someone(db, organizer, Role.PRINCIPAL, unit=unit)
    elsewhere = someone(db, organizer, Role.TEACHER)
    sjovalla, borrower = network["Sjövalla"]
    done = sjovalla.post(form_at(area_of(borrower), lent), PLANNED)
    tick()
    for who in (lindasa, rektor):
        page = notices(who, "lindasa")
        assert page.count("Sjövalla har lånat ert arbetssätt") == 1
        assert "har berättat" not in page
    with db.as_owner() as session:
        session.execute(text("UPDATE action SET state = 'in_force' WHERE loan_id IS NOT NULL"))
        session.commit()
    told = sjovalla.post(f"{done.headers['location'].split('?')[0]}/beratta", SAID)
    assert told.status_code == 303
    tick()

    for who in (lindasa, rektor):
        page = notices(who, "lindasa")
        assert page.count("Sjövalla har lånat ert arbetssätt") == 1
        assert page.count("Sjövalla har berättat vad ert arbetssätt gav") == 1
        assert "Eleverna läser mer." not in page  # the words are read where they can be taken back
    assert "arbetssätt" not in notices(elsewhere, "lindasa")
    assert "har lånat ert" not in notices(sjovalla, "sjovalla")


def test_what_is_taken_back_or_old_is_told_of_no_more(db, network, lent, tick, notices):
    network["Lindåsa"][0].post(f"/lindasa{lent}/sluta")
    tick()
    assert "Nytt arbetssätt" not in notices(network["Sjövalla"][0], "sjovalla")
    with db.as_owner() as session:
        session.execute(text("UPDATE lent_practice SET withdrawn_at = NULL, withdrawn_by = NULL"))
        session.commit()
    db.clock.now += timedelta(days=15)
    tick()
    assert "Nytt arbetssätt" not in notices(network["Sjövalla"][0], "sjovalla")
