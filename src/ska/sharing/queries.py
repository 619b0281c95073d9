"""Reading networks: who is in them, what is shared, and who has read our copies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from ska.access import Actor, Right, visible
from ska.core.swedish import sort_key
from ska.errors import Missing
from ska.organizers.models import Network, NetworkMember, Organizer
from ska.sharing.models import ShareGrant, ShareViewing


@dataclass(frozen=True)
class Member:
    """A huvudman in a network; one that is only invited has no *since*.

    *numbers* are those that sources of statistics know it by, where they were asked for.
    """

    id: UUID
    slug: str
    name: str
    since: date | None
    is_coordinator: bool
    numbers: tuple[str | None, ...] = ()


@dataclass(frozen=True)
class Viewed:
    """Who has read a copy of ours, how many times on how many days, and the latest of them."""

    grant_id: UUID
    viewer: str
    person: str
    times: int
    days: int
    latest: date


@dataclass(frozen=True)
class SharedItem:
    """One thing in a network: who shares it, who does not, and our own grant if we do."""

    name: str
    title: str
    grants: tuple[ShareGrant, ...]
    sharing: tuple[Member, ...]
    withholding: tuple[Member, ...]
    own: ShareGrant | None


@dataclass(frozen=True)
class NetworkRow:
    """A network on the list; the huvudman is a member or only invited."""

    network: Network
    is_member: bool
    members: int
    shared: int


@dataclass(frozen=True)
class NetworkView:
    """A network with its people's huvudmän, what is shared there and who has read ours."""

    network: Network
    me: Member
    members: tuple[Member, ...]
    items: tuple[SharedItem, ...]
    viewed: tuple[Viewed, ...]

    @property
    def joined(self) -> tuple[Member, ...]:
        """Return the members in force."""
        return tuple(one for one in self.members if one.since is not None)


def networks_of(
    session: Session, actor: Actor, organizer_id: UUID, today: date
) -> list[NetworkRow]:
    """Return the huvudman's networks and the invitations that wait, by name."""
    mine = select(NetworkMember.network_id, NetworkMember.valid_from).where(
        NetworkMember.organizer_id == organizer_id, NetworkMember.valid_to.is_(None)
    )
    own = mine.subquery()
    members = (
        select(func.count())
        .where(NetworkMember.network_id == Network.id, NetworkMember.is_member())
        .scalar_subquery()
    )
    shared = (
        live(actor, today)
        .where(ShareGrant.network_id == Network.id)
        .with_only_columns(func.count(ShareGrant.item.distinct()))
        .scalar_subquery()
    )
    rows = session.execute(
        select(Network, own.c.valid_from, members, shared).join(own, own.c.network_id == Network.id)
    )
    found = [NetworkRow(one, since is not None, count, items) for one, since, count, items in rows]
    return sorted(found, key=lambda row: sort_key(row.network.name))


def joined_networks(session: Session, actor: Actor, organizer_id: UUID) -> dict[UUID, str]:
    """Return the names of the networks that the person reads in, by their ids; ordered by name.

    Those that the huvudman is a member of, for whoever reads what networks share.
    """
    if not actor.may(Right.READ, organizer_id):
        return {}
    rows = session.execute(
        select(Network.id, Network.name)
        .join(NetworkMember, NetworkMember.network_id == Network.id)
        .where(NetworkMember.organizer_id == organizer_id, NetworkMember.is_member())
    )
    ordered = sorted(rows, key=lambda row: (sort_key(row.name), row.id))
    return {row.id: row.name for row in ordered}


def network_by_slug(
    session: Session, organizer_id: UUID, slug: str
) -> tuple[Network, tuple[Member, ...]]:
    """Return a network that the huvudman is in or invited to, with everyone in it, by name.

    Raises Missing for one that the huvudman has nothing to do with.
    """
    rows = session.execute(
        select(Network, NetworkMember, Organizer.slug, Organizer.name)
        .join(NetworkMember, NetworkMember.network_id == Network.id)
        .join(Organizer, Organizer.id == NetworkMember.organizer_id)
        .where(Network.slug == slug, NetworkMember.valid_to.is_(None))
    ).all()
    members = [member_of(one, net, at, name) for net, one, at, name in rows]
    if organizer_id not in {one.id for one in members}:
        raise Missing
    return rows[0][0], tuple(sorted(members, key=lambda one: sort_key(one.name)))


def member_of(one: NetworkMember, network: Network, slug: str, name: str) -> Member:
    """Return a huvudman as the network sees it."""
    is_coordinator = one.organizer_id == network.coordinator_id
    return Member(one.organizer_id, slug, name, one.valid_from, is_coordinator)


def network_view(
    session: Session, actor: Actor, organizer_id: UUID, slug: str, today: date
) -> NetworkView:
    """Return a network's page; one that is only invited sees the members and nothing shared."""
    network, members = network_by_slug(session, organizer_id, slug)
    me = next(one for one in members if one.id == organizer_id)
    items: tuple[SharedItem, ...] = ()
    viewed: tuple[Viewed, ...] = ()
    if me.since is not None:
        joined = [one for one in members if one.since is not None]
        grants = grants_in(session, actor, network.id, joined, today)
        items = _items(grants, joined, organizer_id)
        viewed = _viewed(session, actor, organizer_id, network.id)
    return NetworkView(network, me, members, items, viewed)


@dataclass(frozen=True)
class SharedTitle:
    """Something that is shared in one of the huvudman's networks, by how many, and if by us."""

    item: str
    title: str
    network: str
    name: str
    givers: int
    is_ours: bool


def shared_titles(
    session: Session, actor: Actor, organizer_id: UUID, today: date
) -> list[SharedTitle]:
    """Return what is shared today in the networks that the huvudman is in, by title."""
    mine = select(NetworkMember.network_id).where(
        NetworkMember.organizer_id == organizer_id, NetworkMember.is_member()
    )
    rows = session.execute(
        live(actor, today)
        .join(Network, Network.id == ShareGrant.network_id)
        .where(ShareGrant.network_id.in_(mine))
        .with_only_columns(
            ShareGrant.item,
            func.min(ShareGrant.title),
            Network.slug,
            Network.name,
            func.count(),
            func.bool_or(ShareGrant.organizer_id == organizer_id),
        )
        .group_by(ShareGrant.item, Network.slug, Network.name)
    )
    return sorted((SharedTitle(*row) for row in rows), key=lambda one: sort_key(one.title))


def grants_in(
    session: Session,
    actor: Actor,
    network_id: UUID,
    members: Sequence[Member],
    today: date,
) -> Sequence[ShareGrant]:
    """Return what the members share in the network today."""
    query = live(actor, today).where(
        ShareGrant.network_id == network_id,
        ShareGrant.organizer_id.in_([one.id for one in members]),
    )
    return session.scalars(query.order_by(ShareGrant.title, ShareGrant.id)).all()


def own_grants(session: Session, actor: Actor, organizer_id: UUID) -> Sequence[ShareGrant]:
    """Return what the huvudman shares or has shared, oldest first."""
    query = visible(ShareGrant, actor).where(ShareGrant.organizer_id == organizer_id)
    return session.scalars(query.order_by(ShareGrant.id)).all()


def countings(session: Session, actor: Actor, today: date) -> list[str]:
    """Return how those who share in the huvudman's networks say that they count, by name."""
    query = live(actor, today).where(ShareGrant.definition != "")
    told = session.scalars(query.with_only_columns(ShareGrant.definition).distinct())
    return sorted(told, key=sort_key)


def live(actor: Actor, today: date) -> Select[Any]:
    """Return the question for the grants in force that the person may see."""
    live: ColumnElement[bool] = ShareGrant.withdrawn_at.is_(None) & (ShareGrant.until >= today)
    return visible(ShareGrant, actor).where(live)


def _items(
    grants: Sequence[ShareGrant], members: Sequence[Member], organizer_id: UUID
) -> tuple[SharedItem, ...]:
    names = dict.fromkeys(one.item for one in grants)
    found = []
    for name in names:
        of_item = tuple(one for one in grants if one.item == name)
        givers = {one.organizer_id for one in of_item}
        found.append(
            SharedItem(
                name,
                of_item[0].title,
                of_item,
                tuple(one for one in members if one.id in givers),
                tuple(one for one in members if one.id not in givers),
                next((one for one in of_item if one.organizer_id == organizer_id), None),
            )
        )
    return tuple(found)


def _viewed(
    session: Session, actor: Actor, organizer_id: UUID, network_id: UUID
) -> tuple[Viewed, ...]:
    rows = session.execute(
        visible(ShareViewing, actor)
        .join(ShareGrant, ShareGrant.id == ShareViewing.grant_id)
        .where(ShareViewing.organizer_id == organizer_id, ShareGrant.network_id == network_id)
        .with_only_columns(
            ShareViewing.grant_id,
            ShareViewing.viewer,
            ShareViewing.person_name,
            func.sum(ShareViewing.times),
            func.count(ShareViewing.viewed_on.distinct()),
            func.max(ShareViewing.viewed_on),
        )
        .group_by(ShareViewing.grant_id, ShareViewing.viewer, ShareViewing.person_name)
        .order_by(func.max(ShareViewing.viewed_on).desc(), ShareViewing.person_name)
    )
    return tuple(Viewed(*row) for row in rows)
