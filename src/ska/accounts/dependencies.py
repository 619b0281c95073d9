"""Who is asking."""

from __future__ import annotations

from typing import Any

from litestar import Request

from ska.accounts.behind import Behind, person_of_cookie, person_of_token
from ska.accounts.services import note_presence
from ska.errors import NotSignedIn
from ska.web.cookies import bearer, cookie_of


def who(request: Request[Any, Any, Any]) -> Behind:
    """Return who asks, by API token or cookie; raise NotSignedIn for nobody.

    It is one question outside of any transaction, of tables that no scope limits. That the person
    was here is noted at once, and nobody waits for it.
    """
    token, secret = bearer(request), cookie_of(request)
    if token is None and secret is None:
        raise NotSignedIn
    state = request.app.state
    told = {"now": state.clock(), "published": state.published}
    if token is not None:
        behind = person_of_token(state.engine, token, **told)
    else:
        behind = person_of_cookie(state.engine, str(secret), **told)
    if behind is None:
        raise NotSignedIn
    note_presence(state.engine, behind=behind, now=told["now"])
    return behind
