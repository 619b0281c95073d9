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
from ska.organizers.dependencies import GivenPlace
from ska.web.dependencies import GivenActor, GivenSession, GivenToday
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
    names = FetchOut.__struct_fields__
    return FetchOut(**{name: getattr(fetch, name) for name in names})


class FetchApi(Controller):
    """Open data for the huvudman."""

    path = "/api/v1/organizers/{organizer:str}/fetches"
    tags = ["Värden"]  # noqa: RUF012

    @read(needs=Right.IMPORT_VALUES, summary="List the fetches")
    def list_fetches(
        self,
        pages: GivenPages,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Response[list[FetchOut]]:
        """Return the fetches, the newest first."""
        page, headers = pages.of(queue.fetches_of(session, actor, place.organizer.id))
        return Response([_out(one) for one in page], headers=headers)

    @create(needs=Right.IMPORT_VALUES, summary="Ask for a fetch")
    def ask(
        self,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
        state: State,
    ) -> FetchOut:
        """Leave a fetch for the worker; 409 when one is under way or none runs here."""
        row = queue.ask(
            session, actor, organizer_id=place.organizer.id, today=today, on=state.settings.fetch
        )
        return _out(row)
