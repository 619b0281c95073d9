"""Mail leaves by SMTP or into a folder; a server that says no is tried again, later each time."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from tests.lindasa import UNITS, Lindasa, at
from tests.smtp import mail_server

from ska.cli.reminding import remind_on
from ska.notices.mail import Folder, Smtp, postman_of
from ska.notices.models import OutboxMail
from ska.notices.services import ATTEMPTS
from ska.scheduler import Scheduler, is_alive


@pytest.fixture
def lindasa(db):
    db.clock.now = at(date(2026, 8, 10))
    return Lindasa()


def mails(db):
    with db.as_owner() as session:
        return session.scalars(select(OutboxMail).order_by(OutboxMail.id)).all()


def test_mail_goes_by_smtp_with_a_message_id_of_its_own(db, lindasa):
    with mail_server() as server:
        scheduler = Scheduler(db.engine, db.settings, db.clock, Smtp(server.url))
        scheduler.plan()
        sent = scheduler.send()

    assert sent == 5
    message = server.taken[0]
    assert message["From"] == "SKA <ska@localhost>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert str(message["Subject"]) == "Påminnelse: Enhetsanalys klar (Lindåsa)"
    assert "Det här väntar på dig i årshjulet för Lindåsa." in message.get_content()
    assert len({str(one["Message-ID"]) for one in server.taken}) == 5


def test_a_server_that_refuses_is_tried_again_and_in_the_end_given_up(db, lindasa):
    with mail_server() as server:
        server.refuses = lambda: True
        scheduler = Scheduler(db.engine, db.settings, db.clock, Smtp(server.url))
        scheduler.plan()
        assert scheduler.send() == 0
        assert scheduler.send() == 0
        assert {mail.attempts for mail in mails(db)} == {1}
        server.refuses = lambda: False
        db.clock.now += timedelta(minutes=2)
        assert scheduler.send() == 5
    first = mails(db)[0]
    assert first.state == "sent"
    assert first.attempts == 2
    assert "451" in first.last_error


def test_a_mail_that_nobody_takes_is_put_aside(db, lindasa):
    scheduler = Scheduler(db.engine, db.settings, db.clock, Smtp("smtp://127.0.0.1:9"))
    scheduler.plan()
    for day in range(12):
        db.clock.now = at(date(2026, 8, 10) + timedelta(days=day), 12)
        scheduler.send()

    assert {mail.state for mail in mails(db)} == {"dead"}
    assert {mail.attempts for mail in mails(db)} == {ATTEMPTS}


def test_without_a_server_mail_becomes_files_that_a_person_can_read(db, lindasa, tmp_path):
    scheduler = Scheduler(db.engine, db.settings, db.clock, Folder(tmp_path / "mail"))
    scheduler.plan()
    scheduler.send()

    files = sorted((tmp_path / "mail").iterdir())
    assert len(files) == 5
    assert files[0].name.startswith("nya.rektorn@lindasa.example.se-")
    text = files[0].read_text(encoding="utf-8")
    assert "Subject: Påminnelse: Enhetsanalys klar (Lindåsa)" in text
    assert "* Enhetsanalys klar, Björkbacka skola" in text
    assert "Klart senast måndag 31 augusti 2026." in text


def test_the_address_of_a_mail_server_is_checked_at_start(tmp_path):
    assert isinstance(postman_of(None, tmp_path), Folder)
    assert isinstance(postman_of("smtps://kim:h%40lig@mail.example.se", tmp_path), Smtp)
    with pytest.raises(ValueError, match="SKA_SMTP_URL"):
        postman_of("http://mail.example.se", tmp_path)


def test_a_day_can_be_tried_without_keeping_anything(db, lindasa, tmp_path):
    settings = db.settings.model_copy(update={"data_dir": tmp_path})

    tried = remind_on(db.engine, settings, date(2026, 8, 24), keep=False)

    assert {line["unit"] for line in tried} == set(UNITS)
    assert {line["rule"] for line in tried} == {"lead-7"}
    assert mails(db) == []
    assert len(remind_on(db.engine, settings, date(2026, 8, 24), keep=True)) == 5
    assert len(list((tmp_path / "mail").iterdir())) == 5
    assert remind_on(db.engine, settings, date(2026, 8, 24), keep=True) == []


def test_the_scheduler_shows_that_it_is_alive(db, lindasa, tmp_path):
    with db.engine.connect() as connection:
        assert is_alive(connection, db.clock()) == "starta ska scheduler"
    Scheduler(db.engine, db.settings, db.clock, Folder(tmp_path)).tick()
    with db.engine.connect() as connection:
        assert is_alive(connection, db.clock()) == "ok"
        assert is_alive(connection, db.clock() + timedelta(minutes=5)) != "ok"
