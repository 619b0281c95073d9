"""Notices, channels and calendar addresses for programs."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec
from litestar import Controller
from litestar.datastructures import State
from litestar.params import FromPath, JSONBody

from ska.access import Right
from ska.errors import Missing
from ska.notices import queries, services
from ska.notices.models import CalendarFeed, Notice
from ska.notices.rules import NoticeKind
from ska.organizers.dependencies import GivenPlace
from ska.reminders import feeds
from ska.reminders.forms import ChannelForm
from ska.web.dependencies import GivenActor, GivenNow, GivenSession
from ska.web.routing import change, create, read, remove


class NoticeOut(msgspec.Struct):
    """A notice: what, where it leads, and whether it was read."""

    id: UUID
    kind: str
    title: str
    text: str
    href: str
    told_at: datetime
    read_at: datetime | None


class ChannelsOut(msgspec.Struct):
    """How the person hears of each kind: mail, app or off."""

    reminder: str
    escalation: str
    revision: str


class FeedOut(msgspec.Struct):
    """A calendar address; the address itself is only in the answer that opens it."""

    id: UUID
    created_at: datetime
    read_at: datetime | None
    address: str | None = None


def _notice_out(notice: Notice) -> NoticeOut:
    names = NoticeOut.__struct_fields__
    return NoticeOut(**{name: getattr(notice, name) for name in names})


def _feed_out(feed: CalendarFeed, address: str | None = None) -> FeedOut:
    return FeedOut(feed.id, feed.created_at, feed.read_at, address)


class NoticeApi(Controller):
    """The person's own notices."""

    path = "/api/v1/organizers/{organizer:str}/notices"
    tags = ["Notiser"]  # noqa: RUF012

    @read(needs=Right.ENTER, summary="List one's notices")
    def list_notices(
        self, place: GivenPlace, session: GivenSession, actor: GivenActor
    ) -> list[NoticeOut]:
        """Return the newest hundred."""
        return [_notice_out(n) for n in queries.notices_of(session, actor, place.organizer.id)]

    @create("/{notice:uuid}/read", needs=Right.ENTER, summary="Mark as read", status_code=200)
    def mark_read(
        self,
        notice: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
    ) -> NoticeOut:
        """Mark a notice as read."""
        found = queries.notice_by_id(session, actor, place.organizer.id, notice)
        if found is None:
            raise Missing
        services.mark_read(session, found, now=now)
        return _notice_out(found)

    @read("/channels", needs=Right.ENTER, summary="Read one's channels")
    def read_channels(
        self, place: GivenPlace, session: GivenSession, actor: GivenActor
    ) -> ChannelsOut:
        """Return how the person hears of each kind."""
        chosen = {
            one.kind: one.channel for one in queries.settings_of(session, actor, place.organizer.id)
        }
        return ChannelsOut(*(chosen.get(kind, "mail") for kind in NoticeKind))

    @change("/channels", needs=Right.ENTER, summary="Choose one's channels")
    def choose_channels(
        self,
        data: JSONBody[ChannelForm],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> ChannelsOut:
        """Remember how the person wants to hear of each kind."""
        for kind, channel in data.model_dump().items():
            services.choose_channel(
                session,
                actor,
                organizer_id=place.organizer.id,
                kind=NoticeKind(kind),
                channel=channel,
            )
        return ChannelsOut(data.reminder, data.escalation, data.revision)


class FeedApi(Controller):
    """The person's own calendar addresses."""

    path = "/api/v1/organizers/{organizer:str}/calendar-feeds"
    tags = ["Notiser"]  # noqa: RUF012

    @read(needs=Right.ENTER, summary="List one's calendar addresses")
    def list_feeds(
        self, place: GivenPlace, session: GivenSession, actor: GivenActor
    ) -> list[FeedOut]:
        """Return the addresses that answer, without their secrets."""
        return [_feed_out(one) for one in queries.feeds_of(session, actor, place.organizer.id)]

    @create(needs=Right.ENTER, summary="Open a calendar address")
    def open_feed(
        self, place: GivenPlace, session: GivenSession, actor: GivenActor, state: State
    ) -> FeedOut:
        """Open an address; the answer is the only place that shows it."""
        feed, secret = feeds.open_feed(session, actor, organizer_id=place.organizer.id)
        return _feed_out(feed, f"{state.settings.address}/kalender/{secret}.ics")

    @remove("/{feed:uuid}", needs=Right.ENTER, summary="Close a calendar address")
    def close_feed(
        self,
        feed: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
    ) -> None:
        """Close an address; it answers 404 from now on."""
        found = queries.feed_by_id(session, actor, place.organizer.id, feed)
        if found is None:
            raise Missing
        feeds.close_feed(session, actor, feed=found, now=now)
