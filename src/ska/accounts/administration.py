"""Pages of the huvudman's administrator: who works here, in which role, from when to when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from litestar import Controller, Request
from litestar.params import FromPath, URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import ROLE_NAMES, Actor, Right, Role
from ska.accounts import people, queries
from ska.accounts.forms import OF_A_UNIT, OF_THE_WHOLE, LastDayForm, PersonForm, PostForm
from ska.accounts.rules import post_state
from ska.core.text import _
from ska.errors import Conflict, Invalid, Missing, NotAllowed
from ska.organizers.dependencies import GivenPlace, Place
from ska.organizers.queries import units_of
from ska.web.dependencies import GivenActor, GivenNow, GivenSession, GivenToday
from ska.web.forms import Form, bind
from ska.web.page import Done, Page
from ska.web.routing import read, write

ACTS = {
    "role.give": _("gav uppdraget"),
    "role.end": _("ändrade sista dagen för uppdraget"),
    "role.withdraw": _("tog bort uppdraget"),
    "person.invite": _("gjorde en länk för att välja lösenord"),
    "password.choose": _("valde sitt lösenord med en länk"),
    "password.change": _("bytte lösenord"),
}


class PeopleController(Controller):
    """The people who have a role in the huvudman."""

    path = "/{organizer:str}/personer"

    @read(needs=Right.MANAGE_PEOPLE)
    def list_people(
        self, place: GivenPlace, session: GivenSession, actor: GivenActor, today: GivenToday
    ) -> Page:
        """Show who works here, and the form for one more."""
        return _list(session, actor, place, today, Form())

    @write(needs=Right.MANAGE_PEOPLE)
    def add_person(
        self,
        data: URLEncodedBody[dict[str, str]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page | Done:
        """Give someone a first role here, or show what is wrong with the form."""
        form = bind(PersonForm, data, today=today)
        if form.value is not None:
            try:
                made = people.add_person(
                    session, actor, organizer_id=place.organizer.id, form=form.value
                )
                said = _("{name} har fått uppdraget.").format(name=form.value.name)
                return Done(said, to=f"{place.path}/personer/{made.person_id}")
            except (Conflict, Invalid, NotAllowed) as refused:
                form.refuse(refused, "role")
        return _list(session, actor, place, today, form)

    @read("/{person_id:uuid}", needs=Right.MANAGE_PEOPLE)
    def show_person(
        self,
        person_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page:
        """Show a person's roles here, and what has been done with them."""
        return _show(session, actor, place, person_id, today, Form())

    @write("/{person_id:uuid}/uppdrag", needs=Right.MANAGE_PEOPLE)
    def give_post(
        self,
        data: URLEncodedBody[dict[str, str]],
        person_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page | Done:
        """Give the person one more role."""
        known = queries.assignments_of(session, actor, place.organizer.id, person_id=person_id)
        if not known:
            raise Missing
        form = bind(PostForm, data, today=today)
        if form.value is not None:
            try:
                people.give_post(
                    session,
                    actor,
                    organizer_id=place.organizer.id,
                    person_id=person_id,
                    form=form.value,
                )
                return Done(_("Uppdraget är givet."), to=f"{place.path}/personer/{person_id}")
            except (Conflict, Invalid, NotAllowed) as refused:
                form.refuse(refused, "role")
        return _show(session, actor, place, person_id, today, form)

    @write("/{person_id:uuid}/uppdrag/{role_id:uuid}", needs=Right.MANAGE_PEOPLE)
    def set_last_day(
        self,
        data: URLEncodedBody[dict[str, str]],
        person_id: FromPath[UUID],
        role_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page | Done:
        """Let a role end, or go on."""
        held = queries.assignment_of(session, actor, place.organizer.id, person_id, role_id)
        if held is None:
            raise Missing
        form = bind(LastDayForm, data, today=today)
        if form.value is not None:
            try:
                people.set_last_day(
                    session, actor, assignment=held, last_day=form.value.last_day, today=today
                )
                return Done(_("Sista dagen är ändrad."), to=f"{place.path}/personer")
            except (Conflict, Invalid) as refused:
                form.refuse(refused, "last_day")
        return _show(session, actor, place, person_id, today, form, ending=role_id)

    @write("/{person_id:uuid}/inbjudan", needs=Right.MANAGE_PEOPLE)
    def invite(
        self,
        request: Request[Any, Any, Any],
        person_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
    ) -> Page:
        """Make the link by which the person chooses a password, and show it, this once."""
        secret = people.invite(
            session, actor, organizer_id=place.organizer.id, person_id=person_id, now=now
        )
        link = f"{request.app.state.settings.address}/valkommen/{secret}"
        return _show(session, actor, place, person_id, now.date(), Form(), link=link)


def _posts(rows: Sequence[Any], units: dict[UUID, str], today: date) -> list[dict[str, Any]]:
    return [
        {
            "id": row.id,
            "role": ("tf " if row.acting else "") + ROLE_NAMES[Role(row.role)],
            "where": units.get(row.unit_id, "") if row.unit_id else "",
            "from": row.valid_from,
            "to": row.valid_to,
            "state": post_state(row.valid_from, row.valid_to, today),
        }
        for row in rows
    ]


def _choices(session: Session, actor: Actor, place: Place, today: date) -> dict[str, Any]:
    units = units_of(session, actor, place.organizer.id)
    return {
        "units": {one.id: one.name for one in units},
        "open_units": [(one.id, one.name) for one in units if one.is_open(today)],
        "roles": [
            (role, name, _scope(role))
            for role, name in ROLE_NAMES.items()
            if role is not Role.SYSTEM_ADMIN
        ],
    }


def _scope(role: Role) -> str:
    if role in OF_A_UNIT:
        return _("gäller en enhet")
    return _("gäller hela huvudmannen") if role in OF_THE_WHOLE else ""


def _list(
    session: Session, actor: Actor, place: Place, today: date, form: Form[PersonForm]
) -> Page:
    chosen = _choices(session, actor, place, today)
    persons: dict[UUID, dict[str, Any]] = {}
    for row in queries.assignments_of(session, actor, place.organizer.id):
        one = persons.setdefault(row.person_id, {"person": row, "rows": []})
        one["rows"].append(row)
    for one in persons.values():
        one["posts"] = _posts(one.pop("rows"), chosen["units"], today)
    return Page("accounts/people.html", form=form, people=list(persons.values()), **chosen)


def _show(
    session: Session,
    actor: Actor,
    place: Place,
    person_id: UUID,
    today: date,
    form: Form[Any],
    **more: Any,
) -> Page:
    rows = queries.assignments_of(session, actor, place.organizer.id, person_id=person_id)
    if not rows:
        raise Missing
    chosen = _choices(session, actor, place, today)
    return Page(
        "accounts/person.html",
        form=form,
        person=rows[-1],
        posts=_posts(rows, chosen["units"], today),
        happenings=queries.happenings_of(session, actor, place.organizer.id, person_id),
        acts=ACTS,
        role_names=ROLE_NAMES,
        is_me=person_id == actor.person_id,
        **{"link": "", "ending": None, **chosen, **more},
    )
