"""Shifts of level for programs: accepted with their reason, and taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

import msgspec
from litestar import Controller, Response
from litestar.di import Provide
from litestar.params import FromPath, JSONBody

from ska.access import Right
from ska.actions.forms import ReasonForm
from ska.core.prints import print_of
from ska.organizers.dependencies import GivenCall
from ska.overview import services
from ska.overview.dependencies import GivenChoice, provide_api_choice
from ska.overview.forms import ShiftForm
from ska.overview.queries.shifts import shift_by_id, shifts_of
from ska.overview.shift_pages import line_of, line_view
from ska.values.levels.models import AcceptedShift
from ska.values.levels.rules import Shift
from ska.web.answers import told
from ska.web.paging import GivenPages
from ska.web.routing import act, create, read
from ska.web.versions import IfMatch, tagged


class ShiftOut(msgspec.Struct):
    """A shift of level from *period* on; without *unit_id* the huvudman's own line."""

    example: ClassVar[dict[str, Any]] = {
        "indicator": "gr-alla-amnen-ak9",
        "measure": "official",
        "period": "2023/24",
        "reason": "Två skolor blev en, och eleverna kommer från ett större område.",
        "accepted_by": "Kim Ek",
        "accepted_as": "kvalitetsutvecklare",
        "version": "0f3c9a417be2d856",
    }

    id: UUID
    unit_id: UUID | None
    indicator: str
    measure: str
    period: str
    reason: str
    action_id: UUID | None
    accepted_at: datetime
    accepted_by: str
    accepted_as: str
    withdrawn_at: datetime | None
    withdrawn_by: str | None
    withdrawn_reason: str | None
    version: str


def _shift(one: Shift | AcceptedShift) -> ShiftOut:
    return told(ShiftOut, one, version=print_of(one.reason, one.withdrawn_reason))


class ShiftApi(Controller):
    """The shifts of an indicator at the huvudman and its units."""

    path = "/api/v1/organizers/{organizer:str}/indicators/{indicator:str}/shifts"
    dependencies = {"choice": Provide(provide_api_choice, sync_to_thread=False)}  # noqa: RUF012  # only read
    tags = ("Resultat",)

    @read(needs=Right.ENTER, summary="List the accepted shifts of level")
    def list_shifts(
        self, indicator: FromPath[str], pages: GivenPages, call: GivenCall
    ) -> Response[list[ShiftOut]]:
        """Return the shifts of the huvudman and of every unit, those taken back too."""
        return pages.of(shifts_of(*call.where, [indicator]), _shift)

    @create(needs=Right.ANALYSE, summary="Accept a shift of level")
    def accept_shift(
        self,
        indicator: FromPath[str],
        data: JSONBody[ShiftForm],
        call: GivenCall,
        choice: GivenChoice,
    ) -> ShiftOut:
        """Accept that the line of *unit* and *measure* has a new level from a period on."""
        line = line_of(line_view(call, indicator, choice), call.organizer_id)
        return _shift(services.accept_shift(*call.who, line=line, form=data, now=call.now))

    @act("/{shift_id:uuid}/withdraw", needs=Right.ANALYSE, summary="Take a shift back")
    def take_back(
        self,
        indicator: FromPath[str],
        shift_id: FromPath[UUID],
        data: JSONBody[ReasonForm],
        call: GivenCall,
        if_match: IfMatch = None,
    ) -> Response[ShiftOut]:
        """Take an accepted shift back, with the reason; 409 when that is done already."""
        shift = shift_by_id(*call.where, indicator, shift_id)
        shift = call.on(shift, _shift, if_match=if_match)
        services.take_back_shift(*call.who, shift=shift, form=data, now=call.now)
        return tagged(_shift(shift))
