"""The smallest groups that may be shown of the huvudman's own values, for programs."""

from __future__ import annotations

from typing import Any, ClassVar

from litestar import Controller, Response
from litestar.params import JSONBody

from ska.access import Right
from ska.db.session import lock
from ska.organizers.dependencies import GivenCall
from ska.values import queries, services
from ska.values.forms import LEAST_INSIDE, LEAST_OUTSIDE, LimitsForm
from ska.values.models import OwnLimit
from ska.web.routing import read, replace
from ska.web.versions import IfMatch, Stamped, must_match, tagged


class LimitsOut(Stamped):
    """The limits in force: the huvudman's own, or the house's."""

    example: ClassVar[dict[str, Any]] = {
        "inside": 8,
        "outside": 12,
        "version": "0f3c9a417be2d856",
    }

    inside: int
    outside: int


class LimitApi(Controller):
    """The huvudman's limits, which raise the house's and never lower them."""

    path = "/api/v1/organizers/{organizer:str}/limits"
    tags = ("Värden",)

    @read(needs=Right.MANAGE_UNITS, summary="Read the limits for small groups")
    def read_limits(self, call: GivenCall) -> Response[LimitsOut]:
        """Return the limits in force, inside the huvudman and in what leaves it."""
        return tagged(_out(queries.limits_of(*call.where)))

    @replace(needs=Right.MANAGE_UNITS, summary="Set the limits for small groups")
    def set_limits(
        self, data: JSONBody[LimitsForm], call: GivenCall, if_match: IfMatch = None
    ) -> Response[LimitsOut]:
        """Set the limits, on the version in If-Match; 422 for one below the house's."""
        own = queries.limits_of(*call.where)
        must_match(if_match, _out(lock(call.session, own) if own else None).version)
        return tagged(
            _out(services.set_limits(*call.who, organizer_id=call.organizer_id, form=data))
        )


def _out(own: OwnLimit | None) -> LimitsOut:
    return LimitsOut(own.inside, own.outside) if own else LimitsOut(LEAST_INSIDE, LEAST_OUTSIDE)
