"""Calendar addresses for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from litestar import Controller, Response
from litestar.datastructures import State
from litestar.params import FromPath, JSONBody

from ska.access import Right
from ska.calendars import services
from ska.calendars.forms import FeedForm
from ska.notices import queries
from ska.notices.models import CalendarFeed
from ska.organizers.dependencies import GivenCall
from ska.web.paging import GivenPages
from ska.web.routing import create, read, remove
from ska.web.versions import IfMatch, Stamped


class FeedOut(Stamped):
    """A calendar address; the address itself is only in the answer that opens it."""

    example: ClassVar[dict[str, Any]] = {
        "version": "0f3c9a417be2d856",
    }

    id: UUID
    created_at: datetime
    read_at: datetime | None
    unit_id: UUID | None = None
    network_id: UUID | None = None
    address: str | None = None


def _feed_out(feed: CalendarFeed, address: str | None = None) -> FeedOut:
    made = (feed.id, feed.created_at)
    of = (feed.unit_id, feed.network_id)
    said = FeedOut(*made, None, *of)  # that a calendar reads it changes nothing
    return FeedOut(*made, feed.read_at, *of, address, version=said.version)


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
        feed, secret = services.open_feed(*call.who, organizer_id=call.organizer_id, form=data)
        return _feed_out(feed, f"{state.settings.address}/kalender/{secret}.ics")

    @remove("/{feed:uuid}", needs=Right.ENTER, summary="Close a calendar address")
    def close_feed(self, feed: FromPath[UUID], call: GivenCall, if_match: IfMatch = None) -> None:
        """Close an address; it answers 404 from now on."""
        one = call.on(queries.feed_by_id(*call.where, feed), _feed_out, if_match=if_match)
        services.close_feed(*call.who, feed=one, now=call.now)
