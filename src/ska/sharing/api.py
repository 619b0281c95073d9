"""Networks for programs: the same services and rules as the pages."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

import msgspec
from litestar import Controller, Response
from litestar.params import FromPath, JSONBody

from ska.access import Right
from ska.organizers.dependencies import Call, GivenCall
from ska.organizers.models import Network
from ska.sharing import networks
from ska.sharing.forms import InvitationForm, NetworkForm
from ska.sharing.queries import (
    NetworkRow,
    NetworkView,
    SharedItem,
    network_by_slug,
    network_view,
    networks_of,
)
from ska.web.answers import told
from ska.web.paging import GivenPages
from ska.web.routing import create, read, remove, replace
from ska.web.versions import IfMatch, Stamped, must_match, tagged


class NetworkOut(msgspec.Struct):
    """A network on the list; one that the huvudman is only invited to is not joined."""

    example: ClassVar[dict[str, Any]] = {
        "slug": "natverk-mellanslatt",
        "name": "Nätverk Mellanslätt",
        "joined": True,
        "members": 6,
        "shared": 1,
    }

    slug: str
    name: str
    joined: bool
    members: int
    shared: int


class MemberOut(msgspec.Struct):
    """A huvudman in a network; without *since* it is only invited."""

    example: ClassVar[dict[str, Any]] = {"name": "Lindåsa", "is_coordinator": True}

    name: str
    since: date | None
    is_coordinator: bool


class SharedOut(msgspec.Struct):
    """One thing that is shared in a network, by whom, and who has chosen not to."""

    example: ClassVar[dict[str, Any]] = {
        "item": "gr-alla-amnen-ak6",
        "title": "Lägst betyget E i samtliga ämnen, årskurs 6",
        "sharing": ["Ekhult", "Lindåsa"],
        "withholding": ["Granåsa"],
    }

    item: str
    title: str
    sharing: list[str]
    withholding: list[str]
    own_share_id: UUID | None


class ViewedOut(msgspec.Struct):
    """Someone who has read a copy of the huvudman's: how many times, on how many days."""

    example: ClassVar[dict[str, Any]] = {
        "viewer": "Lindåsa",
        "person": "Ida Holm",
        "times": 5,
        "days": 2,
    }

    share_id: UUID
    viewer: str
    person: str
    times: int
    days: int
    latest: date


class NetworkViewOut(msgspec.Struct):
    """A network with its members, what is shared there, and who has read the huvudman's copies."""

    example: ClassVar[dict[str, Any]] = {
        "slug": "natverk-mellanslatt",
        "name": "Nätverk Mellanslätt",
    }

    slug: str
    name: str
    members: list[MemberOut]
    shared: list[SharedOut]
    viewed: list[ViewedOut]


class MembershipOut(Stamped):
    """The huvudman's own place in a network; without *since* an invitation waits for its answer."""

    example: ClassVar[dict[str, Any]] = {
        "network": "natverk-mellanslatt",
        "version": "0f3c9a417be2d856",
    }

    network: str
    since: date | None


class NetworkApi(Controller):
    """The huvudman's networks."""

    path = "/api/v1/organizers/{organizer:str}/networks"
    tags = ("Nätverk",)

    @read(needs=Right.READ, summary="List the networks")
    def list_networks(self, call: GivenCall, pages: GivenPages) -> Response[list[NetworkOut]]:
        """Return the networks that the huvudman is in or invited to, by name."""
        rows = networks_of(*call.where, call.today)
        return pages.of(rows, _listed, lambda row: row.network.slug)

    @create(needs=Right.SHARE, summary="Form a network")
    def form_network(self, data: JSONBody[NetworkForm], call: GivenCall) -> NetworkOut:
        """Form a network that the huvudman coordinates; 409 when the name is taken."""
        made = networks.form_network(
            *call.who, organizer=call.place.organizer, form=data, today=call.today
        )
        return NetworkOut(made.slug, made.name, joined=True, members=1, shared=0)

    @read("/{network:str}", needs=Right.READ, summary="Read a network")
    def read_network(self, network: FromPath[str], call: GivenCall) -> NetworkViewOut:
        """Return members, what is shared and who has read; an invited huvudman sees members."""
        return _view(network_view(*call.where, network, call.today))

    @create("/{network:str}/invitations", needs=Right.SHARE, summary="Invite a huvudman")
    def invite(
        self, network: FromPath[str], data: JSONBody[InvitationForm], call: GivenCall
    ) -> MemberOut:
        """Invite a huvudman by its name, which answers for itself; the coordinator only."""
        found, _members = network_by_slug(call.session, call.organizer_id, network)
        guest = networks.invite(*call.who, organizer=call.place.organizer, network=found, form=data)
        return MemberOut(guest.name, None, is_coordinator=False)

    @read("/{network:str}/membership", needs=Right.READ, summary="Read the own membership")
    def read_membership(self, network: FromPath[str], call: GivenCall) -> Response[MembershipOut]:
        """Return since when the huvudman is in the network, or that it is invited."""
        return tagged(_membership(call, network)[0])

    @replace("/{network:str}/membership", needs=Right.SHARE, summary="Join a network")
    def join(
        self, network: FromPath[str], call: GivenCall, if_match: IfMatch = None
    ) -> Response[MembershipOut]:
        """Say yes to an invitation; 409 for a member."""
        out, found = _membership(call, network)
        must_match(if_match, out.version)
        networks.answer_invitation(
            *call.who, organizer_id=call.organizer_id, network=found, yes=True, today=call.today
        )
        return tagged(MembershipOut(network=network, since=call.today))

    @remove("/{network:str}/membership", needs=Right.SHARE, summary="Leave or decline a network")
    def leave(self, network: FromPath[str], call: GivenCall, if_match: IfMatch = None) -> None:
        """Leave a network, and withdraw what is shared there; or decline an invitation."""
        out, found = _membership(call, network)
        must_match(if_match, out.version)
        us, today = call.organizer_id, call.today
        if out.since is None:
            networks.answer_invitation(
                *call.who, organizer_id=us, network=found, yes=False, today=today
            )
        else:
            networks.leave(*call.who, organizer_id=us, network=found, today=today)


def _listed(one: NetworkRow) -> NetworkOut:
    return NetworkOut(one.network.slug, one.network.name, one.is_member, one.members, one.shared)


def _membership(call: Call, slug: str) -> tuple[MembershipOut, Network]:
    found, members = network_by_slug(call.session, call.organizer_id, slug)
    me = next(one for one in members if one.id == call.organizer_id)
    return MembershipOut(network=slug, since=me.since), found


def _view(view: NetworkView) -> NetworkViewOut:
    return NetworkViewOut(
        view.network.slug,
        view.network.name,
        [MemberOut(one.name, one.since, one.is_coordinator) for one in view.members],
        [_shared(one) for one in view.items],
        [told(ViewedOut, one, share_id=one.grant_id) for one in view.viewed],
    )


def _shared(one: SharedItem) -> SharedOut:
    return SharedOut(
        one.name,
        one.title,
        [member.name for member in one.sharing],
        [member.name for member in one.withholding],
        one.own.id if one.own else None,
    )
