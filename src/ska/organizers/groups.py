"""Reading rektorsgrupper: which a huvudman has, whose they are, and who leads them."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Select
from sqlalchemy.orm import Session, joinedload

from ska.access import Actor, Right, visible
from ska.core.swedish import sort_key
from ska.errors import found
from ska.organizers.models import PrincipalsGroup

_LEADS = Right.ANALYSE


def groups_of(session: Session, actor: Actor, organizer_id: UUID) -> list[PrincipalsGroup]:
    """Return the huvudman's groups with their members, by name; those that have ended too."""
    groups = session.scalars(_groups(actor, organizer_id)).unique().all()
    return sorted(groups, key=lambda one: (sort_key(one.name), one.id))


def group_by_slug(session: Session, actor: Actor, organizer_id: UUID, slug: str) -> PrincipalsGroup:
    """Return a group with its members, ended or not; raise Missing without it."""
    query = _groups(actor, organizer_id).where(PrincipalsGroup.slug == slug)
    return found(session.scalars(query).unique().one_or_none())


def may_lead(actor: Actor, group: PrincipalsGroup) -> bool:
    """Tell whether the person sees to the group: all groups here, or the one that she leads."""
    where, unit = group.organizer_id, group.leading_unit
    if actor.may_for(Right.SHARE, where, None):
        return True
    # A token may say less than the role, so the right is asked for too.
    return unit is not None and actor.leads(where, unit) and actor.may_for(_LEADS, where, unit)


def is_in(actor: Actor, group: PrincipalsGroup) -> bool:
    """Tell whether the person is the rektor of any unit of the group."""
    return any(actor.leads(group.organizer_id, one.unit_id) for one in group.members)


def _groups(actor: Actor, organizer_id: UUID) -> Select[PrincipalsGroup]:
    return (
        visible(PrincipalsGroup, actor)
        .where(PrincipalsGroup.organizer_id == organizer_id)
        .options(joinedload(PrincipalsGroup.members))
    )
