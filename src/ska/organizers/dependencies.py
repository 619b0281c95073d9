"""Where the address points. Handlers of the API take session, actor and place as one: `call`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from litestar import Request
from litestar.datastructures import State
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.core.school_year import SchoolYear
from ska.core.text import _
from ska.db.session import lock
from ska.errors import Missing, NotAllowed, found
from ska.organizers.models import Organizer
from ska.web.versions import Versioned, must_match

T = TypeVar("T")
Asked = Request[Any, Any, State]


@dataclass(frozen=True)
class Place:
    """Where the address points: the huvudman, the school year, the day."""

    organizer: Organizer
    year: SchoolYear
    today: date

    @property
    def path(self) -> str:
        """Return the address of the huvudman's pages."""
        return f"/{self.organizer.slug}"

    @property
    def year_path(self) -> str:
        """Return the address of the huvudman's pages of the year."""
        return f"/{self.organizer.slug}/{self.year.slug}"


def _year(request: Asked) -> SchoolYear:
    written = str(request.path_params["year"])
    try:
        year = SchoolYear.parse(written)
    except ValueError as error:
        raise Missing from error
    if year.slug != written:
        raise Missing
    return year


def where(actor: Actor, organizer_of: Callable[[str], Organizer | None], request: Asked) -> None:
    """Note the huvudman and the year of the address, and check the route's `needs` there.

    A huvudman where the person has no role does not exist: Missing. One where the role is not
    enough answers NotAllowed.
    """
    organizer = organizer_of(str(request.path_params["organizer"]))
    if organizer is None or organizer.id not in actor.organizers:
        raise Missing
    today = request.app.state.clock().date()
    place = Place(organizer, SchoolYear.containing(today), today)
    request.state.place = place  # a year that is none loses nobody the menu
    if "year" in request.path_params:
        request.state.place = replace(place, year=_year(request))
    needs = request.route_handler.opt["needs"]
    if isinstance(needs, Right) and not actor.may(needs, organizer.id):
        raise NotAllowed(_("Din roll räcker inte till det här. Be den som har rollen om hjälp."))


GivenPlace = Place


@dataclass(frozen=True)
class Call:
    """What a program asks for: who asks, about which huvudman, at what moment.

    Services are called with `*call.who`, queries with `*call.where`.
    """

    session: Session
    actor: Actor
    place: Place
    now: datetime

    @property
    def who(self) -> tuple[Session, Actor]:
        """Return the session and the person who acts on it."""
        return self.session, self.actor

    @property
    def where(self) -> tuple[Session, Actor, UUID]:
        """Return the session, the person who reads, and the huvudman that is read of."""
        return self.session, self.actor, self.place.organizer.id

    @property
    def organizer_id(self) -> UUID:
        """Return the huvudman of the address."""
        return self.place.organizer.id

    @property
    def today(self) -> date:
        """Return the day it is in Sweden."""
        return self.place.today

    def on(self, thing: T | None, said: Callable[[T], Versioned], *, if_match: str | None) -> T:
        """Return *thing*, read anew and locked for this act, when it is as the program read it.

        *said* is what programs are told of it. Raises Missing when it is not there, NeedsVersion
        without If-Match, and Changed when it tells another version by now.
        """
        here = lock(self.session, found(thing))
        must_match(if_match, said(here).version)
        return here


def provide_call(request: Asked) -> Call:
    """Give the whole chain as one."""
    state = request.state
    return Call(state.session, state.actor, state.place, request.app.state.clock())


GivenCall = Call
