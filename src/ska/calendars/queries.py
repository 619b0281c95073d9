"""What calendars show: steps of the year, and the days of a network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import Session, contains_eager

from ska.access import Actor, Right, visible
from ska.cycle.models import CycleStep
from ska.cycle.queries import unit_names
from ska.notices.models import CalendarFeed
from ska.organizers.meetings import WHOM, fixed_views
from ska.organizers.models import Network, Organizer, SavedView
from ska.sharing.models import ShareGrant
from ska.sharing.queries import live

BACK = timedelta(days=400)
_OF_MEETING = (
    SavedView.id,
    SavedView.name,
    SavedView.meeting_on,
    SavedView.made_by,
    SavedView.updated_at,
)


def units_of(session: Session, actor: Actor, organizer_id: UUID) -> dict[UUID, str]:
    """Return the names of the units whose year the person sees, by their ids."""
    mine = actor.units(Right.ENTER, organizer_id)
    return {
        one.id: one.name
        for one in unit_names(session, actor, organizer_id)
        if mine is None or one.id in mine
    }


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
    """A view that someone has fixed for a meeting, and the day of it."""

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


def days_of_groups(
    session: Session, actor: Actor, organizer_id: UUID, today: date
) -> list[tuple[str, MeetingDay]]:
    """Return the meetings of the person's rektorsgrupper, each with the group's name."""
    fixed = session.execute(
        fixed_views(actor, organizer_id)
        .where(SavedView.group_id.is_not(None), SavedView.meeting_on >= today - BACK)
        .order_by(SavedView.meeting_on, SavedView.id)
        .with_only_columns(WHOM, *_OF_MEETING)
    )
    return [(whom, MeetingDay(*told)) for whom, *told in fixed]


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
        .with_only_columns(*_OF_MEETING)
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
