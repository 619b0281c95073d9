"""Notices, channels and calendar addresses for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

import msgspec
from litestar import Controller, Response
from litestar.datastructures import State
from litestar.params import FromPath, JSONBody

from ska.access import Right
from ska.errors import found
from ska.notices import queries, services
from ska.notices.models import CalendarFeed, Notice
from ska.notices.rules import UNCHOSEN, NoticeKind
from ska.organizers.dependencies import Call, GivenCall
from ska.reminders import feeds
from ska.reminders.forms import ChannelForm, FeedForm
from ska.web.answers import told
from ska.web.paging import GivenPages
from ska.web.routing import act, change, create, read, remove
from ska.web.versions import IfMatch, Stamped, must_match, tagged


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
        "handover": "mail",
        "tuesday": "off",
        "invitation": "mail",
        "question": "mail",
        "dialogue": "mail",
        "version": "0f3c9a417be2d856",
    }

    reminder: str
    escalation: str
    revision: str
    handover: str
    tuesday: str
    invitation: str
    question: str
    dialogue: str


class FeedOut(Stamped):
    """A calendar address; the address itself is only in the answer that opens it."""

    example: ClassVar[dict[str, Any]] = {
        "version": "0f3c9a417be2d856",
    }

    id: UUID
    created_at: datetime
    read_at: datetime | None
    unit_id: UUID | None = None
    address: str | None = None


def _notice(notice: Notice) -> NoticeOut:
    return told(NoticeOut, notice)


def _feed_out(feed: CalendarFeed, address: str | None = None) -> FeedOut:
    made = (feed.id, feed.created_at)
    said = FeedOut(*made, None, feed.unit_id)  # that a calendar reads it changes nothing
    return FeedOut(*made, feed.read_at, feed.unit_id, address, version=said.version)


def _channels(call: Call) -> ChannelsOut:
    chosen = {one.kind: one.channel for one in queries.settings_of(*call.where)}
    return ChannelsOut(*(chosen.get(kind, UNCHOSEN[kind]) for kind in NoticeKind))


class NoticeApi(Controller):
    """The person's own notices."""

    path = "/api/v1/organizers/{organizer:str}/notices"
    tags = ("Notiser",)

    @read(needs=Right.ENTER, summary="List one's notices")
    def list_notices(self, pages: GivenPages, call: GivenCall) -> Response[list[NoticeOut]]:
        """Return what the person has been told, newest first."""
        return pages.answer(queries.notices_of(*call.where, part=pages.part()), _notice)

    @act("/{notice:uuid}/read", needs=Right.ENTER, summary="Mark as read")
    def mark_read(self, notice: FromPath[UUID], call: GivenCall) -> NoticeOut:
        """Mark a notice as read.

        Needs no If-Match: only its receiver reads it, and the first time it was read stays.
        """
        one = found(queries.notice_by_id(*call.where, notice))
        services.mark_read(call.session, one, now=call.now)
        return _notice(one)

    @create("/read", needs=Right.ENTER, summary="Mark all as read", status_code=204)
    def mark_all_read(self, call: GivenCall) -> None:
        """Mark all of the person's notices as read.

        Needs no If-Match: only their receiver reads them, and the first time they were read stays.
        """
        services.mark_all_read(*call.who, organizer_id=call.organizer_id, now=call.now)

    @read("/channels", needs=Right.ENTER, summary="Read one's channels")
    def read_channels(self, call: GivenCall) -> Response[ChannelsOut]:
        """Return how the person hears of each kind."""
        return tagged(_channels(call))

    @change("/channels", needs=Right.ENTER, summary="Choose one's channels")
    def choose_channels(
        self, data: JSONBody[ChannelForm], call: GivenCall, if_match: IfMatch = None
    ) -> Response[ChannelsOut]:
        """Remember how the person wants to hear of each kind."""
        must_match(if_match, _channels(call).version)
        for kind, channel in data.model_dump().items():
            services.choose_channel(
                *call.who, organizer_id=call.organizer_id, kind=NoticeKind(kind), channel=channel
            )
        return tagged(ChannelsOut(**{name: str(one) for name, one in data.model_dump().items()}))


class FeedApi(Controller):
    """The person's own calendar addresses."""

    path = "/api/v1/organizers/{organizer:str}/calendar-feeds"
    tags = ("Notiser",)

    @read(needs=Right.ENTER, summary="List one's calendar addresses")
    def list_feeds(self, pages: GivenPages, call: GivenCall) -> Response[list[FeedOut]]:
        """Return the addresses that answer, without their secrets."""
        return pages.of(queries.feeds_of(*call.where), _feed_out)

    @create(needs=Right.ENTER, summary="Open a calendar address")
    def open_feed(self, data: JSONBody[FeedForm], call: GivenCall, state: State) -> FeedOut:
        """Open an address; the answer is the only place that shows it."""
        feed, secret = feeds.open_feed(
            *call.who, organizer_id=call.organizer_id, unit_id=data.unit_id
        )
        return _feed_out(feed, f"{state.settings.address}/kalender/{secret}.ics")

    @remove("/{feed:uuid}", needs=Right.ENTER, summary="Close a calendar address")
    def close_feed(self, feed: FromPath[UUID], call: GivenCall, if_match: IfMatch = None) -> None:
        """Close an address; it answers 404 from now on."""
        one = call.on(queries.feed_by_id(*call.where, feed), _feed_out, if_match=if_match)
        feeds.close_feed(*call.who, feed=one, now=call.now)
