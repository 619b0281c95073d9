"""Notices, channels and calendar addresses for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

import msgspec
from litestar import Controller, Response
from litestar.datastructures import State
from litestar.params import FromPath, JSONBody
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.db.session import lock
from ska.errors import Missing
from ska.notices import queries, services
from ska.notices.models import CalendarFeed, Notice
from ska.notices.rules import NoticeKind
from ska.organizers.dependencies import GivenPlace, Place
from ska.reminders import feeds
from ska.reminders.forms import ChannelForm
from ska.web.dependencies import GivenActor, GivenNow, GivenSession
from ska.web.paging import GivenPages
from ska.web.routing import change, create, read, remove
from ska.web.versions import IfMatch, Stamped, etag, must_be


class NoticeOut(msgspec.Struct):
    """A notice: what, where it leads, and whether it was read."""

    example: ClassVar[dict[str, Any]] = {
        "kind": "reminder",
        "title": "Enhetsanalys klar, Björkbacka skola",
        "text": "Sista dag är fredag 2 oktober.",
        "href": "/ekhult/2026-27/arshjul",
    }

    id: UUID
    kind: str
    title: str
    text: str
    href: str
    told_at: datetime
    read_at: datetime | None


class ChannelsOut(Stamped):
    """How the person hears of each kind: mail, app or off."""

    example: ClassVar[dict[str, Any]] = {
        "reminder": "app",
        "escalation": "mail",
        "revision": "mail",
        "version": "0f3c9a417be2d856",
    }

    reminder: str
    escalation: str
    revision: str


class FeedOut(Stamped):
    """A calendar address; the address itself is only in the answer that opens it."""

    example: ClassVar[dict[str, Any]] = {
        "version": "0f3c9a417be2d856",
    }

    id: UUID
    created_at: datetime
    read_at: datetime | None
    address: str | None = None


def _notice_out(notice: Notice) -> NoticeOut:
    names = NoticeOut.__struct_fields__
    return NoticeOut(**{name: getattr(notice, name) for name in names})


def _feed_out(feed: CalendarFeed, address: str | None = None) -> FeedOut:
    said = FeedOut(feed.id, feed.created_at, None)  # that a calendar reads it changes nothing
    return FeedOut(feed.id, feed.created_at, feed.read_at, address, version=said.version)


def _channels(session: Session, actor: Actor, place: Place) -> ChannelsOut:
    rows = queries.settings_of(session, actor, place.organizer.id)
    chosen = {one.kind: one.channel for one in rows}
    return ChannelsOut(*(chosen.get(kind, "mail") for kind in NoticeKind))


class NoticeApi(Controller):
    """The person's own notices."""

    path = "/api/v1/organizers/{organizer:str}/notices"
    tags = ["Notiser"]  # noqa: RUF012

    @read(needs=Right.ENTER, summary="List one's notices")
    def list_notices(
        self,
        pages: GivenPages,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Response[list[NoticeOut]]:
        """Return what the person has been told, newest first."""
        told = queries.notices_of(session, actor, place.organizer.id)
        page, headers = pages.of(told)
        return Response([_notice_out(one) for one in page], headers=headers)

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

    @create("/read", needs=Right.ENTER, summary="Mark all as read", status_code=204)
    def mark_all_read(
        self, place: GivenPlace, session: GivenSession, actor: GivenActor, now: GivenNow
    ) -> None:
        """Mark all of the person's notices as read."""
        services.mark_all_read(session, actor, organizer_id=place.organizer.id, now=now)

    @read("/channels", needs=Right.ENTER, summary="Read one's channels")
    def read_channels(
        self, place: GivenPlace, session: GivenSession, actor: GivenActor
    ) -> Response[ChannelsOut]:
        """Return how the person hears of each kind."""
        out = _channels(session, actor, place)
        return Response(out, headers=etag(out.version))

    @change("/channels", needs=Right.ENTER, summary="Choose one's channels")
    def choose_channels(
        self,
        data: JSONBody[ChannelForm],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        if_match: IfMatch = None,
    ) -> Response[ChannelsOut]:
        """Remember how the person wants to hear of each kind."""
        must_be(if_match, _channels(session, actor, place))
        for kind, channel in data.model_dump().items():
            services.choose_channel(
                session,
                actor,
                organizer_id=place.organizer.id,
                kind=NoticeKind(kind),
                channel=channel,
            )
        out = ChannelsOut(data.reminder, data.escalation, data.revision)
        return Response(out, headers=etag(out.version))


class FeedApi(Controller):
    """The person's own calendar addresses."""

    path = "/api/v1/organizers/{organizer:str}/calendar-feeds"
    tags = ["Notiser"]  # noqa: RUF012

    @read(needs=Right.ENTER, summary="List one's calendar addresses")
    def list_feeds(
        self,
        pages: GivenPages,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Response[list[FeedOut]]:
        """Return the addresses that answer, without their secrets."""
        mine = queries.feeds_of(session, actor, place.organizer.id)
        page, headers = pages.of(mine)
        return Response([_feed_out(one) for one in page], headers=headers)

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
        if_match: IfMatch = None,
    ) -> None:
        """Close an address; it answers 404 from now on."""
        found = queries.feed_by_id(session, actor, place.organizer.id, feed)
        if found is None:
            raise Missing
        must_be(if_match, _feed_out(lock(session, found)))
        feeds.close_feed(session, actor, feed=found, now=now)
