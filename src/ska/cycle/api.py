"""The wheels of the year for programs: the same services as the pages."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, ClassVar
from uuid import UUID

import msgspec
from litestar import Controller, Response
from litestar.params import FromPath, JSONBody, QueryParameter

from ska.access import Right
from ska.cycle import board, queries, services
from ska.cycle.forms import (
    BoardDateForm,
    StartForm,
    Wheel,
)
from ska.cycle.models import BoardDate
from ska.cycle.step_api import StepOut, step_out
from ska.db.session import lock
from ska.errors import Missing
from ska.organizers.dependencies import GivenPlace
from ska.web.dependencies import GivenActor, GivenSession, GivenToday
from ska.web.paging import GivenPages
from ska.web.routing import create, read, remove
from ska.web.versions import IfMatch, Stamped, must_be


class BoardDateOut(Stamped):
    """A day the nämnd meets."""

    example: ClassVar[dict[str, Any]] = {
        "name": "Barn- och utbildningsnämnden",
        "version": "0f3c9a417be2d856",
    }

    id: UUID
    day: date
    name: str


class CountOut(msgspec.Struct):
    """How many wheels were made."""

    example: ClassVar[dict[str, Any]] = {
        "made": 6,
    }

    made: int


def _meeting_out(meeting: BoardDate) -> BoardDateOut:
    return BoardDateOut(meeting.id, meeting.day, meeting.name)


class YearApi(Controller):
    """The wheels of a school year and the days the nämnd meets."""

    path = "/api/v1/organizers/{organizer:str}/years/{year:str}"
    tags = ["Årshjul"]  # noqa: RUF012

    @read("/steps", needs=Right.ENTER, summary="List the year's steps")
    def list_steps(
        self,
        pages: GivenPages,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
        unit_id: Annotated[UUID | None, QueryParameter()] = None,
        stands: Annotated[str | None, QueryParameter(name="state", max_length=20)] = None,
    ) -> Response[list[StepOut]]:
        """Return the steps that the person sees, the earliest due first."""
        steps = queries.steps_of_year(session, actor, place.organizer.id, place.year)
        shown = [step_out(s, today) for s in steps if unit_id in (None, s.unit_id)]
        wanted = [one for one in shown if stands in (None, one.state)]
        page, headers = pages.of(wanted)
        return Response(list(page), headers=headers)

    @create("/wheels", needs=Right.EDIT_CYCLE, summary="Make wheels from the template")
    def start(
        self,
        data: JSONBody[StartForm],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> CountOut:
        """Make the wheels that are missing."""
        whole = [None] if data.wheels is not Wheel.UNITS else []
        units = queries.unit_names(session, actor, place.organizer.id)
        made = services.start_year(
            session,
            actor,
            organizer_id=place.organizer.id,
            year=place.year,
            scopes=[*whole, *(u.id for u in units if data.wheels is not Wheel.ORGANIZER)],
            today=today,
        )
        return CountOut(made)

    @create("/copy", needs=Right.EDIT_CYCLE, summary="Copy the wheels to the next year")
    def copy(
        self, place: GivenPlace, session: GivenSession, actor: GivenActor, today: GivenToday
    ) -> CountOut:
        """Copy each wheel that the next school year lacks."""
        made = services.copy_year(
            session, actor, organizer_id=place.organizer.id, year=place.year, today=today
        )
        return CountOut(made)

    @read("/board-dates", needs=Right.ENTER, summary="List the days the nämnd meets")
    def list_board_dates(
        self,
        pages: GivenPages,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Response[list[BoardDateOut]]:
        """Return the year's meetings."""
        found = queries.board_dates_of(session, actor, place.organizer.id, place.year)
        page, headers = pages.of(found)
        return Response([_meeting_out(one) for one in page], headers=headers)

    @create("/board-dates", needs=Right.EDIT_CYCLE, summary="Add a day the nämnd meets")
    def add_board_date(
        self,
        data: JSONBody[BoardDateForm],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> BoardDateOut:
        """Note a meeting; steps that follow the nämnd get new dates."""
        meeting = board.add_board_date(
            session,
            actor,
            organizer_id=place.organizer.id,
            day=data.day,
            name=data.name,
            today=today,
        )
        return _meeting_out(meeting)

    @remove("/board-dates/{meeting:uuid}", needs=Right.EDIT_CYCLE, summary="Remove a meeting")
    def remove_board_date(
        self,
        meeting: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
        if_match: IfMatch = None,
    ) -> None:
        """Take a meeting away; steps that followed it get new dates."""
        found = queries.board_date_by_id(session, actor, place.organizer.id, meeting)
        if found is None:
            raise Missing
        must_be(if_match, _meeting_out(lock(session, found)))
        board.remove_board_date(session, actor, meeting=found, today=today)
