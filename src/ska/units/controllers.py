"""Pages of one unit: what stands on it, its name and skolformer, its end."""

from __future__ import annotations

from datetime import date
from typing import Any

from litestar import Controller
from litestar.params import FromPath, URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.analyses.rules import STATE_NAMES
from ska.core.text import _
from ska.errors import Changed, Conflict, Invalid
from ska.organizers import services
from ska.organizers.dependencies import GivenPlace, Place
from ska.organizers.forms import UnitChangeForm, UnitEndForm
from ska.organizers.rules import SCHOOL_TYPE_NAMES
from ska.units.queries import standing_of, unit_to_change
from ska.web.dependencies import GivenActor, GivenSession, GivenToday
from ska.web.forms import Form, bind
from ska.web.page import Done, Page
from ska.web.routing import read, write


class OneUnitController(Controller):
    """One of the huvudman's units."""

    path = "/{organizer:str}/enheter/{unit:str}"

    @read(needs=Right.ENTER)
    def show_unit(
        self,
        unit: FromPath[str],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page:
        """Show a unit and what stands on it."""
        return _page(session, actor, place, unit, today)

    @write(needs=Right.MANAGE_UNITS)
    def change_unit(
        self,
        unit: FromPath[str],
        data: URLEncodedBody[dict[str, str | list[str]]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page | Done:
        """Change a unit's name or skolformer, or show what is wrong or what another wrote."""
        one = unit_to_change(session, actor, place.organizer.id, unit)
        seen = str(data.pop("seen", ""))
        form = bind(UnitChangeForm, data)
        status = 422
        if form.value is not None:
            try:
                services.change_unit(session, actor, unit=one, form=form.value, seen=seen)
                return Done(_("Enheten är ändrad."), to=f"{place.path}/enheter/{unit}")
            except (Changed, Conflict) as refused:
                form.refuse(refused, "name")
                status = refused.status
        return _page(session, actor, place, unit, today, change=form, status_code=status)

    @write("/slut", needs=Right.MANAGE_UNITS)
    def end_unit(
        self,
        unit: FromPath[str],
        data: URLEncodedBody[dict[str, str]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page | Done:
        """Let a unit end on a day, or show what is wrong with it."""
        one = unit_to_change(session, actor, place.organizer.id, unit)
        form = bind(UnitEndForm, data, today=today)
        if form.value is not None:
            try:
                services.end_unit(session, actor, unit=one, form=form.value)
                return Done(_("Sista dagen är sparad."), to=f"{place.path}/enheter/{unit}")
            except Invalid as refused:
                form.refuse(refused, "last_day")
        return _page(session, actor, place, unit, today, end=form, status_code=422)

    @write("/kvar", needs=Right.MANAGE_UNITS)
    def keep_unit(
        self,
        unit: FromPath[str],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Done:
        """Take back an end that has not come."""
        one = unit_to_change(session, actor, place.organizer.id, unit)
        services.keep_unit(session, actor, unit=one, today=today)
        return Done(_("Enheten finns kvar."), to=f"{place.path}/enheter/{unit}")


def _page(
    session: Session,
    actor: Actor,
    place: Place,
    slug: str,
    today: date,
    **tried: Any,
) -> Page:
    """Show the unit, and what was *tried*: ``change`` or ``end``, each with what is wrong."""
    standing = standing_of(session, actor, place.organizer.id, slug, today)
    unit = standing.unit
    written: dict[str, Any] = {
        "name": unit.name,
        "school_types": [one.school_type for one in unit.school_types],
    }
    return Page(
        "units/show.html",
        form=tried.get("change") or tried.get("end") or Form(),
        unit=unit,
        seen=unit.print,
        is_open=unit.is_open(today),
        standing=standing,
        going_on=standing.posts_after(unit.valid_to or today),
        school_types=SCHOOL_TYPE_NAMES,
        state_names=STATE_NAMES,
        may_manage=actor.may_for(Right.MANAGE_UNITS, place.organizer.id, unit.id),
        may_people=actor.may(Right.MANAGE_PEOPLE, place.organizer.id),
        **{"change": Form(raw=written), "end": Form(), **tried},
    )
