"""Who is asking."""

from __future__ import annotations

from typing import Any

from litestar import Request
from sqlalchemy.orm import Session

from ska.accounts.behind import Behind, person_of_cookie, person_of_token
from ska.accounts.services import note_presence
from ska.db.session import standing_alone
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
    now = request.app.state.clock()
    with Session(standing_alone(request.app.state.engine)) as session:
        if token is not None:
            behind = person_of_token(session, token, now, now.date())
        else:
            behind = person_of_cookie(session, str(secret), now, now.date())
        if behind is None:
            raise NotSignedIn
        note_presence(session, behind=behind, now=now)
        session.expunge_all()
    return behind
