"""Rektorsgrupper for programs: the same services and rules as the pages."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from litestar import Controller, Response
from litestar.params import FromPath, JSONBody

from ska.access import Right
from ska.db.session import lock
from ska.groups import services
from ska.groups.forms import GroupForm
from ska.organizers.dependencies import Call, GivenCall
from ska.organizers.groups import group_by_slug, groups_of
from ska.organizers.models import PrincipalsGroup
from ska.web.answers import told
from ska.web.paging import GivenPages
from ska.web.routing import act, create, read, remove, replace
from ska.web.versions import IfMatch, Stamped, must_match, tagged


class GroupOut(Stamped):
    """A rektorsgrupp: its units, and the one whose rektor leads it, if any does."""

    example: ClassVar[dict[str, Any]] = {
        "slug": "rektorsgruppen-f6",
        "name": "Rektorsgruppen F–6",
        "ended": False,
        "version": "0f3c9a417be2d856",
    }

    id: UUID
    slug: str
    name: str
    units: list[UUID]
    leader: UUID | None
    ended: bool


class GroupApi(Controller):
    """The rektorsgrupper of the huvudman."""

    path = "/api/v1/organizers/{organizer:str}/groups"
    tags = ("Jämför",)

    @read(needs=Right.READ, summary="List the principals' groups")
    def list_groups(self, pages: GivenPages, call: GivenCall) -> Response[list[GroupOut]]:
        """Return the groups by name, those that have ended too."""
        return pages.of(groups_of(*call.where), _out, lambda one: one.slug)

    @create(needs=Right.SHARE, summary="Start a principals' group")
    def start_group(self, data: JSONBody[GroupForm], call: GivenCall) -> GroupOut:
        """Start a group of the rektorer of some units; 409 when the name is taken."""
        made = services.start_group(
            *call.who, organizer_id=call.organizer_id, form=data, today=call.today
        )
        return _out(made)

    @read("/{group:str}", needs=Right.READ, summary="Read a principals' group")
    def read_group(self, group: FromPath[str], call: GivenCall) -> Response[GroupOut]:
        """Return a group with its print as ETag."""
        return tagged(_out(group_by_slug(*call.where, group)))

    @replace("/{group:str}", needs=Right.ANALYSE, summary="Change a principals' group")
    def change_group(
        self,
        group: FromPath[str],
        data: JSONBody[GroupForm],
        call: GivenCall,
        if_match: IfMatch = None,
    ) -> Response[GroupOut]:
        """Say anew what it is called, which units are in it and who leads it."""
        one = _as_read(call, group, if_match)
        services.change_group(*call.who, group=one, form=data, seen=one.print, today=call.today)
        return tagged(_out(one))

    @remove("/{group:str}", needs=Right.ANALYSE, summary="End a principals' group")
    def end_group(self, group: FromPath[str], call: GivenCall, if_match: IfMatch = None) -> None:
        """End a group; it can be taken back."""
        services.end_group(*call.who, group=_as_read(call, group, if_match), now=call.now)

    @act("/{group:str}/restore", needs=Right.ANALYSE, summary="Take an ended group back")
    def restore_group(
        self, group: FromPath[str], call: GivenCall, if_match: IfMatch = None
    ) -> Response[GroupOut]:
        """Take a group back that has ended."""
        one = _as_read(call, group, if_match)
        services.restore_group(*call.who, group=one)
        return tagged(_out(one))


def _as_read(call: Call, slug: str, if_match: str | None) -> PrincipalsGroup:
    """Return the group, held for this act, when it is as the program read it."""
    group = lock(call.session, group_by_slug(*call.where, slug))
    call.session.refresh(group, ["members"])
    must_match(if_match, _out(group).version)
    return group


def _out(group: PrincipalsGroup) -> GroupOut:
    units = sorted((one.unit_id for one in group.members), key=str)
    is_ended = group.ended_at is not None
    return told(GroupOut, group, units=units, leader=group.leading_unit, ended=is_ended)
