"""Wheels for programs: begun, named and filled with steps of one's own, as on the pages."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from litestar import Controller, Response
from litestar.params import FromPath, JSONBody

from ska.access import Right
from ska.cycle import building, making, queries, wheel_queries
from ska.cycle.models import AnnualCycle
from ska.cycle.step_api import StepOut, step_out
from ska.cycle.step_forms import StepForm
from ska.cycle.wheel_forms import WheelForm, WheelSettingsForm
from ska.errors import found
from ska.organizers.dependencies import GivenCall
from ska.web.answers import told
from ska.web.paging import GivenPages
from ska.web.routing import create, read, replace
from ska.web.versions import IfMatch, Stamped, tagged


class WheelOut(Stamped):
    """A wheel; *year* is the läsår, or a budget's calendar year."""

    example: ClassVar[dict[str, Any]] = {
        "kind": "organizer",
        "name": "Vårt årshjul",
        "year": "2026/27",
        "pauses": ["07-01/07-31"],
        "template_key": "lasar-huvudman-enhet",
        "version": "0f3c9a417be2d856",
    }

    id: UUID
    unit_id: UUID | None
    kind: str
    school_type: str | None
    name: str
    year: str
    pauses: list[str]
    template_key: str
    copied_from_id: UUID | None


def wheel_out(wheel: AnnualCycle) -> WheelOut:
    """Return the wheel as programs see it."""
    return told(WheelOut, wheel, year=str(wheel.year), pauses=list(wheel.pauses))


class OwnWheelsApi(Controller):
    """Wheels of one's own."""

    path = "/api/v1/organizers/{organizer:str}/years/{year:str}/wheels/own"
    tags = ("Årshjul",)

    @create(needs=Right.EDIT_CYCLE, summary="Begin a wheel of one's own")
    def begin(self, data: JSONBody[WheelForm], call: GivenCall) -> WheelOut:
        """Make a wheel: empty, from a template or from another wheel."""
        wheel = building.begin_wheel(
            *call.who,
            organizer_id=call.organizer_id,
            year=call.place.year,
            form=data,
            today=call.today,
        )
        return wheel_out(wheel)


class WheelApi(Controller):
    """One wheel and its steps."""

    path = "/api/v1/organizers/{organizer:str}/wheels/{wheel:uuid}"
    tags = ("Årshjul",)

    @read(needs=Right.ENTER, summary="Read a wheel")
    def read_wheel(self, wheel: FromPath[UUID], call: GivenCall) -> Response[WheelOut]:
        """Return a wheel with its print as ETag."""
        return tagged(wheel_out(found(wheel_queries.wheel_by_id(*call.where, wheel))))

    @replace("/settings", needs=Right.EDIT_CYCLE, summary="Say a wheel's name and pauses")
    def settle(
        self,
        data: JSONBody[WheelSettingsForm],
        wheel: FromPath[UUID],
        call: GivenCall,
        if_match: IfMatch = None,
    ) -> Response[WheelOut]:
        """Give a wheel another name and other pauses."""
        one = call.on(wheel_queries.wheel_by_id(*call.where, wheel), wheel_out, if_match=if_match)
        building.settle_wheel(*call.who, wheel=one, form=data, today=call.today)
        return tagged(wheel_out(one))

    @read("/steps", needs=Right.ENTER, summary="List a wheel's steps")
    def list_steps(
        self, wheel: FromPath[UUID], pages: GivenPages, call: GivenCall
    ) -> Response[list[StepOut]]:
        """Return the steps, struck ones too, the earliest due first."""
        one = found(wheel_queries.wheel_by_id(*call.where, wheel))
        steps = wheel_queries.steps_of_cycles(*call.who, [one.id])
        return pages.of(steps, lambda step: step_out(step, call.today))

    @create("/steps", needs=Right.EDIT_CYCLE, summary="Add a step to a wheel")
    def add_step(self, data: JSONBody[StepForm], wheel: FromPath[UUID], call: GivenCall) -> StepOut:
        """Add a step, with the dates that its rule gives."""
        one = found(wheel_queries.wheel_by_id(*call.where, wheel))
        step = building.add_step(*call.who, wheel=one, form=data, today=call.today)
        return step_out(step, call.today)

    @create("/copy", needs=Right.EDIT_CYCLE, summary="Copy a wheel to the next year")
    def copy(self, wheel: FromPath[UUID], call: GivenCall) -> WheelOut:
        """Copy one wheel; what should be looked over lies in its steps' review."""
        one = found(wheel_queries.wheel_by_id(*call.where, wheel))
        return wheel_out(making.copy_cycle(*call.who, cycle=one, today=call.today))


class StepDefinitionApi(Controller):
    """What a step is, said anew."""

    path = "/api/v1/organizers/{organizer:str}/steps/{step:uuid}/definition"
    tags = ("Årshjul",)

    @replace(needs=Right.EDIT_CYCLE, summary="Say what a step is")
    def change(
        self,
        data: JSONBody[StepForm],
        step: FromPath[UUID],
        call: GivenCall,
        if_match: IfMatch = None,
    ) -> Response[StepOut]:
        """Save what the step is now; what is left out is empty."""
        one = call.on(
            queries.step_by_id(*call.where, step),
            lambda step: step_out(step, call.today),
            if_match=if_match,
        )
        building.change_step(*call.who, step=one, form=data, today=call.today)
        return tagged(step_out(one, call.today))
