"""What happens with notices: someone is told, reads, chooses a channel; mail is leased and sent."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import CursorResult, delete, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ska.access import Actor
from ska.core.ids import new_id
from ska.notices.models import CalendarFeed, Notice, NoticeSetting, OutboxMail, SchedulerBeat
from ska.notices.queries import channels_of
from ska.notices.rules import UNCHOSEN, Channel, Letter, NoticeKind

LEASE = timedelta(minutes=5)
ATTEMPTS = 8


def tell(session: Session, rows: Sequence[Mapping[str, Any]]) -> int:
    """Add notices, each only once (its key); return how many were new."""
    return _add(session, Notice, rows)


def post_mail(session: Session, rows: Sequence[Mapping[str, Any]]) -> int:
    """Put mail in the outbox, each only once (its key); return how many were new."""
    return _add(session, OutboxMail, rows)


def write_letters(
    session: Session,
    actor: Actor,
    organizer_id: UUID,
    kind: NoticeKind,
    letters: Sequence[Letter],
    *,
    now: datetime,
) -> int:
    """Tell each person as they chose to hear of *kind*, each letter once; return how many were new.

    Whoever has not chosen hears as `UNCHOSEN` says.
    """
    wants = channels_of(session, actor, organizer_id, [one.person_id for one in letters])
    chosen = {one.key: wants.get((one.person_id, str(kind)), UNCHOSEN[kind]) for one in letters}
    common = {"organizer_id": organizer_id}
    told = [
        {
            **common, "person_id": one.person_id, "kind": str(kind), "title": one.title,
            "text": one.text, "href": one.href, "dedupe_key": one.key, "told_at": now,
        }
        for one in letters
        if chosen[one.key] != Channel.OFF
    ]  # fmt: skip
    posted = [
        {
            **common, "person_id": one.person_id, "dedupe_key": one.key, "address": one.address,
            "subject": one.subject or one.title, "body": one.body, "not_before": now,
        }
        for one in letters
        if chosen[one.key] == Channel.MAIL
    ]  # fmt: skip
    post_mail(session, posted)
    return tell(session, told)


def _add(session: Session, table: type[Notice | OutboxMail], rows: Any) -> int:
    if not rows:
        return 0
    return len(add_new(session, table, rows, "id"))


def add_new(
    session: Session, table: Any, rows: Sequence[Mapping[str, Any]], *wanted: str
) -> Sequence[Any]:
    """Add rows that are not there yet; return the *wanted* columns of those that were new.

    As many rows as there are: the statement is the same, and is put together once.
    """
    columns = [table.__table__.c[name] for name in wanted]
    fresh = insert(table.__table__).on_conflict_do_nothing().returning(*columns)
    return session.connection().execute(fresh, [{"id": new_id(), **one} for one in rows]).all()


def mark_read(session: Session, notice: Notice, *, now: datetime) -> None:
    """Note that a notice was read; the first time counts."""
    notice.read_at = notice.read_at or now
    session.flush()


def mark_all_read(session: Session, actor: Actor, *, organizer_id: UUID, now: datetime) -> None:
    """Note that all of the person's notices in the huvudman are read."""
    session.execute(
        update(Notice)
        .where(
            Notice.organizer_id == organizer_id,
            Notice.person_id == actor.person_id,
            Notice.read_at.is_(None),
        )
        .values(read_at=now)
    )


def choose_channel(
    session: Session, actor: Actor, *, organizer_id: UUID, kind: NoticeKind, channel: Channel
) -> None:
    """Remember how the person wants to hear of one kind of notice."""
    session.execute(
        insert(NoticeSetting)
        .values(
            id=new_id(),
            organizer_id=organizer_id,
            person_id=actor.person_id,
            kind=kind,
            channel=channel,
        )
        .on_conflict_do_update(
            index_elements=["organizer_id", "person_id", "kind"], set_={"channel": channel}
        )
    )


@dataclass(frozen=True)
class Leased:
    """A mail that a worker has taken to send."""

    id: UUID
    organizer_id: UUID
    person_id: UUID
    dedupe_key: str
    address: str
    subject: str
    body: str
    tells: Sequence[str]
    attempts: int


def lease_mail(
    session: Session, *, organizer_id: UUID, worker: str, now: datetime, lease: timedelta = LEASE
) -> list[Leased]:
    """Take at most 20 waiting mails for *worker*; nobody else gets them while the lease lasts.

    A lease that ran out (its worker died) is taken over. The caller commits before sending.
    """
    rows = session.execute(
        text(
            """
            WITH waiting AS (
                SELECT id FROM outbox_mail
                WHERE organizer_id = :organizer AND not_before <= :now
                  AND (state = 'pending' OR (state = 'leased' AND leased_until < :now))
                ORDER BY id LIMIT 20 FOR UPDATE SKIP LOCKED
            )
            UPDATE outbox_mail AS mail
            SET state = 'leased', leased_by = :worker, leased_until = :until,
                attempts = attempts + 1
            FROM waiting WHERE mail.id = waiting.id
            RETURNING mail.id, mail.organizer_id, mail.person_id, mail.dedupe_key, mail.address,
                      mail.subject, mail.body, mail.tells, mail.attempts
            """
        ),
        {"organizer": organizer_id, "now": now, "worker": worker, "until": now + lease},
    )
    return [Leased(*row) for row in rows]


def withdraw_mail(session: Session, mails: Collection[Leased]) -> None:
    """Take away mail of which nothing holds any longer; the one who leased it asks for it."""
    if mails:
        session.execute(delete(OutboxMail).where(OutboxMail.id.in_([one.id for one in mails])))


def mark_sent(session: Session, mail_id: UUID, *, worker: str, now: datetime) -> bool:
    """Note that a mail went out; False when the lease was lost to another worker."""
    return _close(session, mail_id, worker, {"state": "sent", "sent_at": now})


def mark_failed(
    session: Session, mail_id: UUID, *, worker: str, now: datetime, attempts: int, error: str
) -> bool:
    """Put a mail back to wait, longer each time; after the last attempt it is dead and shown."""
    wait = timedelta(minutes=min(2**attempts, 240))
    state = "dead" if attempts >= ATTEMPTS else "pending"
    values = {"state": state, "not_before": now + wait, "last_error": error[:300]}
    return _close(session, mail_id, worker, values)


def _close(session: Session, mail_id: UUID, worker: str, values: Mapping[str, Any]) -> bool:
    done: CursorResult[Any] = session.execute(  # type: ignore[assignment]  # an UPDATE gives a cursor
        update(OutboxMail)
        .where(
            OutboxMail.id == mail_id, OutboxMail.state == "leased", OutboxMail.leased_by == worker
        )
        .values(leased_until=None, **values)
    )
    return done.rowcount == 1


def beat(session: Session, *, name: str, now: datetime) -> None:
    """Note that the scheduler is alive."""
    session.execute(
        insert(SchedulerBeat)
        .values(name=name, seen_at=now)
        .on_conflict_do_update(index_elements=["name"], set_={"seen_at": now})
    )


def add_feed(
    session: Session,
    actor: Actor,
    *,
    organizer_id: UUID,
    unit_id: UUID | None,
    network_id: UUID | None,
    token_hash: bytes,
) -> CalendarFeed:
    """Open a calendar address for the person; the address itself is not kept."""
    feed = CalendarFeed(
        organizer_id=organizer_id,
        person_id=actor.person_id,
        unit_id=unit_id,
        network_id=network_id,
        token_hash=token_hash,
    )
    session.add(feed)
    session.flush()
    return feed


def revoke_feed(session: Session, feed: CalendarFeed, *, now: datetime) -> None:
    """Close a calendar address; it answers 404 from now on."""
    feed.revoked_at = feed.revoked_at or now
    session.flush()
