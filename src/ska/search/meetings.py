"""Finding rektorsgrupper, networks, and what they have fixed for their meetings."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, String, cast, func, or_, select

from ska.access import Right, visible
from ska.core.text import _
from ska.organizers.meetings import WHOM, fixed_views
from ska.organizers.models import Network, NetworkMember, PrincipalsGroup, SavedView
from ska.search.asking import IN_TITLE, SWEDISH, Ask

KIND = "meeting"


def met_in(ask: Ask) -> list[Select[Any]]:
    """Return the queries of where people meet; none for who does not read the work."""
    if not ask.actor.may(Right.READ, ask.organizer.id):
        return []
    return [_groups(ask), _networks(ask), _views(ask)]


def _groups(ask: Ask) -> Select[Any]:
    group = PrincipalsGroup
    columns = ask.row(
        KIND, group.id, _("Rektorsgrupp"), group.name, None,
        ask.path("/rektorsgrupper/", group.slug),
    )  # fmt: skip
    found = visible(group, ask.actor).with_only_columns(*columns, _rank(ask, group.name))
    return found.where(
        group.organizer_id == ask.organizer.id,
        group.ended_at.is_(None),
        _holds(ask, group.name),
    )


def _networks(ask: Ask) -> Select[Any]:
    network = Network
    columns = ask.row(
        KIND, network.id, _("Nätverk"), network.name, None, ask.path("/natverk/", network.slug)
    )
    return (
        select(*columns, _rank(ask, network.name))
        .join(NetworkMember, NetworkMember.network_id == network.id)
        .where(
            NetworkMember.organizer_id == ask.organizer.id,
            NetworkMember.is_member(),
            _holds(ask, network.name),
        )
    )


def _views(ask: Ask) -> Select[Any]:
    """What is fixed, by its own name or by that of those who meet."""
    view = SavedView
    day = func.coalesce(cast(view.meeting_on, String), "")
    named = view.name.concat(" ").concat(WHOM)
    text = WHOM.concat(" ").concat(day)
    path = ask.path("/jamfor/vyer/", cast(view.id, String))
    columns = ask.row(KIND, view.id, _("Vy till ett möte"), view.name, text, path)
    found = fixed_views(ask.actor, ask.organizer.id)
    return found.with_only_columns(*columns, _rank(ask, named)).where(_holds(ask, named))


def _holds(ask: Ask, title: Any) -> Any:
    words = func.to_tsvector(SWEDISH, title)
    return or_(words.op("@@")(ask.tsquery), ask.titled(title))


def _rank(ask: Ask, title: Any) -> Any:
    words = func.to_tsvector(SWEDISH, title)
    return (ask.rank(words, title) + IN_TITLE).label("rank")
