"""One unit for programs: the same services and rules as the pages."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

import msgspec
from litestar import Controller, Response
from litestar.params import FromPath, JSONBody

from ska.access import Right
from ska.organizers import services
from ska.organizers.api import UnitOut, unit_out
from ska.organizers.dependencies import Call, GivenCall
from ska.organizers.forms import UnitChangeForm, UnitEndForm
from ska.organizers.models import SchoolUnit
from ska.units.queries import Standing, standing_of, unit_to_change
from ska.web.answers import told
from ska.web.routing import act, read, remove, replace
from ska.web.versions import IfMatch, tagged, version_in


class OpenOut(msgspec.Struct):
    """An analysis or insats that is not finished."""

    example: ClassVar[dict[str, Any]] = {
        "title": "Kunskapsresultat i årskurs 9",
        "state": "draft",
    }

    id: UUID
    title: str
    state: str


class PostOut(msgspec.Struct):
    """Someone's role in the unit."""

    example: ClassVar[dict[str, Any]] = {"name": "Robin Berg", "role": "principal"}

    person_id: UUID
    name: str
    role: str
    valid_to: date | None


class StandingOut(msgspec.Struct):
    """A unit and what stands on it: what its end would mean."""

    unit: UnitOut
    analyses: list[OpenOut]
    actions: list[OpenOut]
    posts: list[PostOut]

    @property
    def version(self) -> str:
        """Return the version of the unit."""
        return self.unit.version


def _standing(found: Standing) -> StandingOut:
    return StandingOut(
        unit_out(found.unit),
        [told(OpenOut, one) for one in found.analyses],
        [told(OpenOut, one) for one in found.actions],
        [told(PostOut, one) for one in found.posts],
    )


def _as_read(call: Call, slug: str, if_match: str | None) -> SchoolUnit:
    return call.on(unit_to_change(*call.where, slug), unit_out, if_match=if_match)


class OneUnitApi(Controller):
    """One of the huvudman's units, by its slug."""

    path = "/api/v1/organizers/{organizer:str}/units/{unit:str}"
    tags = ("Organisation",)

    @read(needs=Right.ENTER, summary="Read a unit and what stands on it")
    def read_unit(self, unit: FromPath[str], call: GivenCall) -> Response[StandingOut]:
        """Return a unit with its open analyses and insatser; roles for those who manage units."""
        return tagged(_standing(standing_of(*call.where, unit, call.today)))

    @replace(needs=Right.MANAGE_UNITS, summary="Change a unit")
    def change_unit(
        self,
        unit: FromPath[str],
        data: JSONBody[UnitChangeForm],
        call: GivenCall,
        if_match: IfMatch = None,
    ) -> Response[UnitOut]:
        """Say a unit's name and skolformer anew, on the print in If-Match; its slug stays."""
        one = _as_read(call, unit, if_match)
        services.change_unit(*call.who, unit=one, form=data, seen=version_in(if_match))
        return tagged(unit_out(one))

    @act("/end", needs=Right.MANAGE_UNITS, summary="End a unit on a day")
    def end_unit(
        self,
        unit: FromPath[str],
        data: JSONBody[UnitEndForm],
        call: GivenCall,
        if_match: IfMatch = None,
    ) -> Response[StandingOut]:
        """Let a unit be at work until a day; the answer tells what is not finished on it."""
        services.end_unit(*call.who, unit=_as_read(call, unit, if_match), form=data)
        return tagged(_standing(standing_of(*call.where, unit, call.today)))

    @remove("/end", needs=Right.MANAGE_UNITS, summary="Take back the end of a unit")
    def keep_unit(self, unit: FromPath[str], call: GivenCall, if_match: IfMatch = None) -> None:
        """Take back an end that has not come; 409 when the unit has ended."""
        one = _as_read(call, unit, if_match)
        services.keep_unit(*call.who, unit=one, today=call.today)
