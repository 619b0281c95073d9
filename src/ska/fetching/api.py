"""Fetches for programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

import msgspec
from litestar import Controller, Response
from litestar.datastructures import State

from ska.access import Right
from ska.fetching import queue
from ska.fetching.models import Fetch
from ska.organizers.dependencies import GivenCall
from ska.web.answers import told
from ska.web.paging import GivenPages
from ska.web.routing import create, read


class FetchOut(msgspec.Struct):
    """A fetch as programs see it; *account* tells counts, what is missing, and alarms."""

    example: ClassVar[dict[str, Any]] = {
        "title": "Öppna data för Ekhult",
        "state": "waiting",
        "answered": 0,
        "doing": "",
    }

    id: UUID
    title: str
    state: str
    due_on: date
    answered: int
    doing: str
    started_at: datetime | None
    finished_at: datetime | None
    account: dict[str, Any]


def _out(fetch: Fetch) -> FetchOut:
    return told(FetchOut, fetch)


class FetchApi(Controller):
    """Open data for the huvudman."""

    path = "/api/v1/organizers/{organizer:str}/fetches"
    tags = ("Värden",)

    @read(needs=Right.IMPORT_VALUES, summary="List the fetches")
    def list_fetches(self, pages: GivenPages, call: GivenCall) -> Response[list[FetchOut]]:
        """Return the fetches, the newest first."""
        return pages.of(queue.fetches_of(*call.where), _out)

    @create(needs=Right.IMPORT_VALUES, summary="Ask for a fetch")
    def ask(self, call: GivenCall, state: State) -> FetchOut:
        """Leave a fetch for the worker; 409 when one is under way or none runs here."""
        row = queue.ask(
            *call.who, organizer_id=call.organizer_id, today=call.today, on=state.settings.fetch
        )
        return _out(row)
