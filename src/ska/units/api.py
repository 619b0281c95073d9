"""One unit for programs: the same services and rules as the pages."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

import msgspec
from litestar import Controller, Response
from litestar.params import FromPath, JSONBody

from ska.access import Right
from ska.core.text import _
from ska.db.session import lock
from ska.errors import Changed
from ska.organizers import services
from ska.organizers.api import UnitOut, unit_out
from ska.organizers.dependencies import GivenPlace
from ska.organizers.forms import UnitChangeForm, UnitEndForm
from ska.organizers.models import SchoolUnit
from ska.units.queries import Standing, standing_of, unit_to_change
from ska.web.dependencies import GivenActor, GivenSession, GivenToday
from ska.web.routing import create, read, remove, replace
from ska.web.versions import IfMatch, etag, print_in


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


def _standing(found: Standing) -> StandingOut:
    return StandingOut(
        unit_out(found.unit),
        [OpenOut(one.id, one.title, one.state) for one in found.analyses],
        [OpenOut(one.id, one.title, one.state) for one in found.actions],
        [PostOut(one.person_id, one.name, one.role, one.valid_to) for one in found.posts],
    )


def _must_say(if_match: str | None, unit: SchoolUnit) -> None:
    if print_in(if_match) != unit.print:
        raise Changed(_("Någon annan har ändrat enheten sedan du läste den."))


class OneUnitApi(Controller):
    """One of the huvudman's units, by its slug."""

    path = "/api/v1/organizers/{organizer:str}/units/{unit:str}"
    tags = ["Organisation"]  # noqa: RUF012

    @read(needs=Right.ENTER, summary="Read a unit and what stands on it")
    def read_unit(
        self,
        unit: FromPath[str],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Response[StandingOut]:
        """Return a unit with its open analyses and insatser; roles for those who manage units."""
        found = standing_of(session, actor, place.organizer.id, unit, today)
        return Response(_standing(found), headers={"ETag": f'"{found.unit.print}"'})

    @replace(needs=Right.MANAGE_UNITS, summary="Change a unit")
    def change_unit(
        self,
        unit: FromPath[str],
        data: JSONBody[UnitChangeForm],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        if_match: IfMatch = None,
    ) -> Response[UnitOut]:
        """Say a unit's name and skolformer anew, on the print in If-Match; its slug stays."""
        one = unit_to_change(session, actor, place.organizer.id, unit)
        services.change_unit(session, actor, unit=one, form=data, seen=print_in(if_match))
        return Response(unit_out(one), headers={"ETag": f'"{one.print}"'})

    @create("/end", needs=Right.MANAGE_UNITS, summary="End a unit on a day", status_code=200)
    def end_unit(  # what the framework hands over, named
        self,
        unit: FromPath[str],
        data: JSONBody[UnitEndForm],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
        if_match: IfMatch = None,
    ) -> Response[StandingOut]:
        """Let a unit be at work until a day; the answer tells what is not finished on it."""
        one = unit_to_change(session, actor, place.organizer.id, unit)
        _must_say(if_match, lock(session, one))
        services.end_unit(session, actor, unit=one, form=data)
        found = standing_of(session, actor, place.organizer.id, unit, today)
        return Response(_standing(found), headers=etag(found.unit.print))

    @remove("/end", needs=Right.MANAGE_UNITS, summary="Take back the end of a unit")
    def keep_unit(
        self,
        unit: FromPath[str],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
        if_match: IfMatch = None,
    ) -> None:
        """Take back an end that has not come; 409 when the unit has ended."""
        one = unit_to_change(session, actor, place.organizer.id, unit)
        _must_say(if_match, lock(session, one))
        services.keep_unit(session, actor, unit=one, today=today)
