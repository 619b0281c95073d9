"""The smallest groups that may be shown of the huvudman's own values, for programs."""

from __future__ import annotations

from typing import Any, ClassVar

from litestar import Controller, Response
from litestar.params import JSONBody
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.db.session import lock
from ska.organizers.dependencies import GivenPlace, Place
from ska.values import queries, services
from ska.values.forms import LEAST_INSIDE, LEAST_OUTSIDE, LimitsForm
from ska.values.models import OwnLimit
from ska.web.dependencies import GivenActor, GivenSession
from ska.web.routing import read, replace
from ska.web.versions import IfMatch, Stamped, etag, must_be


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
    tags = ["Values"]  # noqa: RUF012

    @read(needs=Right.MANAGE_UNITS, summary="Read the limits for small groups")
    def read_limits(
        self, place: GivenPlace, session: GivenSession, actor: GivenActor
    ) -> Response[LimitsOut]:
        """Return the limits in force, inside the huvudman and in what leaves it."""
        return _tagged(_out(_own(session, actor, place)))

    @replace(needs=Right.MANAGE_UNITS, summary="Set the limits for small groups")
    def set_limits(
        self,
        data: JSONBody[LimitsForm],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        if_match: IfMatch = None,
    ) -> Response[LimitsOut]:
        """Set the limits, on the version in If-Match; 422 for one below the house's."""
        own = _own(session, actor, place)
        must_be(if_match, _out(lock(session, own) if own else None))
        return _tagged(
            _out(services.set_limits(session, actor, organizer_id=place.organizer.id, form=data))
        )


def _own(session: Session, actor: Actor, place: Place) -> OwnLimit | None:
    return queries.limits_of(session, actor, place.organizer.id)


def _out(own: OwnLimit | None) -> LimitsOut:
    return LimitsOut(own.inside, own.outside) if own else LimitsOut(LEAST_INSIDE, LEAST_OUTSIDE)


def _tagged(out: LimitsOut) -> Response[LimitsOut]:
    return Response(out, headers=etag(out.version))
