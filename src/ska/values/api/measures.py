"""Published measures and their values for programs."""

from __future__ import annotations

from typing import Any, ClassVar

import msgspec
from litestar import Controller, Response
from litestar.di import Provide
from litestar.params import FromPath, FromQuery

from ska.access import Right
from ska.errors import found
from ska.organizers.dependencies import GivenCall, GivenPlace
from ska.values import queries
from ska.values.api.cells import GivenWanted, ValueOut, page_of, provide_wanted, some
from ska.values.catalogue import catalogue_of
from ska.values.lines import published_lines
from ska.values.models import Measure
from ska.web.answers import told
from ska.web.dependencies import GivenSession
from ska.web.paging import GivenPages
from ska.web.routing import published, read


class MeasureOut(msgspec.Struct):
    """A published measure as programs see it."""

    example: ClassVar[dict[str, Any]] = {
        "id": 41,
        "source": "kolada",
        "code": "N15419",
        "title": "Elever i åk 9 som uppnått kunskapskraven i alla ämnen, andel (%)",
        "unit": "%",
        "definition": "Andel elever i årskurs 9 med lägst E i alla ämnen.",
    }

    id: int
    source: str
    code: str
    title: str
    unit: str
    definition: str
    next_publication: str | None


class LineOut(msgspec.Struct):
    """A place's published values by period; *words* say why there is none, or no plain one."""

    example: ClassVar[dict[str, Any]] = {
        "area_type": "municipality",
        "area_code": "1497",
        "area": "Ekhult",
        "scope": "by_measure",
        "gender": "T",
        "period_type": "calendar_year",
        "periods": ["2024", "2025"],
        "values": [61.8, None],
        "words": ["", "för få elever"],
    }

    area_type: str
    area_code: str
    area: str
    scope: str
    gender: str
    period_type: str
    periods: list[str]
    values: list[float | None]
    words: list[str]


class LinesOut(msgspec.Struct):
    """A whole measure: all that is published of it today."""

    example: ClassVar[dict[str, Any]] = {
        "measure": 41,
        "title": "Elever i åk 9 som uppnått kunskapskraven i alla ämnen, andel (%)",
        "unit": "%",
    }

    measure: int
    title: str
    unit: str
    lines: list[LineOut]


def _measure(one: Measure) -> MeasureOut:
    return told(MeasureOut, one)


class MeasureApi(Controller):
    """Published measures and their values."""

    path = "/api/v1/organizers/{organizer:str}/measures"
    dependencies = {"wanted": Provide(provide_wanted, sync_to_thread=False)}  # noqa: RUF012  # only read
    tags = ("Värden",)

    @read(needs=Right.ENTER, summary="Find published measures")
    def find_measures(
        self,
        pages: GivenPages,
        call: GivenCall,
        source: FromQuery[str] = "",
        q: FromQuery[str] = "",
    ) -> Response[list[MeasureOut]]:
        """Return published measures whose title or code holds every word of *q*, by title."""
        rows = queries.find_measures(
            call.session, source=source or None, words=q[:200], part=pages.part(int)
        )
        return pages.answer(rows, _measure)

    @read("/{measure:int}/values", needs=Right.ENTER, summary="Values of a measure")
    def values_of_measure(
        self,
        pages: GivenPages,
        measure: FromPath[int],
        place: GivenPlace,
        session: GivenSession,
        wanted: GivenWanted,
    ) -> Response[list[ValueOut]]:
        """Return a measure's published values, of one area code or all, page by page.

        Those of today, or as they were known at the end of the day *as_known_on*.
        """
        one = found(session.get(Measure, measure))
        frame = queries.published_values(session, one.id, known=wanted.known)
        return page_of(some(frame, wanted.cells), pages)

    @published("/{measure:int}/lines", needs=Right.ENTER, summary="A whole measure as lines")
    def lines_of_measure(self, measure: FromPath[int], call: GivenCall) -> LinesOut:
        """Return all that is published of a measure today in one answer, a line a place.

        A period stands twice in a line when its definition changed within it.
        """
        one = found(catalogue_of(call.session).measures.get(measure))
        lines = [LineOut(*line) for line in published_lines(call.session, measure)]
        return LinesOut(measure, one.title, one.unit, lines)
