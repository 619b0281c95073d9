"""Reading saved views."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from ska.access import Actor, Right, visible
from ska.comparisons.models import SavedView
from ska.db.parts import WHOLE, Part, in_parts
from ska.errors import Missing
from ska.organizers.models import Network, NetworkMember

_ORDER = (SavedView.meeting_on.is_(None), SavedView.meeting_on, SavedView.name, SavedView.id)


def views_of(
    session: Session, actor: Actor, organizer_id: UUID, *, removed: bool = False
) -> Sequence[Any]:
    """Return (view, network's name) that the person finds here, those for a meeting first."""
    query = _found(actor, organizer_id, removed=removed)
    return session.execute(
        query.add_columns(Network.name)
        .outerjoin(Network, Network.id == SavedView.network_id)
        .order_by(*_ORDER)
    ).all()


def listed_views(
    session: Session, actor: Actor, organizer_id: UUID, *, part: Part = WHOLE
) -> Sequence[SavedView]:
    """Return the views that the person finds here, in the order they were made."""
    query = _found(actor, organizer_id, removed=False)
    return session.scalars(in_parts(session, query, (SavedView.id,), part)).all()


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
    gone = SavedView.removed_at
    return _reached(actor, organizer_id).where(gone.is_not(None) if removed else gone.is_(None))


def _reached(actor: Actor, organizer_id: UUID) -> Select[SavedView]:
    """Return one's own, those for all in the huvudman, and those fixed in its networks.

    Without the right to read here none that compares in a network, whatever is read elsewhere.
    """
    ours = select(NetworkMember.network_id).where(
        NetworkMember.organizer_id == organizer_id, NetworkMember.is_member()
    )
    is_here = SavedView.organizer_id == organizer_id
    mine = is_here & (SavedView.person_id == actor.person_id)
    all_here = is_here & (SavedView.whose != "mine")
    fixed = SavedView.network_id.in_(ours) & SavedView.removed_at.is_(None)
    found = visible(SavedView, actor).where(or_(mine, all_here, fixed))
    may_read = actor.may(Right.READ, organizer_id)
    return found if may_read else found.where(~SavedView.is_of_some())
