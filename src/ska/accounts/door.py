"""The door: nobody passes before it is known who asks, and about which huvudman.

It is asked in one change of thread, and nothing is held after it: no connection, no row. What the
handler then reads and writes begins and ends in the handler's own thread.
"""

from __future__ import annotations

from functools import cache, partial
from typing import Any

from litestar import Request
from litestar.concurrency import sync_to_thread
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from ska.access import Actor, Right
from ska.accounts.dependencies import who
from ska.db.session import NOBODY, ScopedSession, open_session
from ska.errors import NotSignedIn
from ska.notices.queries import unread_at
from ska.organizers.dependencies import Place, provide_call, where
from ska.web.dependencies import Givers, provide_now, provide_today
from ska.web.paging import provide_pages
from ska.web.routing import Needs


async def let_in(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Let in whom the route lets in, to where the address points, with a session of their own.

    Raises NotSignedIn, Missing and NotAllowed.
    """
    request: Request[Any, Any, Any] = connection  # type: ignore[assignment]  # routes are HTTP only
    state, scope = request.state, NOBODY
    needs = handler.opt.get("needs", Needs.ANYONE)  # without: OPTIONS, which Litestar answers
    if needs is not Needs.ANYONE:
        behind = await sync_to_thread(who, request)
        state.actor, state.published = behind.actor, behind.published
        if isinstance(needs, Right):
            where(behind.actor, behind.organizers, request)
        scope = behind.actor.scope(state.place.organizer.id if "place" in state else None)
    state.session = session = open_session(request.app.state.engine, scope)
    if "published" in state:
        session.info["published"] = state.published
    if "place" in state:
        organizer = state.place.organizer
        # Its own of what was read a moment ago: it is not asked for anew, and after a mistake,
        # which makes what a session holds unreadable, the page that tells of it still has ours.
        session.info["organizer"] = session.merge(organizer, load=False)
        state.unread = cache(partial(unread_at, session, state.actor, organizer.id))


def provide_session(request: Request[Any, Any, Any]) -> ScopedSession:
    """Give the session of the request; its transaction begins with the first question."""
    session: ScopedSession = request.state.session
    return session


def provide_actor(request: Request[Any, Any, Any]) -> Actor:
    """Give the person who was let in."""
    actor: Actor | None = request.state.get("actor")
    if actor is None:
        raise NotSignedIn
    return actor


def provide_place(request: Request[Any, Any, Any]) -> Place:
    """Give the huvudman and the year of the address."""
    place: Place = request.state.place
    return place


GIVERS: Givers = {
    "session": provide_session,
    "actor": provide_actor,
    "place": provide_place,
    "call": provide_call,
    "today": provide_today,
    "now": provide_now,
    "pages": provide_pages,
}
