"""What calendars show: steps of the year, and the days of a network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import Session, contains_eager

from ska.access import Actor, Right, visible
from ska.comparisons.models import SavedView
from ska.cycle.models import CycleStep
from ska.cycle.queries import unit_names
from ska.notices.models import CalendarFeed
from ska.organizers.models import Network, NetworkMember, Organizer
from ska.sharing.models import ShareGrant
from ska.sharing.queries import live

BACK = timedelta(days=400)


def units_of(session: Session, actor: Actor, organizer_id: UUID) -> dict[UUID, str]:
    """Return the names of the units whose year the person sees, by their ids."""
    mine = actor.units(Right.ENTER, organizer_id)
    return {
        one.id: one.name
        for one in unit_names(session, actor, organizer_id)
        if mine is None or one.id in mine
    }


def networks_of(session: Session, actor: Actor, organizer_id: UUID) -> dict[UUID, str]:
    """Return the names of the networks whose days the person may see, by their ids.

    Those that the huvudman is a member of, for whoever reads what networks share.
    """
    if not actor.may(Right.READ, organizer_id):
        return {}
    rows = session.execute(
        select(Network.id, Network.name)
        .join(NetworkMember, NetworkMember.network_id == Network.id)
        .where(NetworkMember.organizer_id == organizer_id, NetworkMember.is_member())
        .order_by(Network.name, Network.id)
    )
    return {row.id: row.name for row in rows}


def steps_of_feed(
    session: Session, actor: Actor, feed: CalendarFeed, today: date
) -> Sequence[CycleStep]:
    """Return the steps of the last year and on, of one unit when the address is of one."""
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


@dataclass(frozen=True)
class MeetingDay:
    """A view that someone has fixed for a network's meeting, and the day of it."""

    id: UUID
    name: str
    day: date
    made_by: str
    stamp: datetime


@dataclass(frozen=True)
class LastDay:
    """The last day of something shared, and the huvudmän whose sharing ends then."""

    item: str
    title: str
    until: date
    givers: tuple[str, ...]
    stamp: datetime


@dataclass(frozen=True)
class NetworkDays:
    """A network's days; *slug* is its page's name."""

    slug: str
    meetings: tuple[MeetingDay, ...]
    ends: tuple[LastDay, ...]


def days_of_network(session: Session, actor: Actor, network_id: UUID, today: date) -> NetworkDays:
    """Return the network's meetings, of the last year and on, and when what is shared ends."""
    network = session.get_one(Network, network_id)
    fixed = session.execute(
        visible(SavedView, actor)
        .where(
            SavedView.network_id == network_id,
            SavedView.removed_at.is_(None),
            SavedView.meeting_on >= today - BACK,
        )
        .order_by(SavedView.meeting_on, SavedView.id)
        .with_only_columns(
            SavedView.id,
            SavedView.name,
            SavedView.meeting_on,
            SavedView.made_by,
            SavedView.updated_at,
        )
    )
    givers = func.array_agg(aggregate_order_by(Organizer.name, Organizer.name))
    ends = session.execute(
        live(actor, today)
        .join(Organizer, Organizer.id == ShareGrant.organizer_id)
        .where(ShareGrant.network_id == network_id)
        .with_only_columns(
            ShareGrant.item,
            func.min(ShareGrant.title),
            ShareGrant.until,
            givers,
            func.max(ShareGrant.updated_at),
        )
        .group_by(ShareGrant.item, ShareGrant.until)
        .order_by(ShareGrant.until, ShareGrant.item)
    )
    return NetworkDays(
        network.slug,
        tuple(MeetingDay(id, name, on, by, at) for id, name, on, by, at in fixed if on),
        tuple(LastDay(item, title, day, tuple(names), at) for item, title, day, names, at in ends),
    )
