"""Tries to sign in: how many are enough, and when they are forgotten."""

from datetime import timedelta

from tests.administering import sign_in

from ska.accounts import services
from ska.accounts.models import SignIn, SignInAttempt
from ska.scheduler import Scheduler


def _tries(db, count, moment):
    with db.as_owner() as session:
        session.add_all(
            SignInAttempt(
                email_hash=number.to_bytes(4, "big"),
                ip=f"192.0.2.{number}",
                succeeded=False,
                created_at=moment,
            )
            for number in range(count)
        )


def test_a_thousand_tries_in_five_minutes_from_everywhere_is_enough(db, kim):
    _tries(db, 999, db.clock.now)

    last = sign_in(db.browse())
    stopped = sign_in(db.browse())
    db.clock.now += timedelta(minutes=6)
    later = sign_in(db.browse())

    assert (last.status_code, stopped.status_code, later.status_code) == (303, 429, 303)
    assert "Väldigt många försöker logga in" in stopped.text


def test_the_scheduler_forgets_what_is_over_a_bounded_number_at_a_time(db, kim):
    scheduler = Scheduler(db.engine, db.settings, db.clock, postman=object())
    old = db.browse(kim)
    _tries(db, 5, db.clock.now)
    db.clock.now += timedelta(minutes=59)
    new = db.browse(kim)
    _tries(db, 1, db.clock.now)

    assert scheduler.sweep() == 0
    db.clock.now += timedelta(minutes=2)
    assert scheduler.sweep() == 1  # the sign-in that nobody used for an hour
    assert old.get("/").headers["location"].startswith("/logga-in")
    assert new.get("/").headers["location"] == "/ekhult/oversikt"
    db.clock.now += timedelta(hours=23)
    with db.session() as session:
        assert services.sweep(session, now=db.clock.now, most=2) == 3
        session.commit()
    scheduler.tick()

    with db.as_owner() as session:
        assert session.query(SignIn).count() == 0
        assert session.query(SignInAttempt).count() == 1
