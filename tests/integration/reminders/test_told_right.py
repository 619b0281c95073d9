"""A mail that had to wait is told as things stand when it is sent, or not at all."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from tests.factories.cycle import CycleStepFactory
from tests.lindasa import Lindasa, at
from tests.smtp import mail_server

from ska.notices.mail import Smtp
from ska.notices.models import OutboxMail
from ska.scheduler import Scheduler

ABY = "Åby byskola"


@pytest.fixture
def lindasa(db):
    db.clock.now = at(date(2026, 8, 10))
    lindasa = Lindasa()
    step = lindasa.steps[ABY]
    place = {one: getattr(step, one) for one in ("cycle_id", "organizer_id", "unit_id")}
    place |= {"key": "plan", "definition": step.definition | {"key": "plan"}}
    CycleStepFactory(cycle=None, name="Plan mot kränkningar", **place)
    return lindasa


@pytest.fixture
def mail():
    with mail_server() as mail:
        yield mail


@pytest.fixture
def clock(db, lindasa, mail):
    """Plan while no mail is taken; what is sent later had to wait."""
    scheduler = Scheduler(db.engine, db.settings, db.clock, Smtp(mail.url))
    mail.refuses = lambda: True
    scheduler.plan()
    assert scheduler.send() == 0
    mail.refuses = lambda: False
    return scheduler


@pytest.fixture
def act(db, lindasa):
    lead = db.browse(lindasa.person("Kim Lead", "quality_lead"))

    def act(place, name, form):
        page = f"/lindasa/2026-27/arshjul/steg/{lindasa.steps[place].id}/{name}"
        assert lead.post(page, form).status_code == 303

    return act


def sent_to(mail, db, clock, place):
    """Send what waits, and return the words to the place's rektor, with the subject first."""
    db.clock.now += timedelta(minutes=5)
    clock.send()
    receiver = f"rektor.{place.split()[0].lower().replace('å', 'a')}"
    return [words(one) for one in mail.taken if str(one["To"]).startswith(receiver)]


def words(one):
    return f"{one['Subject']}\n{one.get_content()}".replace("\r\n", "\n")


ACTS = {
    "flytta": {"due": "2026-09-30", "because": "Ny rektor"},
    "stryk": {},
    "klart": {},
    "skjut-upp": {"until": "2026-09-09", "reason": "Väntar på resultat"},
}


@pytest.mark.parametrize(("name", "form"), ACTS.items(), ids=ACTS)
def test_what_no_longer_holds_is_left_out_and_an_empty_mail_is_not_sent(
    db, clock, mail, act, name, form
):
    for place in (ABY, "Lindåsaskolan"):
        act(place, name, form)

    (letter,) = sent_to(mail, db, clock, ABY)
    assert letter.startswith("Påminnelse: Plan mot kränkningar (Lindåsa)\nHej Rektor!\n")
    assert "Klart senast måndag 31 augusti 2026.\n" in letter
    assert "Enhetsanalys" not in letter
    assert len(mail.taken) == 4  # Lindåsaskolan's had nothing left
    with db.as_owner() as session:
        assert set(session.scalars(select(OutboxMail.state))) == {"sent"}


def test_the_new_day_is_told_of_in_its_own_time(db, clock, mail, act):
    act(ABY, "flytta", ACTS["flytta"])
    sent_to(mail, db, clock, ABY)

    db.clock.now = at(date(2026, 9, 9))
    clock.plan()
    old, new = sent_to(mail, db, clock, ABY)
    assert "30 september" not in old
    assert "* Enhetsanalys klar, Åby byskola\n  Klart senast onsdag 30 september" in new


def test_what_still_holds_is_sent_as_it_was_written(db, clock, mail):
    with db.as_owner() as session:
        written = set(session.execute(select(OutboxMail.subject, OutboxMail.body)))
    sent_to(mail, db, clock, ABY)

    assert {words(one) for one in mail.taken} == {"\n".join(one) for one in written}
