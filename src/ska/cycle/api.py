"""The wheels of the year for programs: the same services as the pages."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, ClassVar
from uuid import UUID

import msgspec
from litestar import Controller, Response
from litestar.params import FromPath, JSONBody, QueryParameter

from ska.access import Right
from ska.cycle import board, making, queries, wheel_queries
from ska.cycle.forms import (
    BoardDateForm,
    StartForm,
    Wheel,
)
from ska.cycle.models import BoardDate
from ska.cycle.step_api import StepOut, step_out
from ska.cycle.wheel_api import WheelOut, wheel_out
from ska.organizers.dependencies import GivenCall
from ska.web.answers import told
from ska.web.paging import GivenPages
from ska.web.routing import create, read, remove
from ska.web.versions import IfMatch, Stamped


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


def _meeting(meeting: BoardDate) -> BoardDateOut:
    return told(BoardDateOut, meeting)


class YearApi(Controller):
    """The wheels of a school year and the days the nämnd meets."""

    path = "/api/v1/organizers/{organizer:str}/years/{year:str}"
    tags = ("Årshjul",)

    @read("/steps", needs=Right.ENTER, summary="List the year's steps")
    def list_steps(
        self,
        pages: GivenPages,
        call: GivenCall,
        unit_id: Annotated[UUID | None, QueryParameter()] = None,
        stands: Annotated[str | None, QueryParameter(name="state", max_length=20)] = None,
    ) -> Response[list[StepOut]]:
        """Return the steps that the person sees, the earliest due first."""
        wanted = queries.Wanted(unit_id, stands, call.today)
        steps = queries.steps_of_year(
            *call.where, call.place.year, wanted=wanted, part=pages.part()
        )
        return pages.answer(steps, lambda step: step_out(step, call.today))

    @read("/wheels", needs=Right.ENTER, summary="List the year's wheels")
    def list_wheels(self, pages: GivenPages, call: GivenCall) -> Response[list[WheelOut]]:
        """Return the huvudman's wheels and those of the units that the person sees."""
        return pages.of(wheel_queries.cycles_of(*call.where, call.place.year), wheel_out)

    @create("/wheels", needs=Right.EDIT_CYCLE, summary="Make wheels from the template")
    def start(self, data: JSONBody[StartForm], call: GivenCall) -> CountOut:
        """Make the wheels that are missing."""
        whole = [None] if data.wheels is not Wheel.UNITS else []
        units = queries.unit_names(*call.where)
        made = making.start_year(
            *call.who,
            organizer_id=call.organizer_id,
            year=call.place.year,
            scopes=[*whole, *(u.id for u in units if data.wheels is not Wheel.ORGANIZER)],
            today=call.today,
            template=queries.template_named(data.template),
        )
        return CountOut(made)

    @create("/copy", needs=Right.EDIT_CYCLE, summary="Copy the wheels to the next year")
    def copy(self, call: GivenCall) -> CountOut:
        """Copy each wheel that the next school year lacks."""
        made = making.copy_year(
            *call.who, organizer_id=call.organizer_id, year=call.place.year, today=call.today
        )
        return CountOut(made)

    @read("/board-dates", needs=Right.ENTER, summary="List the days the nämnd meets")
    def list_board_dates(self, pages: GivenPages, call: GivenCall) -> Response[list[BoardDateOut]]:
        """Return the year's meetings."""
        return pages.of(queries.board_dates_of(*call.where, call.place.year), _meeting)

    @create("/board-dates", needs=Right.EDIT_CYCLE, summary="Add a day the nämnd meets")
    def add_board_date(self, data: JSONBody[BoardDateForm], call: GivenCall) -> BoardDateOut:
        """Note a meeting; steps that follow the nämnd get new dates."""
        meeting = board.add_board_date(
            *call.who,
            organizer_id=call.organizer_id,
            day=data.day,
            name=data.name,
            today=call.today,
        )
        return _meeting(meeting)

    @remove("/board-dates/{meeting:uuid}", needs=Right.EDIT_CYCLE, summary="Remove a meeting")
    def remove_board_date(
        self, meeting: FromPath[UUID], call: GivenCall, if_match: IfMatch = None
    ) -> None:
        """Take a meeting away; steps that followed it get new dates."""
        one = queries.board_date_by_id(*call.where, meeting)
        one = call.on(one, _meeting, if_match=if_match)
        board.remove_board_date(*call.who, meeting=one, today=call.today)
