"""Who is asking: the second link of the chain session → actor → place."""

from __future__ import annotations

from typing import Any

from litestar import Request
from litestar.datastructures import State

from ska.access import Actor, Right
from ska.accounts import services
from ska.accounts.behind import Behind
from ska.db.session import ScopedSession
from ska.errors import NotSignedIn
from ska.web.cookies import bearer, cookie_of
from ska.web.dependencies import GivenScopedSession, closed_on_refusal


def provide_actor(
    session: GivenScopedSession, request: Request[Any, Any, State], state: State
) -> Actor:
    """Give the person who asks, by API token or cookie; raise NotSignedIn for nobody."""
    with closed_on_refusal(session):
        behind = _who(session, request, state)
        if not isinstance(request.route_handler.opt["needs"], Right):
            session.limit_to(behind.actor.scope())  # else the place of the address does
    request.state.actor, request.state.organizers = behind.actor, behind.organizers
    return behind.actor


def _who(session: ScopedSession, request: Request[Any, Any, State], state: State) -> Behind:
    now = state.clock()
    behind: Behind | None = None
    if (token := bearer(request)) is not None:
        behind = services.resume_token(session, secret=token, now=now, today=now.date())
    elif (secret := cookie_of(request)) is not None:
        behind = services.resume(session, secret=secret, now=now, today=now.date())
    if behind is None:
        raise NotSignedIn
    return behind
