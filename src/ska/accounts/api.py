"""People and their roles for programs: an HR system gives and ends roles through this."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from litestar import Controller, Response
from litestar.params import FromPath, JSONBody

from ska.access import Right
from ska.accounts import people, queries
from ska.accounts.forms import LastDayForm, PersonForm, PostForm
from ska.errors import Missing
from ska.organizers.dependencies import GivenCall
from ska.web.answers import told
from ska.web.paging import GivenPages
from ska.web.routing import change, create, read
from ska.web.versions import IfMatch, Stamped


class RoleOut(Stamped):
    """A role of a person, with its place and its time."""

    example: ClassVar[dict[str, Any]] = {
        "role": "teacher",
        "version": "0f3c9a417be2d856",
    }

    id: UUID
    person_id: UUID
    role: str
    unit_id: UUID | None
    acting: bool
    valid_from: date
    valid_to: date | None


class HeldRoleOut(RoleOut):
    """A role with the person who holds it."""

    example: ClassVar[dict[str, Any]] = {
        "name": "Robin Berg",
        "email": "robin.berg@ekhult.example",
        "has_password": True,
    }

    name: str
    email: str
    has_password: bool


def _out(row: Any) -> RoleOut:
    return told(RoleOut, row)


def _held(row: Any) -> HeldRoleOut:
    return told(HeldRoleOut, row, version=_out(row).version)


class PeopleApi(Controller):
    """The huvudman's people."""

    path = "/api/v1/organizers/{organizer:str}/people"
    tags = ("Personer",)

    @read(needs=Right.MANAGE_PEOPLE, summary="List the roles with their people")
    def list_roles(self, pages: GivenPages, call: GivenCall) -> Response[list[HeldRoleOut]]:
        """Return all roles, past and coming too, by the person's name."""
        return pages.answer(queries.assignments_of(*call.where, part=pages.part()), _held)

    @create(needs=Right.MANAGE_PEOPLE, summary="Give someone a first role")
    def add_person(self, data: JSONBody[PersonForm], call: GivenCall) -> RoleOut:
        """Add a person with a role; who has an account already gets the role only."""
        return _out(people.add_person(*call.who, organizer_id=call.organizer_id, form=data))

    @create("/{person_id:uuid}/roles", needs=Right.MANAGE_PEOPLE, summary="Give one more role")
    def give_post(
        self, data: JSONBody[PostForm], person_id: FromPath[UUID], call: GivenCall
    ) -> RoleOut:
        """Give a person who works here one more role."""
        if not queries.assignments_of(*call.where, person_id=person_id):
            raise Missing
        made = people.give_post(
            *call.who, organizer_id=call.organizer_id, person_id=person_id, form=data
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
        call: GivenCall,
        if_match: IfMatch = None,
    ) -> None:
        """Let a role end after its last day, or go on without one; one not begun is taken away."""
        held = queries.assignment_of(*call.where, person_id, role_id)
        held = call.on(held, _out, if_match=if_match)
        people.set_last_day(*call.who, assignment=held, last_day=data.last_day, today=call.today)
