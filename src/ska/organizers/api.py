"""The organisation for programs."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

import msgspec
from litestar import Controller, Response
from litestar.params import JSONBody

from ska.access import Right
from ska.organizers import queries, services
from ska.organizers.dependencies import GivenPlace
from ska.organizers.forms import UnitForm
from ska.organizers.models import SchoolUnit
from ska.web.dependencies import GivenActor, GivenSession
from ska.web.paging import GivenPages
from ska.web.routing import create, read


class UnitOut(msgspec.Struct):
    """A unit as programs see it."""

    example: ClassVar[dict[str, Any]] = {
        "slug": "solrosens-forskola",
        "name": "Solrosens förskola",
        "kind": "preschool_unit",
        "status": "active",
    }

    id: UUID
    slug: str
    name: str
    kind: str
    school_unit_code: str | None
    status: str
    valid_from: date | None
    valid_to: date | None
    predecessor_code: str | None
    school_types: list[str]


def unit_out(unit: SchoolUnit) -> UnitOut:
    """Return a unit as programs see it; its school types must be loaded."""
    names = [name for name in UnitOut.__struct_fields__ if name != "school_types"]
    types = sorted(one.school_type for one in unit.school_types)
    return UnitOut(**{name: getattr(unit, name) for name in names}, school_types=types)


class UnitApi(Controller):
    """The huvudman's units."""

    path = "/api/v1/organizers/{organizer:str}/units"
    tags = ["Organisation"]  # noqa: RUF012

    @read(needs=Right.ENTER, summary="List the units")
    def list_units(
        self,
        pages: GivenPages,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Response[list[UnitOut]]:
        """Return the huvudman's units, by name."""
        rows = queries.units_of(session, actor, place.organizer.id)
        page, headers = pages.of(rows)
        return Response([unit_out(unit) for unit in page], headers=headers)

    @create(needs=Right.MANAGE_UNITS, summary="Add a unit")
    def add_unit(
        self,
        data: JSONBody[UnitForm],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> UnitOut:
        """Add a unit that no register holds."""
        unit = services.add_unit(session, actor, organizer_id=place.organizer.id, form=data)
        return unit_out(unit)
