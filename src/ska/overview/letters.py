"""Tisdagskvarten by mail: on Tuesday morning, three things, to those who lead the work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ska.access import Actor, Assignment, Role
from ska.core.holidays import is_working_day
from ska.core.school_year import SchoolYear
from ska.cycle.queries import holders_on
from ska.cycle.rules import Holder
from ska.notices.models import Notice, NoticeSetting
from ska.notices.queries import channels_of
from ska.notices.rules import (
    SUMMER,
    UNCHOSEN,
    Channel,
    Letter,
    NoticeKind,
    is_in_pause,
    is_sending_hour,
)
from ska.notices.services import write_letters
from ska.organizers.dependencies import Place
from ska.organizers.models import Organizer
from ska.overview.queries.today import tasks_of
from ska.overview.rules.today import Task, greeting
from ska.reminders.services import clockwork

TUESDAY = 1
ROLES = (Role.PRINCIPAL, Role.QUALITY_LEAD)


def with_tuesday(session: Session, now: datetime) -> Sequence[UUID]:
    """Return the huvudmän in scope where somebody asked for it, on the days that have it."""
    if not _is_time(now):
        return ()
    return session.scalars(
        select(NoticeSetting.organizer_id)
        .where(NoticeSetting.kind == NoticeKind.TUESDAY, NoticeSetting.channel != Channel.OFF)
        .distinct()
    ).all()


def tell_on_tuesday(session: Session, organizer_id: UUID, *, now: datetime, address: str) -> int:
    """Tell those who asked for it of their three things, once a week; return how many were told.

    A Tuesday that is a red day or in the summer's pause has none, and who has nothing hears
    nothing. Runs inside the huvudman's scope.
    """
    today = now.date()
    if not _is_time(now) or _is_told(session, organizer_id, today_key(now)):
        return 0
    organizer = session.get_one(Organizer, organizer_id)
    place = Place(organizer, SchoolYear.containing(today), today)
    leading = [one for one in holders_on(session, organizer_id, today) if one.role in ROLES]
    actor = clockwork(organizer_id)
    people = list(dict.fromkeys(one.person_id for one in leading))
    wants = channels_of(session, actor, organizer_id, people)
    kind = NoticeKind.TUESDAY
    letters = []
    for person_id in people:
        if wants.get((person_id, str(kind)), UNCHOSEN[kind]) == Channel.OFF:
            continue  # nothing is looked up for those who have not asked for it
        held = [one for one in leading if one.person_id == person_id]
        tasks = tasks_of(session, _actor(organizer_id, held), place, today)
        if tasks:
            letters.append(_letter(held[0], tasks, place, now, address))
    return write_letters(session, actor, organizer_id, kind, letters, now=now)


def _is_time(now: datetime) -> bool:
    today = now.date()
    is_day = now.weekday() == TUESDAY and is_working_day(today) and is_sending_hour(now)
    return is_day and not is_in_pause(today, SUMMER)


def today_key(now: datetime) -> str:
    """Return the name of the week's letter: ``tuesday:2026-48``."""
    year, week, _day = now.isocalendar()
    return f"tuesday:{year}-{week:02}"


def _is_told(session: Session, organizer_id: UUID, key: str) -> bool:
    found = select(func.count()).where(
        Notice.organizer_id == organizer_id, Notice.dedupe_key.startswith(f"{key}:")
    )
    return bool(session.scalar(found))


def _actor(organizer_id: UUID, held: Sequence[Holder]) -> Actor:
    first = held[0]
    roles = tuple(Assignment(Role(one.role), organizer_id, one.unit_id) for one in held)
    return Actor(first.person_id, first.name, first.email, roles)


def _letter(
    person: Holder, tasks: Sequence[Task], place: Place, now: datetime, address: str
) -> Letter:
    href = f"{place.path}/idag"
    title = f"Tisdagskvarten för {place.organizer.name}"
    first = person.name.split(" ", maxsplit=1)[0]
    body = "\n\n".join([f"Hej {first}! {greeting(tasks)}", *_rows(tasks, address)])
    settings = f"{address}{place.path}/notiser/installningar"
    end = f"\n\nAllt på en sida: {address}{href}\nVälj om du vill ha det här mejlet: {settings}\n"
    text = " ".join(f"{number}. {one.text}" for number, one in enumerate(tasks, start=1))
    key = f"{today_key(now)}:{person.person_id}"
    return Letter(person.person_id, person.email, key, title, text, href, body + end)


def _rows(tasks: Sequence[Task], address: str) -> Iterator[str]:
    for number, one in enumerate(tasks, start=1):
        yield f"{number}. {one.text}\n   {one.why}\n   {address}{one.href}"
