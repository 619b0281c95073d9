"""The door: a request gets its session when it is known who asks, and about which huvudman.

All of it is asked in one change of thread. Nothing is held after it that another request may wait
for: a request that holds a row and waits for a thread, while every thread waits for that row, would
stop the server. What is written is committed by a thread of its own (anyio's), for the same reason.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from anyio import to_thread
from litestar import Request
from litestar.datastructures import State

from ska.access import Actor, Right
from ska.accounts.dependencies import who
from ska.db.session import ScopedSession, open_session
from ska.errors import NotSignedIn
from ska.organizers.dependencies import Place, where
from ska.web.dependencies import GivenActor, GivenScopedSession
from ska.web.routing import Needs


async def provide_session(
    request: Request[Any, Any, State], state: State
) -> AsyncIterator[ScopedSession]:
    """Give one session a request; commit when the answer is ready, before it is sent."""
    session = open_session(state.engine)
    try:
        await to_thread.run_sync(_enter, session, request)
        request.state.session = session
        yield session
    except BaseException:
        session.expunge_all()  # the error page still reads the place that was loaded
        await to_thread.run_sync(session.close)  # what was not committed is rolled back
        raise
    if session.in_transaction():
        await to_thread.run_sync(_commit, session)


def _enter(session: ScopedSession, request: Request[Any, Any, State]) -> None:
    """Let in whom the route lets in, to where the address points."""
    needs = request.route_handler.opt["needs"]
    if needs is Needs.ANYONE:
        return
    behind = who(session, request)
    request.state.actor = behind.actor
    if isinstance(needs, Right):
        where(session, behind.actor, behind.organizers, request)
    else:
        session.limit_to(behind.actor.scope())


def _commit(session: ScopedSession) -> None:
    with session:
        session.commit()


def provide_actor(session: GivenScopedSession, request: Request[Any, Any, State]) -> Actor:
    """Give the person who was let in."""
    actor: Actor | None = request.state.get("actor")
    if actor is None:
        raise NotSignedIn
    return actor


def provide_place(actor: GivenActor, request: Request[Any, Any, State]) -> Place:
    """Give the huvudman and the year of the address."""
    place: Place = request.state.place
    return place
