"""How many hours a week the year may ask of each role, for programs."""

from __future__ import annotations

from typing import Any, ClassVar

from litestar import Controller, Response
from litestar.params import JSONBody

from ska.access import Right
from ska.cycle.hours import HoursForm, limits_of, said, set_limit
from ska.organizers.dependencies import Call, GivenCall
from ska.web.routing import read, replace
from ska.web.versions import IfMatch, Stamped, must_match, tagged


class HoursLimitsOut(Stamped):
    """The limits of all roles, hours a week; eight where the huvudman has said nothing."""

    example: ClassVar[dict[str, Any]] = {
        "limits": {"principal": 6.0, "quality_lead": 8.0},
        "version": "0f3c9a417be2d856",
    }

    limits: dict[str, float]


class HoursLimitApi(Controller):
    """Limits of time, role by role."""

    path = "/api/v1/organizers/{organizer:str}/hours-limits"
    tags = ("Årshjul",)

    @read(needs=Right.ENTER, summary="Read how many hours a week are right for each role")
    def read_limits(self, call: GivenCall) -> Response[HoursLimitsOut]:
        """Return the limits with their print as ETag."""
        return tagged(_out(call))

    @replace(needs=Right.EDIT_CYCLE, summary="Say how many hours a week are right for a role")
    def set_limit(
        self, data: JSONBody[HoursForm], call: GivenCall, if_match: IfMatch = None
    ) -> Response[HoursLimitsOut]:
        """Save the limit of one role; the others stand as they are."""
        must_match(if_match, _out(call).version)
        set_limit(*call.who, organizer_id=call.organizer_id, form=data)
        return tagged(_out(call))


def _out(call: Call) -> HoursLimitsOut:
    return HoursLimitsOut(limits=dict(said(limits_of(*call.where))))
