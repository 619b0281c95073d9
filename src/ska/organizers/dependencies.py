"""Where the address points: the last link of the chain session → actor → place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from litestar import Request
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import SkipValidation

from ska.access import Actor, Right
from ska.core.school_year import SchoolYear
from ska.core.text import _
from ska.db.session import ScopedSession
from ska.errors import Missing, NotAllowed
from ska.organizers import queries
from ska.organizers.models import Organizer
from ska.web.dependencies import GivenActor, GivenScopedSession, closed_on_refusal
from ska.web.once import claim


@dataclass(frozen=True)
class Place:
    """Where the address points: the huvudman, the school year, the day; unread notices there."""

    organizer: Organizer
    year: SchoolYear
    today: date
    unread: int = 0

    @property
    def path(self) -> str:
        """Return the address of the huvudman's pages."""
        return f"/{self.organizer.slug}"

    @property
    def year_path(self) -> str:
        """Return the address of the huvudman's pages of the year."""
        return f"/{self.organizer.slug}/{self.year.slug}"


def _year(request: Request[Any, Any, State], today: date) -> SchoolYear:
    written = request.path_params.get("year")
    if written is None:
        return SchoolYear.containing(today)
    try:
        year = SchoolYear.parse(str(written))
    except ValueError as error:
        raise Missing from error
    if year.slug != written:
        raise Missing
    return year


def provide_place(
    session: GivenScopedSession,
    actor: GivenActor,
    request: Request[Any, Any, State],
    state: State,
) -> Place:
    """Give the huvudman and the year of the address, and check the route's `needs` there.

    A huvudman where the person has no role does not exist: Missing. One where the role is not
    enough answers NotAllowed.
    """
    with closed_on_refusal(session):
        return _where(session, actor, request, state)


def _where(
    session: ScopedSession, actor: Actor, request: Request[Any, Any, State], state: State
) -> Place:
    slug = str(request.path_params["organizer"])
    found = queries.organizer_and_unread(session, actor, slug)
    if found is None or found[0].id not in actor.organizers:
        raise Missing
    organizer, unread = found
    today = state.clock().date()
    place = Place(organizer, _year(request, today), today, unread)
    request.state.place = place
    needs = request.route_handler.opt["needs"]
    if isinstance(needs, Right) and not actor.may(needs, organizer.id):
        raise NotAllowed(_("Din roll räcker inte till det här. Be den som har rollen om hjälp."))
    session.limit_to(actor.scope(organizer.id))
    claim(session, request, actor, organizer.id)
    return place


GivenPlace = NamedDependency[SkipValidation[Place]]
