"""Notices, channels and calendar addresses for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

import msgspec
from litestar import Controller, Response
from litestar.params import FromPath, JSONBody

from ska.access import Right
from ska.errors import found
from ska.notices import queries, services
from ska.notices.models import Notice
from ska.notices.rules import UNCHOSEN, NoticeKind
from ska.organizers.dependencies import Call, GivenCall
from ska.reminders.forms import ChannelForm
from ska.web.answers import told
from ska.web.paging import GivenPages
from ska.web.routing import act, change, create, read
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
        "practice": "app",
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
    practice: str


def _notice(notice: Notice) -> NoticeOut:
    return told(NoticeOut, notice)


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
