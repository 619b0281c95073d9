"""Pages of the organisation."""

from __future__ import annotations

from typing import Any

from litestar import Controller, Request
from litestar.exceptions import MethodNotAllowedException
from litestar.params import URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.core.text import _
from ska.errors import Conflict, Missing
from ska.organizers import queries, services
from ska.organizers.dependencies import GivenPlace, Place
from ska.organizers.forms import UnitForm
from ska.organizers.rules import SCHOOL_TYPE_NAMES
from ska.web.dependencies import GivenActor, GivenSession
from ska.web.forms import Form, bind
from ska.web.lost import NOWHERE
from ska.web.page import Done, Page
from ska.web.routing import read, write


@read("/{organizer:str}" + NOWHERE, needs=Right.ENTER)
def nowhere(place: GivenPlace, request: Request[Any, Any, Any]) -> Page:
    """Say that there is nothing to read at an address of the huvudman, with its menu."""
    if "takes_forms" in request.state:
        raise MethodNotAllowedException(headers={"Allow": "POST"})
    raise Missing


class UnitController(Controller):
    """The huvudman's units."""

    path = "/{organizer:str}/enheter"

    @read(needs=Right.ENTER)
    def list_units(self, place: GivenPlace, session: GivenSession, actor: GivenActor) -> Page:
        """Show the units, and the form for one that no register holds."""
        return _list(session, actor, place, Form())

    @write(needs=Right.MANAGE_UNITS)
    def add_unit(
        self,
        data: URLEncodedBody[dict[str, str]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page | Done:
        """Add a unit, or show what is wrong with the form."""
        form = bind(UnitForm, data)
        if form.value is None:
            return _list(session, actor, place, form)
        try:
            unit = services.add_unit(
                session, actor, organizer_id=place.organizer.id, form=form.value
            )
        except Conflict as conflict:
            form.refuse(conflict, "name")
            return _list(session, actor, place, form)
        return Done(_("{name} är tillagd.").format(name=unit.name))


def _list(session: Session, actor: Actor, place: Place, form: Form[UnitForm]) -> Page:
    return Page(
        "organizers/units.html",
        form=form,
        units=queries.units_of(session, actor, place.organizer.id),
        school_types=SCHOOL_TYPE_NAMES,
        may_manage=actor.may(Right.MANAGE_UNITS, place.organizer.id),
    )
