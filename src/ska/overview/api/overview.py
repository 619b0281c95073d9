"""The start page for programs."""

from __future__ import annotations

from typing import Any, ClassVar

import msgspec
from litestar import Controller

from ska.access import Right
from ska.organizers.dependencies import GivenCall
from ska.overview.api.indicators import IndicatorOut, short
from ska.overview.queries.start import start_view
from ska.web.answers import told
from ska.web.routing import read


class TodoOut(msgspec.Struct):
    """Something that waits for the person who asks; *href* is its page."""

    example: ClassVar[dict[str, Any]] = {
        "verb": "Följ upp",
        "text": "Kartlägg nya elever inom två veckor",
        "due": "15 september",
        "status": "snart",
        "href": "/ekhult/insatser",
    }

    verb: str
    text: str
    due: str
    status: str
    is_late: bool
    href: str


class OverviewOut(msgspec.Struct):
    """The start page: what waits, where the year is, three results."""

    example: ClassVar[dict[str, Any]] = {
        "greeting": "Hej Kim",
        "waiting": 1,
        "next_step": "Enhetsanalys klar",
        "next_due": "2 oktober",
    }

    greeting: str
    todo: list[TodoOut]
    waiting: int
    next_step: str
    next_due: str
    indicators: list[IndicatorOut]


class OverviewApi(Controller):
    """What a person meets first."""

    path = "/api/v1/organizers/{organizer:str}/overview"
    tags = ("Översikt",)

    @read(needs=Right.ENTER, summary="Read the start page")
    def read_overview(self, call: GivenCall) -> OverviewOut:
        """Return what waits for the person who asks, the next step and three indicators."""
        view = start_view(*call.who, call.place, call.today)
        return OverviewOut(
            greeting=view.greeting,
            todo=[told(TodoOut, one) for one in view.todo],
            waiting=view.waiting,
            next_step=view.year.next_title,
            next_due=view.year.next_due,
            indicators=[short(card) for card in view.cards],
        )
