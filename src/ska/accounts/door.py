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
from ska.web.cookies import guard_forms
from ska.web.dependencies import Givers, provide_now, provide_today
from ska.web.paging import provide_pages
from ska.web.routing import Needs


async def let_in(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Let in whom the route lets in, to where the address points, with a form of their own.

    Raises OldForm, NotSignedIn, Missing and NotAllowed.
    """
    request: Request[Any, Any, Any] = connection  # type: ignore[assignment]  # routes are HTTP only
    await guard_forms(request)
    needs = handler.opt.get("needs", Needs.ANYONE)  # without: OPTIONS, which Litestar answers
    if needs is Needs.ANYONE:
        return
    state = request.state
    behind = await sync_to_thread(who, request)
    state.actor, state.published = behind.actor, behind.published
    if isinstance(needs, Right):
        where(behind.actor, behind.organizer, request)
        state.unread = cache(partial(_unread, request))


def _unread(request: Request[Any, Any, Any]) -> int:
    state = request.state
    return unread_at(provide_session(request), state.actor, state.place.organizer.id)


def provide_session(request: Request[Any, Any, Any]) -> ScopedSession:
    """Give the session of the request; its transaction begins with the first question."""
    if "session" not in request.state:
        request.state.session = _open(request)
    session: ScopedSession = request.state.session
    return session


def _open(request: Request[Any, Any, Any]) -> ScopedSession:
    """Return a session of their own for who was let in, or one that reads nothing of anybody's."""
    state, scope = request.state, NOBODY
    here = state.place.organizer if "place" in state else None
    if "actor" in state:
        scope = state.actor.scope(None if here is None else here.id)
    session = open_session(request.app.state.engine, scope)
    if "published" in state:
        session.info["published"] = state.published
    if here is not None:
        # Its own of what was read a moment ago: it is not asked for anew, and after a mistake,
        # which makes what a session holds unreadable, the page that tells of it still has ours.
        session.info["organizer"] = session.merge(here, load=False)
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
