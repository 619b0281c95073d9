"""What people do with accounts: come in, sign in and out, change their password."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import Engine, delete, func, or_, select, text, update
from sqlalchemy.orm import Session

from ska.access import Actor
from ska.accounts import queries
from ska.accounts.behind import Behind
from ska.accounts.models import ApiToken, Person, SignIn, SignInAttempt
from ska.accounts.passwords import note_password
from ska.accounts.rules import (
    ABSOLUTE,
    IDLE,
    KEPT,
    MOST_FAILURES,
    MOST_TRIES,
    WINDOW,
    password_problem,
)
from ska.core.secrets import hash_secret, new_secret
from ska.db.session import ScopedSession, standing_alone
from ska.errors import Conflict, Invalid, Missing, NotAllowed, TooMany

_hasher = PasswordHasher()
# Each hash takes 64 MB and its time: without a bound, forty tries at once would take the machine's
# memory, and those who sign in on a Monday morning the threads of those who read.
HASHING = ThreadPoolExecutor(4, "password")
_NOBODYS_HASH = _hasher.hash(new_secret())
# A turn is held for the time of a hash, and a whole school shares an address: the line may be
# longer than an act otherwise waits, and only those who sign in stand in it.
_LONGEST_LINE = "30s"
_NOTED: dict[Any, Any] = {
    SignIn: (SignIn.seen_at, timedelta(minutes=1)),
    ApiToken: (ApiToken.used_at, timedelta(hours=1)),
}


def _password_fits(password_hash: str | None, password: str) -> bool:
    """Check in the same time whether the account exists or not (ASVS 6.3.8)."""
    try:
        fits = _hasher.verify(password_hash or _NOBODYS_HASH, password)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return fits and password_hash is not None


def sign_in(
    session: Session, *, email: str, password: str, ip: str, now: datetime, old: str | None = None
) -> str | None:
    """Sign in and return the new cookie's secret, or None when e-mail or password is wrong.

    The sign-in behind the browser's *old* cookie ends. Raises TooMany after ten failures in five
    minutes for the account or the address.
    """
    person = _try_password(session, email=email, password=password, ip=ip, now=now)
    if person is None:
        return None
    if old is not None:
        sign_out(session, secret=old)
    return open_sign_in(session, person=person, now=now)


def _try_password(
    session: Session, *, email: str, password: str, ip: str, now: datetime
) -> Person | None:
    """Return the person whose password this is, and count the try.

    Tries from one address wait for each other, and so do those for one account: what is counted
    is never passed by many at once.
    """
    account = hash_secret(email.strip().lower())
    session.execute(text(f"SET LOCAL lock_timeout = '{_LONGEST_LINE}'"))
    for key in (f"ip {ip}", account.hex()):
        session.execute(
            text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))"), {"key": key}
        )
    _must_wait_their_turn(session, account, ip, now)
    person = queries.person_by_email(session, email)
    succeeded = _password_fits(person.password_hash if person else None, password)
    session.add(SignInAttempt(email_hash=account, ip=ip, succeeded=succeeded, created_at=now))
    session.flush()
    return person if succeeded else None


def _must_wait_their_turn(session: Session, account: bytes, ip: str, now: datetime) -> None:
    """Raise TooMany after ten failures for the account or the address, or a thousand tries in all.

    All tries together do not wait for each other: the thousand may be passed by those under way.
    """
    lately = select(SignInAttempt.id).where(SignInAttempt.created_at > now - WINDOW)
    mine = lately.where(
        ~SignInAttempt.succeeded,
        or_(SignInAttempt.email_hash == account, SignInAttempt.ip == ip),
    ).limit(MOST_FAILURES)
    everyones = lately.limit(MOST_TRIES)
    failures, tries = session.execute(
        select(
            *(
                select(func.count()).select_from(one.subquery()).scalar_subquery()
                for one in (mine, everyones)
            )
        )
    ).one()
    if failures >= MOST_FAILURES:
        raise TooMany("Vänta fem minuter och försök igen. Kontrollera att adressen är rätt.")
    if tries >= MOST_TRIES:
        raise TooMany("Väldigt många försöker logga in just nu. Vänta fem minuter.")


def sweep(session: Session, *, now: datetime, most: int = 5000) -> int:
    """Forget sign-ins that are over and old tries, at most *most* of each; return how many."""
    over = select(SignIn.id).where(or_(SignIn.expires_at <= now, SignIn.seen_at <= now - IDLE))
    old = select(SignInAttempt.id).where(SignInAttempt.created_at <= now - KEPT)
    gone = 0
    for table, rows in ((SignIn, over), (SignInAttempt, old)):
        swept = delete(table).where(table.id.in_(rows.limit(most))).returning(table.id)
        gone += len(session.execute(swept).all())
    return gone


def open_sign_in(session: Session, *, person: Person, now: datetime) -> str:
    """Begin a sign-in for *person* and return the cookie's secret; always a new one."""
    secret = new_secret()
    session.add(
        SignIn(
            person_id=person.id,
            token_hash=hash_secret(secret),
            seen_at=now,
            expires_at=now + ABSOLUTE,
        )
    )
    session.flush()
    return secret


def sign_out(session: Session, *, secret: str) -> None:
    """End the sign-in behind this cookie; the old secret is dead at once."""
    session.execute(delete(SignIn).where(SignIn.token_hash == hash_secret(secret)))


def note_presence(engine: Engine, *, behind: Behind, now: datetime) -> None:
    """Note that a cookie was seen (at most once a minute) or a token used (once an hour).

    Nobody waits for it: what is being noted by somebody else just now need not be noted again.
    """
    column, every = _NOTED[behind.key]
    if behind.noted_at is not None and now - behind.noted_at <= every:
        return
    free = select(behind.key.id).where(behind.key.id == behind.key_id)
    here = behind.key.id.in_(free.with_for_update(skip_locked=True))
    with standing_alone(engine).connect() as connection:
        connection.execute(update(behind.key).where(here).values({column: now}))


def add_person(
    session: Session, *, name: str, email: str, password: str | None, is_demo: bool = False
) -> Person:
    """Add a person; raise Invalid when the password is too weak, Conflict when they are there."""
    if password is not None and (problem := password_problem(password, name=name, email=email)):
        raise Invalid("Lösenordet går inte att använda.", {"password": problem})
    if queries.person_by_email(session, email) is not None:
        raise Conflict("Det finns redan en person med den e-postadressen.")
    person = Person(
        name=name,
        email=email.strip().lower(),
        password_hash=_hasher.hash(password) if password else None,
        is_demo=is_demo,
    )
    session.add(person)
    session.flush()
    return person


def must_be_strong(person: Person, password: str) -> None:
    """Raise Invalid when the password is too weak for this person."""
    problem = password_problem(password, name=person.name, email=person.email)
    if problem:
        raise Invalid(problem, {"password": problem})


def set_password(session: Session, *, person: Person, password: str, now: datetime) -> str:
    """Set a password, end every sign-in of the person and return the secret of a new one.

    Raises Invalid when the password is too weak.
    """
    must_be_strong(person, password)
    person.password_hash = _hasher.hash(password)
    session.execute(delete(SignIn).where(SignIn.person_id == person.id))
    return open_sign_in(session, person=person, now=now)


def change_password(
    session: ScopedSession, actor: Actor, *, current: str, password: str, ip: str, now: datetime
) -> str:
    """Change one's own password and return the secret of the new sign-in.

    The current one is asked for and counted as a try to sign in. Raises Invalid when it is wrong.
    """
    must_be_a_person(actor)
    person = session.get_one(Person, actor.person_id)
    if not _try_password(session, email=person.email, password=current, ip=ip, now=now):
        wrong = "Det nuvarande lösenordet stämmer inte."
        raise Invalid(wrong, {"current": wrong})
    secret = set_password(session, person=person, password=password, now=now)
    note_password(session, person=person, act="password.change", today=now.date())
    return secret


def set_theme(session: Session, actor: Actor, *, theme: str | None) -> None:
    """Remember whether the person wants light, dark or what the device says (None)."""
    session.execute(update(Person).where(Person.id == actor.person_id).values(theme=theme))


def end_sign_in(session: Session, actor: Actor, *, sign_in_id: UUID) -> None:
    """End one of the person's own sign-ins; raise Missing when it is not theirs."""
    must_be_a_person(actor)
    ended = session.execute(
        delete(SignIn)
        .where(SignIn.id == sign_in_id, SignIn.person_id == actor.person_id)
        .returning(SignIn.id)
    ).first()
    if ended is None:
        raise Missing


def must_be_a_person(actor: Actor) -> None:
    """Raise NotAllowed for a program: keys make no keys and open no doors."""
    if actor.limits is not None:
        raise NotAllowed("Det här görs av den som är inloggad, inte med en nyckel.")
