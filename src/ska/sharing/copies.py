"""Reading the copies that lie in a network, together with whose they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from ska.access import Actor, visible
from ska.core.swedish import sort_key
from ska.db.gather import Gathered, gather
from ska.errors import Missing
from ska.organizers.models import Network, NetworkMember, Organizer
from ska.sharing.models import SharedValue, ShareGrant
from ska.sharing.queries import Member, live, member_of


@dataclass(frozen=True)
class Copies:
    """What a network shares: the members in force, their grants, and the copies we may read.

    *beside* is what else was asked for.
    """

    network: Network
    members: tuple[Member, ...]
    grants: tuple[ShareGrant, ...]
    values: tuple[SharedValue, ...]
    beside: Gathered


def copied_at(organizer_id: UUID, slug: str, item: str) -> Any:
    """Return, as a part of a query, when the huvudman's own copy in a network was made."""
    return (
        select(ShareGrant.copied_at)
        .join(Network, Network.id == ShareGrant.network_id)
        .where(
            ShareGrant.organizer_id == organizer_id,
            ShareGrant.item == item,
            ShareGrant.withdrawn_at.is_(None),
            Network.slug == slug,
        )
        .scalar_subquery()
    )


def copies_in(
    session: Session,
    actor: Actor,
    organizer_id: UUID,
    slug: str,
    item: str | None,
    today: date,
    *,
    also: Sequence[Select[Any]] = (),
) -> Copies:
    """Return what a network shares of *item*, in one question; copies only to who shares it too.

    None is everything that it shares. *also* are queries that are asked in the same question.
    Raises Missing to who is no member of the network.
    """
    of_network = select(Network.id).where(Network.slug == slug).scalar_subquery()
    joined = select(NetworkMember).where(
        NetworkMember.network_id == of_network, NetworkMember.is_member()
    )
    members = joined.with_only_columns(NetworkMember.organizer_id)
    grants = live(actor, today).where(
        ShareGrant.network_id == of_network,
        ShareGrant.organizer_id.in_(members),
    )
    if item is not None:
        grants = grants.where(ShareGrant.item == item)
    ours = grants.where(ShareGrant.organizer_id == organizer_id).with_only_columns(ShareGrant.item)
    both = grants.where(ShareGrant.item.in_(ours.correlate(None)))
    found = gather(
        session,
        [
            select(Network).where(Network.slug == slug),
            joined,
            select(Organizer).where(Organizer.id.in_(members)),
            grants,
            visible(SharedValue, actor).where(
                SharedValue.grant_id.in_(both.with_only_columns(ShareGrant.id))
            ),
            *also,
        ],
    )
    if organizer_id not in {one.organizer_id for one in found.of(NetworkMember)}:
        raise Missing
    (network,) = found.of(Network)
    huvudman = {one.id: one for one in found.of(Organizer)}
    listed = [_member(one, network, huvudman[one.organizer_id]) for one in found.of(NetworkMember)]
    return Copies(
        network,
        tuple(sorted(listed, key=lambda one: sort_key(one.name))),
        tuple(found.of(ShareGrant)),
        tuple(found.of(SharedValue)),
        found,
    )


def _member(one: NetworkMember, network: Network, huvudman: Organizer) -> Member:
    numbers = (huvudman.municipality_code, huvudman.organisation_number)
    return replace(member_of(one, network, huvudman.slug, huvudman.name), numbers=numbers)
