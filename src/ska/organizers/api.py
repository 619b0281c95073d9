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
from ska.organizers.dependencies import GivenCall
from ska.organizers.forms import UnitForm
from ska.organizers.models import SchoolUnit
from ska.web.answers import told
from ska.web.paging import GivenPages
from ska.web.routing import create, read


class UnitOut(msgspec.Struct):
    """A unit as programs see it."""

    example: ClassVar[dict[str, Any]] = {
        "slug": "solrosens-forskola",
        "name": "Solrosens förskola",
        "kind": "preschool_unit",
        "status": "active",
        "version": "0f3c9a417be2d856",
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
    version: str


def unit_out(unit: SchoolUnit) -> UnitOut:
    """Return a unit as programs see it; its school types must be loaded."""
    types = sorted(one.school_type for one in unit.school_types)
    return told(UnitOut, unit, school_types=types, version=unit.print)


class UnitApi(Controller):
    """The huvudman's units."""

    path = "/api/v1/organizers/{organizer:str}/units"
    tags = ("Organisation",)

    @read(needs=Right.ENTER, summary="List the units")
    def list_units(self, pages: GivenPages, call: GivenCall) -> Response[list[UnitOut]]:
        """Return the huvudman's units, by name."""
        return pages.answer(queries.units_of(*call.where, part=pages.part()), unit_out)

    @create(needs=Right.MANAGE_UNITS, summary="Add a unit")
    def add_unit(self, data: JSONBody[UnitForm], call: GivenCall) -> UnitOut:
        """Add a unit that no register holds."""
        unit = services.add_unit(*call.who, organizer_id=call.organizer_id, form=data)
        return unit_out(unit)
