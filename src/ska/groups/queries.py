"""What the pages of rektorsgrupper show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from ska.access import Actor
from ska.accounts.queries import principals_of
from ska.core.swedish import join_words, sort_key
from ska.core.text import _
from ska.groups.forms import GroupForm
from ska.organizers.dependencies import Place
from ska.organizers.groups import group_by_slug, groups_of, is_in, may_lead
from ska.organizers.models import PrincipalsGroup, SchoolUnit
from ska.organizers.queries import unit_names


@dataclass(frozen=True)
class GroupRow:
    """A group on the list, with its units by name; *is_mine* to the rektor of any of them."""

    group: PrincipalsGroup
    units: tuple[SchoolUnit, ...]
    is_mine: bool
    may_lead: bool


@dataclass(frozen=True)
class InGroup:
    """A unit in a group, with whoever is rektor there today; empty when nobody is."""

    unit: SchoolUnit
    principal: str
    leads: bool


@dataclass(frozen=True)
class GroupView:
    """A group's page; *all_units* are those that it may be of."""

    group: PrincipalsGroup
    members: tuple[InGroup, ...]
    all_units: Sequence[SchoolUnit]
    is_mine: bool
    may_lead: bool


def group_rows(
    session: Session, actor: Actor, organizer_id: UUID
) -> tuple[list[GroupRow], Sequence[SchoolUnit]]:
    """Return the huvudman's groups by name, those that have ended too, and all its units."""
    units = unit_names(session, actor, organizer_id)
    rows = [
        GroupRow(one, _of(one, units), is_in(actor, one), may_lead(actor, one))
        for one in groups_of(session, actor, organizer_id)
    ]
    return rows, units


def group_view(session: Session, actor: Actor, place: Place, slug: str) -> GroupView:
    """Return a group's page; raise Missing without it."""
    organizer_id = place.organizer.id
    group = group_by_slug(session, actor, organizer_id, slug)
    units = unit_names(session, actor, organizer_id)
    principals = principals_of(session, actor, organizer_id, place.today)
    leading = group.leading_unit
    members = tuple(
        InGroup(one, principals.get(one.id, ""), one.id == leading) for one in _of(group, units)
    )
    return GroupView(group, members, units, is_in(actor, group), may_lead(actor, group))


def _of(group: PrincipalsGroup, units: Sequence[SchoolUnit]) -> tuple[SchoolUnit, ...]:
    ids = {one.unit_id for one in group.members}
    return tuple(one for one in units if one.id in ids)


def differing_group(view: GroupView, form: GroupForm) -> list[dict[str, str]]:
    """Return what stands of the group beside what the person wrote, where they differ."""
    names = {one.id: one.name for one in view.all_units}
    nobody = _("ingen särskild")
    leading = view.group.leading_unit
    theirs = {names[one.unit.id] for one in view.members}
    mine = {names.get(one, "") for one in form.units}
    rows = [
        (_("Namn"), view.group.name, form.name),
        (_("Enheter"), _listed(theirs), _listed(mine)),
        (
            _("Vem som leder"),
            names[leading] if leading else nobody,
            names.get(form.leader, "") if form.leader else nobody,
        ),
    ]
    return [{"name": name, "theirs": now, "mine": said} for name, now, said in rows if now != said]


def _listed(names: set[str]) -> str:
    return join_words(sorted(names, key=sort_key))
