"""Calendar addresses: opened, closed, and read by programs that know the secret."""

from __future__ import annotations

import base64
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.accounts.models import Person
from ska.accounts.queries import actor_of_person
from ska.audit import record
from ska.calendars import queries
from ska.calendars.forms import FeedForm
from ska.calendars.ical import Shown, calendar_of, of_meeting, of_network, of_step
from ska.core.secrets import hash_secret
from ska.core.text import _
from ska.cycle.queries import unit_names
from ska.db.session import Scope, ScopedSession
from ska.errors import Invalid, Missing
from ska.notices import services as notices
from ska.notices.models import CalendarFeed
from ska.notices.queries import feed_by_hash
from ska.organizers.models import Organizer
from ska.reminders.services import clockwork
from ska.sharing.queries import joined_networks


def open_feed(
    session: Session, actor: Actor, *, organizer_id: UUID, form: FeedForm
) -> tuple[CalendarFeed, str]:
    """Open a calendar address; return it and its secret, which is shown once.

    Of all that the person sees, of one unit, or of a network. The secret begins with the huvudman's
    id, so that reading needs no look outside its rows. Raises Invalid, by field, for a unit or a
    network that the person does not find in the list.
    """
    if not actor.may(Right.ENTER, organizer_id):
        raise Missing
    units = queries.units_of(session, actor, organizer_id)
    if form.unit_id is not None and form.unit_id not in units:
        raise _not_listed("unit_id", _("Välj en enhet i listan."))
    networks = joined_networks(session, actor, organizer_id)
    if form.network_id is not None and form.network_id not in networks:
        raise _not_listed("network_id", _("Välj ett nätverk i listan."))
    secret = base64.urlsafe_b64encode(organizer_id.bytes + secrets.token_bytes(26)).decode()
    feed = notices.add_feed(
        session,
        actor,
        organizer_id=organizer_id,
        unit_id=form.unit_id,
        network_id=form.network_id,
        token_hash=hash_secret(secret),
    )
    record(session, actor, act="calendar.open", thing=feed)
    return feed, secret


def _not_listed(field: str, sentence: str) -> Invalid:
    return Invalid(sentence, {field: sentence})


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

    Raises Missing for a secret that is unknown or closed, whose owner has left the huvudman, or
    whose network the huvudman has left.
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
    return calendar_of(_shown(session, actor, feed, address, now))


def _shown(
    session: Session, actor: Actor, feed: CalendarFeed, address: str, now: datetime
) -> Shown:
    """Return what the feed shows: a network's days, or the steps of the year.

    Beside all steps also the meetings of the person's rektorsgrupper.
    """
    organizer = session.get_one(Organizer, feed.organizer_id)
    home = f"{address}/{organizer.slug}"
    if feed.network_id is not None:
        network = joined_networks(session, actor, organizer.id).get(feed.network_id)
        if network is None:
            raise Missing
        days = queries.days_of_network(session, actor, feed.network_id, now.date())
        return of_network(network, days, home)
    units = {one.id: one.name for one in unit_names(session, actor, organizer.id)}
    steps = queries.steps_of_feed(session, actor, feed, now.date())
    name = f"Årshjul {units.get(feed.unit_id, organizer.name)}"
    shown = [of_step(one, units, home) for one in steps]
    if feed.unit_id is None:
        met = queries.days_of_groups(session, actor, organizer.id, now.date())
        shown += [of_meeting(one, whom, home) for whom, one in met]
    return Shown(name, shown)
