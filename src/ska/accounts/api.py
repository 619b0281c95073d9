"""People and their roles for programs: an HR system gives and ends roles through this."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response
from litestar.params import FromPath, JSONBody

from ska.access import Right
from ska.accounts import people, queries
from ska.accounts.forms import LastDayForm, PersonForm, PostForm
from ska.accounts.models import RoleAssignment
from ska.errors import Missing
from ska.organizers.dependencies import GivenPlace
from ska.web.dependencies import GivenActor, GivenSession, GivenToday
from ska.web.paging import Cursor, Limit, page_of
from ska.web.routing import change, create, read


class RoleOut(msgspec.Struct):
    """A role of a person, with its place and its time."""

    id: UUID
    person_id: UUID
    role: str
    unit_id: UUID | None
    acting: bool
    valid_from: date
    valid_to: date | None


class HeldRoleOut(RoleOut):
    """A role with the person who holds it."""

    name: str
    email: str
    has_password: bool


def _out(row: RoleAssignment) -> RoleOut:
    return RoleOut(**{name: getattr(row, name) for name in RoleOut.__struct_fields__})


class PeopleApi(Controller):
    """The huvudman's people."""

    path = "/api/v1/organizers/{organizer:str}/people"
    tags = ["Personer"]  # noqa: RUF012

    @read(needs=Right.MANAGE_PEOPLE, summary="List the roles with their people")
    def list_roles(
        self,
        request: Request[Any, Any, Any],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        limit: Limit = 200,
        cursor: Cursor = "",
    ) -> Response[list[HeldRoleOut]]:
        """Return all roles, past and coming too, by the person's name."""
        rows = queries.assignments_of(session, actor, place.organizer.id)
        page, headers = page_of(rows, request, limit, cursor)
        names = HeldRoleOut.__struct_fields__
        out = [HeldRoleOut(**{name: getattr(row, name) for name in names}) for row in page]
        return Response(out, headers=headers)

    @create(needs=Right.MANAGE_PEOPLE, summary="Give someone a first role")
    def add_person(
        self,
        data: JSONBody[PersonForm],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> RoleOut:
        """Add a person with a role; who has an account already gets the role only."""
        return _out(people.add_person(session, actor, organizer_id=place.organizer.id, form=data))

    @create("/{person_id:uuid}/roles", needs=Right.MANAGE_PEOPLE, summary="Give one more role")
    def give_post(
        self,
        data: JSONBody[PostForm],
        person_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> RoleOut:
        """Give a person who works here one more role."""
        organizer_id = place.organizer.id
        if not queries.assignments_of(session, actor, organizer_id, person_id=person_id):
            raise Missing
        made = people.give_post(
            session, actor, organizer_id=organizer_id, person_id=person_id, form=data
        )
        return _out(made)

    @change(
        "/{person_id:uuid}/roles/{role_id:uuid}",
        needs=Right.MANAGE_PEOPLE,
        summary="Set the last day of a role",
        status_code=204,
    )
    def set_last_day(
        self,
        data: JSONBody[LastDayForm],
        person_id: FromPath[UUID],
        role_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> None:
        """Let a role end after its last day, or go on without one; one not begun is taken away."""
        held = queries.assignment_of(session, actor, place.organizer.id, person_id, role_id)
        if held is None:
            raise Missing
        people.set_last_day(session, actor, assignment=held, last_day=data.last_day, today=today)
