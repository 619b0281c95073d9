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
from ska.db.session import lock
from ska.errors import Missing
from ska.organizers.dependencies import GivenPlace
from ska.web.dependencies import GivenActor, GivenSession, GivenToday
from ska.web.paging import GivenPages
from ska.web.routing import change, create, read
from ska.web.versions import IfMatch, Stamped, must_be


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


ROLE = ("id", "person_id", "role", "unit_id", "acting", "valid_from", "valid_to")
PERSON = ("name", "email", "has_password")


def _out(row: Any) -> RoleOut:
    return RoleOut(**{name: getattr(row, name) for name in ROLE})


def _held(row: Any) -> HeldRoleOut:
    return HeldRoleOut(
        **{name: getattr(row, name) for name in (*ROLE, *PERSON)}, version=_out(row).version
    )


class PeopleApi(Controller):
    """The huvudman's people."""

    path = "/api/v1/organizers/{organizer:str}/people"
    tags = ["Personer"]  # noqa: RUF012

    @read(needs=Right.MANAGE_PEOPLE, summary="List the roles with their people")
    def list_roles(
        self,
        pages: GivenPages,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Response[list[HeldRoleOut]]:
        """Return all roles, past and coming too, by the person's name."""
        rows = queries.assignments_of(session, actor, place.organizer.id)
        page, headers = pages.of(rows)
        return Response([_held(row) for row in page], headers=headers)

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
    def set_last_day(  # noqa: PLR0913, PLR0917  # what the framework hands over, named
        self,
        data: JSONBody[LastDayForm],
        person_id: FromPath[UUID],
        role_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
        if_match: IfMatch = None,
    ) -> None:
        """Let a role end after its last day, or go on without one; one not begun is taken away."""
        held = queries.assignment_of(session, actor, place.organizer.id, person_id, role_id)
        if held is None:
            raise Missing
        must_be(if_match, _out(lock(session, held)))
        people.set_last_day(session, actor, assignment=held, last_day=data.last_day, today=today)
