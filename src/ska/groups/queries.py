"""What the pages of rektorsgrupper show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from ska.access import Actor
from ska.accounts.queries import principals_of
from ska.comparisons.queries.keeping import path_of
from ska.comparisons.queries.saved import view_by_id, views_here
from ska.core.swedish import join_words, sort_key
from ska.core.text import _
from ska.errors import Missing
from ska.groups.forms import GroupForm
from ska.organizers.dependencies import Place
from ska.organizers.groups import group_by_slug, groups_of, is_in, may_lead
from ska.organizers.models import PrincipalsGroup, SavedView, SchoolUnit
from ska.organizers.queries import unit_names
from ska.organizers.rules import Meetings, meetings_of


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
class Fixed:
    """A view that a group looks at; *address* is the comparison's, with all that it asks for."""

    id: UUID
    name: str
    made_by: str
    meeting_on: date | None
    address: str


@dataclass(frozen=True)
class GroupView:
    """A group's page; *all_units* are those that it may be of, *released* what it has let go."""

    group: PrincipalsGroup
    members: tuple[InGroup, ...]
    all_units: Sequence[SchoolUnit]
    meetings: Meetings[Fixed]
    released: tuple[Fixed, ...]
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
    views = views_here(session, actor, organizer_id)
    live, gone = _fixed(group, views, place.path)
    meetings = meetings_of(live, place.today)
    return GroupView(group, members, units, meetings, gone, may_lead(actor, group))


def _fixed(
    group: PrincipalsGroup, views: Sequence[SavedView], path: str
) -> tuple[list[Fixed], tuple[Fixed, ...]]:
    """Return what the group looks at, and what it has released, the latest first."""
    own = [one for one in views if one.group_id == group.id]
    gone = [(one.removed_at, one) for one in own if one.removed_at is not None]
    latest = sorted(gone, key=lambda pair: pair[0], reverse=True)
    live = [_told(one, path) for one in own if one.removed_at is None]
    return live, tuple(_told(one, path) for _at, one in latest)


def _told(one: SavedView, path: str) -> Fixed:
    at = f"{path}{path_of(one.question)}"
    return Fixed(one.id, one.name, one.made_by, one.meeting_on, at)


def views_to_fix(session: Session, actor: Actor, organizer_id: UUID) -> list[SavedView]:
    """Return the saved views that a group may look at: the person's own, and those for others."""
    views = views_here(session, actor, organizer_id)
    return [one for one in views if one.group_id is None and one.removed_at is None]


def fixed_view(session: Session, actor: Actor, group: PrincipalsGroup, view_id: UUID) -> SavedView:
    """Return a view that the group looks at or has released; raise Missing for any other."""
    view = view_by_id(session, actor, group.organizer_id, view_id)
    if view.group_id != group.id:
        raise Missing
    return view


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
