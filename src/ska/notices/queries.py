"""Reading notices and how people want to get them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import Session

from ska.access import Actor, visible
from ska.core.swedish import STOCKHOLM
from ska.core.text import _
from ska.db.parts import WHOLE, Part, in_parts
from ska.notices.models import CalendarFeed, Notice, NoticeSetting, OutboxMail


def notices_of(
    session: Session, actor: Actor, organizer_id: UUID, *, part: Part = WHOLE
) -> Sequence[Notice]:
    """Return the person's own notices in the huvudman, the newest first."""
    query = visible(Notice, actor).where(
        Notice.organizer_id == organizer_id, Notice.person_id == actor.person_id
    )
    order = (Notice.told_at.desc(), Notice.id.desc())
    return session.scalars(in_parts(session, query, order, part)).all()


def notice_by_id(
    session: Session, actor: Actor, organizer_id: UUID, notice_id: UUID
) -> Notice | None:
    """Return one of the person's own notices, or None."""
    return session.scalar(
        visible(Notice, actor).where(
            Notice.organizer_id == organizer_id,
            Notice.person_id == actor.person_id,
            Notice.id == notice_id,
        )
    )


# Every page asks this: to make the question costs more than to ask it.
_UNREAD = select(func.count()).where(
    Notice.organizer_id == bindparam("organizer_id"),
    Notice.person_id == bindparam("person_id"),
    Notice.read_at.is_(None),
)


def unread_at(session: Session, actor: Actor, organizer_id: UUID) -> int:
    """Return how many of the person's notices in the huvudman are unread."""
    if organizer_id not in actor.organizers:
        return 0
    asked = {"organizer_id": organizer_id, "person_id": actor.person_id}
    return session.scalar(_UNREAD, asked) or 0


def settings_of(session: Session, actor: Actor, organizer_id: UUID) -> Sequence[NoticeSetting]:
    """Return the person's own choices of channel."""
    return session.scalars(
        visible(NoticeSetting, actor).where(
            NoticeSetting.organizer_id == organizer_id,
            NoticeSetting.person_id == actor.person_id,
        )
    ).all()


def with_mail(session: Session, now: datetime) -> Sequence[UUID]:
    """Return the huvudmän in scope with mail that waits to be sent, as `lease_mail` takes it."""
    is_over = (OutboxMail.state == "leased") & (OutboxMail.leased_until < now)
    return session.scalars(
        select(OutboxMail.organizer_id)
        .where(
            OutboxMail.state.in_(("pending", "leased")),
            OutboxMail.not_before <= now,
            or_(OutboxMail.state == "pending", is_over),
        )
        .distinct()
    ).all()


def channels_of(
    session: Session, actor: Actor, organizer_id: UUID, people: Sequence[UUID]
) -> dict[tuple[UUID, str], str]:
    """Return the channel that each of these people chose, by person and kind."""
    rows = session.scalars(
        visible(NoticeSetting, actor).where(
            NoticeSetting.organizer_id == organizer_id, NoticeSetting.person_id.in_(people)
        )
    )
    return {(row.person_id, row.kind): row.channel for row in rows}


def feeds_of(session: Session, actor: Actor, organizer_id: UUID) -> Sequence[CalendarFeed]:
    """Return the person's calendar addresses that still answer, the newest first."""
    return session.scalars(
        visible(CalendarFeed, actor)
        .where(
            CalendarFeed.organizer_id == organizer_id,
            CalendarFeed.person_id == actor.person_id,
            CalendarFeed.revoked_at.is_(None),
        )
        .order_by(CalendarFeed.id.desc())
    ).all()


def feed_by_id(
    session: Session, actor: Actor, organizer_id: UUID, feed_id: UUID
) -> CalendarFeed | None:
    """Return one of the person's own calendar addresses, or None."""
    return session.scalar(
        visible(CalendarFeed, actor).where(
            CalendarFeed.organizer_id == organizer_id,
            CalendarFeed.person_id == actor.person_id,
            CalendarFeed.id == feed_id,
        )
    )


def feed_by_hash(
    session: Session, actor: Actor, organizer_id: UUID, token_hash: bytes
) -> CalendarFeed | None:
    """Return the calendar address with this secret that still answers, or None."""
    return session.scalar(
        visible(CalendarFeed, actor).where(
            CalendarFeed.organizer_id == organizer_id,
            CalendarFeed.token_hash == token_hash,
            CalendarFeed.revoked_at.is_(None),
        )
    )


def groups_of(notices: Sequence[Notice], today: date) -> list[tuple[str, list[Notice]]]:
    """Return the notices under Idag, Denna vecka and Tidigare; empty groups are left out."""
    monday = today - timedelta(days=today.weekday())
    groups: dict[str, list[Notice]] = {_("I dag"): [], _("Denna vecka"): [], _("Tidigare"): []}
    for notice in notices:
        day = notice.told_at.astimezone(STOCKHOLM).date()
        name = _("I dag") if day >= today else _("Denna vecka") if day >= monday else _("Tidigare")
        groups[name].append(notice)
    return [(name, group) for name, group in groups.items() if group]
