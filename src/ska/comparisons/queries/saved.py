"""Reading saved views."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from ska.access import Actor, Right, Role, visible
from ska.comparisons.queries.placesets import PlaceSet
from ska.db.parts import WHOLE, Part, in_parts
from ska.errors import Missing
from ska.organizers.groups import group_by_slug
from ska.organizers.models import GroupMember, Network, NetworkMember, PrincipalsGroup, SavedView
from ska.organizers.rules import GROUP

_IS_ITS_GROUP = (PrincipalsGroup.organizer_id == SavedView.organizer_id) & (
    PrincipalsGroup.id == SavedView.group_id
)
_ORDER = (SavedView.meeting_on.is_(None), SavedView.meeting_on, SavedView.name, SavedView.id)


def views_of(
    session: Session, actor: Actor, organizer_id: UUID, *, removed: bool = False
) -> Sequence[Any]:
    """Return (view, name of the network or group) that the person finds here.

    Those for a meeting come first.
    """
    query = _found(actor, organizer_id, removed=removed)
    return session.execute(
        query.add_columns(func.coalesce(Network.name, PrincipalsGroup.name))
        .outerjoin(Network, Network.id == SavedView.network_id)
        .outerjoin(PrincipalsGroup, _IS_ITS_GROUP)
        .order_by(*_ORDER)
    ).all()


def listed_views(
    session: Session, actor: Actor, organizer_id: UUID, *, part: Part = WHOLE
) -> Sequence[SavedView]:
    """Return the views that the person finds here, in the order they were made."""
    query = _found(actor, organizer_id, removed=False)
    return session.scalars(in_parts(session, query, (SavedView.id,), part)).all()


def views_here(session: Session, actor: Actor, organizer_id: UUID) -> Sequence[SavedView]:
    """Return the huvudman's own views that the person may open, by meeting and name.

    Those of every rektorsgrupp too, removed or not.
    """
    query = _reached(actor, organizer_id).where(SavedView.organizer_id == organizer_id)
    return session.scalars(query.order_by(*_ORDER)).all()


def group_compared(
    session: Session, actor: Actor, organizer_id: UUID, chosen: PlaceSet
) -> PrincipalsGroup | None:
    """Return the rektorsgrupp whose units are compared, None for any other set."""
    if chosen.units is None:
        return None
    return group_by_slug(session, actor, organizer_id, chosen.key.removeprefix(GROUP))


def view_by_id(session: Session, actor: Actor, organizer_id: UUID, view_id: UUID) -> SavedView:
    """Return a view that the person finds here, removed or not; raise Missing for any other."""
    found = session.scalar(_reached(actor, organizer_id).where(SavedView.id == view_id))
    if found is None:
        raise Missing
    return found


def own_view(session: Session, actor: Actor, organizer_id: UUID, view_id: UUID) -> SavedView:
    """Return a view of this very huvudman; what another has fixed is not changed here."""
    found = view_by_id(session, actor, organizer_id, view_id)
    if found.organizer_id != organizer_id:
        raise Missing
    return found


def _found(actor: Actor, organizer_id: UUID, *, removed: bool) -> Select[SavedView]:
    """Return what is on the person's lists: of rektorsgrupper only what is fixed in her own.

    Who sees to all groups finds what is fixed in any.
    """
    gone = SavedView.removed_at
    query = _reached(actor, organizer_id).where(gone.is_not(None) if removed else gone.is_(None))
    if actor.may_for(Right.SHARE, organizer_id, None):
        return query
    led = [one.unit_id for one in actor.assignments if one.role is Role.PRINCIPAL and one.unit_id]
    mine = visible(GroupMember, actor).where(GroupMember.unit_id.in_(led))
    ids = mine.with_only_columns(GroupMember.group_id)
    return query.where(or_(SavedView.group_id.is_(None), SavedView.group_id.in_(ids)))


def _reached(actor: Actor, organizer_id: UUID) -> Select[SavedView]:
    """Return one's own, those for all in the huvudman, and those fixed in networks and groups.

    Without the right to read here none of a network or a group, whatever is read elsewhere. A
    group that has ended keeps what it has fixed to itself until it is taken back.
    """
    ours = select(NetworkMember.network_id).where(
        NetworkMember.organizer_id == organizer_id, NetworkMember.is_member()
    )
    is_here = SavedView.organizer_id == organizer_id
    mine = is_here & (SavedView.person_id == actor.person_id)
    all_here = is_here & (SavedView.whose != "mine")
    fixed = SavedView.network_id.in_(ours) & SavedView.removed_at.is_(None)
    going_on = visible(PrincipalsGroup, actor).where(PrincipalsGroup.ended_at.is_(None))
    ids = going_on.correlate(None).with_only_columns(PrincipalsGroup.id)
    lasts = or_(SavedView.group_id.is_(None), SavedView.group_id.in_(ids))
    found = visible(SavedView, actor).where(or_(mine, all_here, fixed), lasts)
    may_read = actor.may(Right.READ, organizer_id)
    return found if may_read else found.where(~SavedView.is_of_some())
