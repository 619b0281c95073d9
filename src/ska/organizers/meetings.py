"""What rektorsgrupper and networks have fixed for their meetings, and where that leads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, String, case, false, literal, or_, select
from sqlalchemy.orm import Session

from ska.access import Actor, Right, Role, visible
from ska.core.calendar_year import Year
from ska.core.swedish import sort_key
from ska.core.text import _
from ska.organizers.models import (
    GroupMember,
    Network,
    NetworkMember,
    PrincipalsGroup,
    SavedView,
)
from ska.organizers.rules import (
    ALIKE,
    ALL,
    CHOSEN,
    COUNTY,
    GROUP,
    NETWORK,
    SIMILAR,
    SKR_GROUP,
    UNITS,
)

HOME = case(
    (SavedView.network_id.is_not(None), literal("natverk/", String).concat(Network.slug)),
    else_=literal("rektorsgrupper/", String).concat(PrincipalsGroup.slug),
)
"""The page of those who meet, after the huvudman's address."""
WHOM = case((SavedView.network_id.is_not(None), Network.name), else_=PrincipalsGroup.name)

PAGE = HOME.concat(literal(" ", String)).concat(WHOM)


AMONG_WORDS = {
    UNITS: _("Var och en ser sin egen huvudmans enheter."),
    SIMILAR: _("Var och en ser sin egen kommun och de kommuner som liknar den."),
    ALIKE: _("Var och en ser sin egen kommun och dem som är lika den i de valda måtten."),
    COUNTY: _("Var och en ser sin egen kommun och kommunerna i sitt eget län."),
    SKR_GROUP: _("Var och en ser sin egen kommun och kommunerna i sin egen SKR-grupp."),
    ALL: _("Var och en ser sin egen kommun bland alla kommuner."),
    CHOSEN: _("Var och en ser sin egen kommun bredvid dem som är valda."),
}
"""Whose numbers who opens a fixed view will see, by the set that the view compares in."""


@dataclass(frozen=True)
class Meeting:
    """Those who meet on a day, their page, and the views they look at: names with addresses."""

    day: date
    name: str
    href: str
    views: tuple[tuple[str, str], ...]


def fixed_views(actor: Actor, organizer_id: UUID) -> Select[Any]:
    """Return the query of the views that are fixed where the person is a member.

    Of every network of the huvudman, for those who read the work; of the rektorsgrupper of the
    units where she is rektor, and of all for those who see to them. *HOME* and *WHOM* may be asked
    of it.
    """
    ours = select(NetworkMember.network_id).where(
        NetworkMember.organizer_id == organizer_id, NetworkMember.is_member()
    )
    may_read = actor.may(Right.READ, organizer_id)
    return (
        visible(SavedView, actor)
        .outerjoin(Network, Network.id == SavedView.network_id)
        .outerjoin(
            PrincipalsGroup,
            (PrincipalsGroup.organizer_id == SavedView.organizer_id)
            & (PrincipalsGroup.id == SavedView.group_id),
        )
        .where(
            SavedView.removed_at.is_(None),
            or_(
                SavedView.network_id.in_(ours),
                (SavedView.organizer_id == organizer_id)
                & SavedView.group_id.in_(_groups(actor, organizer_id)),
            )
            if may_read
            else false(),
        )
    )


def _groups(actor: Actor, organizer_id: UUID) -> Select[Any]:
    """Return the query of the groups that go on and that the person is in or sees to."""
    going_on = visible(PrincipalsGroup, actor).where(
        PrincipalsGroup.organizer_id == organizer_id, PrincipalsGroup.ended_at.is_(None)
    )
    if not actor.may_for(Right.SHARE, organizer_id, None):
        led = [
            one.unit_id for one in actor.assignments if one.role is Role.PRINCIPAL and one.unit_id
        ]
        mine = visible(GroupMember, actor).where(GroupMember.unit_id.in_(led))
        going_on = going_on.where(
            PrincipalsGroup.id.in_(mine.with_only_columns(GroupMember.group_id))
        )
    return going_on.correlate(None).with_only_columns(PrincipalsGroup.id)


def fixed_ahead(actor: Actor, organizer_id: UUID, today: date) -> Select[Any]:
    """Return the query of what is fixed for the next meetings; *PAGE* may be asked of it."""
    coming = fixed_views(actor, organizer_id).where(SavedView.meeting_on >= today)
    return coming.order_by(SavedView.meeting_on, SavedView.id).limit(12)


def fixed_in_year(actor: Actor, organizer_id: UUID, year: Year) -> Select[Any]:
    """Return the query of what is fixed for days of a year, in the columns of `as_meetings`."""
    return (
        fixed_views(actor, organizer_id)
        .where(SavedView.meeting_on.between(year.first_day, year.last_day))
        .with_only_columns(
            SavedView.id,
            SavedView.name,
            SavedView.meeting_on.label("day"),
            HOME.label("home"),
            WHOM.label("whom"),
        )
    )


def as_meetings(rows: Iterable[Sequence[Any]], path: str) -> list[Meeting]:
    """Return the meetings of rows of (view's id, its name, day, whose page, who meets), by day."""
    found: dict[tuple[date, str, str], list[tuple[str, str]]] = {}
    for id, name, day, home, whom in sorted(rows, key=_by_day):
        views = found.setdefault((day, whom, f"{path}/{home}"), [])
        views.append((name, f"{path}/jamfor/vyer/{id}"))
    return [Meeting(*where, views=tuple(views)) for where, views in found.items()]


def _by_day(row: Sequence[Any]) -> tuple[date, str, str]:
    _id, name, day, _home, whom = row
    return day, sort_key(whom), sort_key(name)


@dataclass(frozen=True)
class FixedView:
    """A view on the page of a network; *shows* says whose numbers each member sees in it."""

    id: UUID
    name: str
    made_by: str
    meeting_on: date | None
    shows: str


def views_of_network(
    session: Session, actor: Actor, organizer_id: UUID, network_id: UUID
) -> list[FixedView]:
    """Return what a network of the huvudman has fixed."""
    rows = session.execute(
        fixed_views(actor, organizer_id)
        .where(SavedView.network_id == network_id)
        .with_only_columns(
            SavedView.id,
            SavedView.name,
            SavedView.made_by,
            SavedView.meeting_on,
            SavedView.question,
        )
    )
    return [
        FixedView(id, name, made_by, day, whose_numbers(question))
        for id, name, made_by, day, question in rows
    ]


def whose_numbers(question: Mapping[str, Any]) -> str:
    """Return whose numbers who opens a fixed view will see."""
    among = str(question.get("vilka", ""))
    if among.startswith(GROUP):
        return _("Alla ser gruppens enheter.")
    if among.startswith(NETWORK):
        return _("Var och en ser det som delas i nätverket, när den egna huvudmannen delar det.")
    if among.startswith(SIMILAR):
        among = SIMILAR  # there is one for each kind of school
    return AMONG_WORDS.get(among, _("Var och en ser sin egen huvudmans siffror."))
