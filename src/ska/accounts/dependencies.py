"""Who is asking: the second link of the chain session → actor → place."""

from __future__ import annotations

from typing import Any

from litestar import Request
from litestar.datastructures import State

from ska.access import Actor
from ska.accounts import services
from ska.db.session import ScopedSession
from ska.errors import NotSignedIn
from ska.web.cookies import bearer, cookie_of
from ska.web.dependencies import GivenScopedSession, closed_on_refusal


def provide_actor(
    session: GivenScopedSession, request: Request[Any, Any, State], state: State
) -> Actor:
    """Give the person who asks, by API token or cookie; raise NotSignedIn for nobody."""
    with closed_on_refusal(session):
        actor = _who(session, request, state)
    request.state.actor = actor
    return actor


def _who(session: ScopedSession, request: Request[Any, Any, State], state: State) -> Actor:
    now = state.clock()
    actor: Actor | None = None
    if (token := bearer(request)) is not None:
        actor = services.resume_token(session, secret=token, now=now, today=now.date())
    elif (secret := cookie_of(request)) is not None:
        actor = services.resume(session, secret=secret, now=now, today=now.date())
    if actor is None:
        raise NotSignedIn
    session.limit_to(actor.scope())
    return actor
