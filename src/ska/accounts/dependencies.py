"""Who is asking."""

from __future__ import annotations

from typing import Any

from litestar import Request
from litestar.datastructures import State

from ska.accounts.behind import Behind, person_of_cookie, person_of_token
from ska.accounts.services import note_presence
from ska.db.session import ScopedSession
from ska.errors import NotSignedIn
from ska.web.cookies import bearer, cookie_of


def who(session: ScopedSession, request: Request[Any, Any, State]) -> Behind:
    """Return who asks, by API token or cookie; raise NotSignedIn for nobody.

    That they were here is committed at once: a request that has changed thread while it held a row
    would wait for a thread, and every thread for the row.
    """
    now = request.app.state.clock()
    behind: Behind | None = None
    if (token := bearer(request)) is not None:
        behind = person_of_token(session, token, now, now.date())
    elif (secret := cookie_of(request)) is not None:
        behind = person_of_cookie(session, secret, now, now.date())
    if behind is None:
        raise NotSignedIn
    if note_presence(session, behind=behind, now=now):
        session.commit()
    return behind
