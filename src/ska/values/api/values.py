"""The huvudman's own values for programs, and what was known of them when."""

from __future__ import annotations

from datetime import datetime
from operator import attrgetter
from typing import Any, ClassVar

import msgspec
from litestar import Controller, Response
from litestar.di import Provide
from litestar.params import FromPath, FromQuery

from ska.access import Right
from ska.organizers.dependencies import GivenCall, GivenPlace
from ska.values.api.cells import GivenWanted, ValueOut, page_of, provide_wanted, some
from ska.values.own import own_cells
from ska.values.past import Version, past_of
from ska.web.answers import told
from ska.web.dependencies import GivenActor, GivenSession
from ska.web.paging import GivenPages
from ska.web.routing import read


class ValueApi(Controller):
    """The huvudman's own values through the gate."""

    path = "/api/v1/organizers/{organizer:str}/values"
    dependencies = {"wanted": Provide(provide_wanted, sync_to_thread=False)}  # noqa: RUF012  # only read
    tags = ("Värden",)

    @read(needs=Right.ENTER, summary="The huvudman's own values")
    def own_values(
        self,
        pages: GivenPages,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        wanted: GivenWanted,
        measure: FromQuery[str] = "",
    ) -> Response[list[ValueOut]]:
        """Return the huvudman's own values as the gate lets them through, page by page.

        Those of today, or as they were known at the end of the day *as_known_on*.
        """
        frame = own_cells(session, actor, place.organizer.id, known=wanted.known)
        return page_of(some(frame, wanted.cells | {"measure": measure}), pages)


class VersionOut(msgspec.Struct):
    """One version of a value; *file* is the import that it came with."""

    example: ClassVar[dict[str, Any]] = {
        "value": 61.8,
        "word": "",
        "n": 68,
        "finality": "final",
        "file": "betyg-2026.csv",
        "source_url": "",
    }

    value_id: int
    value: float | None
    word: str
    n: int | None
    finality: str
    recorded_at: datetime
    superseded_at: datetime | None
    file: str
    source_url: str
    source_published_at: datetime | None
    is_undone: bool


def _version(one: Version) -> VersionOut:
    return told(VersionOut, one)


class PastApi(Controller):
    """What was known of a value, and when."""

    path = "/api/v1/organizers/{organizer:str}/values/{value:int}/versions"
    tags = ("Värden",)

    @read(needs=Right.ENTER, summary="A value's versions")
    def list_versions(
        self, value: FromPath[int], pages: GivenPages, call: GivenCall
    ) -> Response[list[VersionOut]]:
        """Return each version with its import, newest first; what is hidden today is in none."""
        past = past_of(*call.where, value)
        return pages.of(past.versions, _version, key=attrgetter("value_id"))
