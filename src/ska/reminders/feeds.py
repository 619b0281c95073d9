"""The year as a calendar that other programs subscribe to, behind a secret address."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from icalendar import Calendar, Event
from sqlalchemy.orm import Session, contains_eager

from ska.access import Actor, Right, visible
from ska.accounts.models import Person
from ska.accounts.queries import actor_of_person
from ska.audit import record
from ska.core.secrets import hash_secret
from ska.core.text import _
from ska.cycle.models import CycleStep
from ska.cycle.queries import unit_names
from ska.db.session import Scope, ScopedSession
from ska.errors import Invalid, Missing
from ska.notices import services as notices
from ska.notices.models import CalendarFeed
from ska.notices.queries import feed_by_hash
from ska.organizers.models import Organizer
from ska.reminders.services import clockwork

BACK = timedelta(days=400)


def units_of(session: Session, actor: Actor, organizer_id: UUID) -> dict[UUID, str]:
    """Return the names of the units whose year the person sees, by their ids."""
    mine = actor.units(Right.ENTER, organizer_id)
    return {
        one.id: one.name
        for one in unit_names(session, actor, organizer_id)
        if mine is None or one.id in mine
    }


def open_feed(
    session: Session, actor: Actor, *, organizer_id: UUID, unit_id: UUID | None = None
) -> tuple[CalendarFeed, str]:
    """Open a calendar address, of all or one unit; return it and its secret, which is shown once.

    The secret begins with the huvudman's id, so that reading needs no look outside its rows.
    Raises Invalid for a unit that the person does not find in the list.
    """
    if not actor.may(Right.ENTER, organizer_id):
        raise Missing
    if unit_id is not None and unit_id not in units_of(session, actor, organizer_id):
        raise Invalid(_("Välj en enhet i listan."), {"unit_id": _("Välj en enhet i listan.")})
    secret = base64.urlsafe_b64encode(organizer_id.bytes + secrets.token_bytes(26)).decode()
    feed = notices.add_feed(
        session,
        actor,
        organizer_id=organizer_id,
        unit_id=unit_id,
        token_hash=hash_secret(secret),
    )
    record(session, actor, act="calendar.open", thing=feed)
    return feed, secret


def close_feed(session: Session, actor: Actor, *, feed: CalendarFeed, now: datetime) -> None:
    """Close the person's own calendar address."""
    notices.revoke_feed(session, feed, now=now)
    record(session, actor, act="calendar.close", thing=feed)


def organizer_of_secret(secret: str) -> UUID:
    """Return the huvudman that the secret names; raise Missing for what was never a secret."""
    try:
        raw = base64.urlsafe_b64decode(secret.encode())
        if len(raw) != 42:
            raise Missing
        return UUID(bytes=raw[:16])
    except ValueError as error:
        raise Missing from error


def read_feed(session: ScopedSession, secret: str, *, now: datetime, address: str) -> bytes:
    """Return the calendar behind a secret, as its owner sees the year today.

    Raises Missing for a secret that is unknown or closed, or whose owner has left the huvudman.
    """
    organizer_id = organizer_of_secret(secret)
    scope = Scope(frozenset({organizer_id}), organizer_id)
    session.limit_to(scope)
    reader = clockwork(organizer_id)
    feed = feed_by_hash(session, reader, organizer_id, hash_secret(secret))
    if feed is None:
        raise Missing
    actor = actor_of_person(session, session.get_one(Person, feed.person_id), now.date())
    if not actor.may(Right.ENTER, organizer_id):
        raise Missing
    if feed.read_at is None or now - feed.read_at > timedelta(hours=1):
        feed.read_at = now
    organizer = session.get_one(Organizer, organizer_id)
    units = {one.id: one.name for one in unit_names(session, actor, organizer_id)}
    return calendar_of(
        _steps(session, actor, feed, now.date()),
        units,
        name=f"Årshjul {units.get(feed.unit_id, organizer.name)}",
        address=f"{address}/{organizer.slug}",
    )


def _steps(session: Session, actor: Actor, feed: CalendarFeed, today: date) -> Sequence[CycleStep]:
    query = (
        visible(CycleStep, actor)
        .join(CycleStep.cycle)
        .options(contains_eager(CycleStep.cycle))
        .where(CycleStep.organizer_id == feed.organizer_id, CycleStep.due >= today - BACK)
        .order_by(CycleStep.due, CycleStep.id)
    )
    if feed.unit_id is not None:
        query = query.where(CycleStep.unit_id == feed.unit_id)
    return session.scalars(query).all()


def calendar_of(
    steps: Iterable[CycleStep],
    units: Mapping[UUID, str],
    *,
    name: str,
    address: str,
) -> bytes:
    """Return the steps as iCalendar (RFC 5545): whole days, stable UIDs, SEQUENCE grows on moves.

    *address* is that of the huvudman's pages; a step that is struck is told as cancelled.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//SKA//Årshjul//SV")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for step in steps:
        place = units.get(step.unit_id, "") if step.unit_id else ""
        href = f"{address}/{step.page_year.slug}/arshjul/steg/{step.id}"
        event = Event()
        event.add("uid", f"{step.id}@ska")
        event.add("dtstamp", step.updated_at)
        event.add("sequence", step.sequence)
        event.add("dtstart", step.due)
        event.add("dtend", step.due + timedelta(days=1))
        title = f"{step.name}, {place}" if place else step.name
        event.add("summary", f"{title} (klart)" if step.done_on else title)
        event.add("url", href)
        event.add("description", f"{step.guidance}\n{href}")
        event.add("transp", "TRANSPARENT")
        if step.struck_on is not None:
            event.add("status", "CANCELLED")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
