"""The cookie that says who is there, and the form token bound to it."""

from __future__ import annotations

import base64
import hmac
from typing import Any
from urllib.parse import urlsplit

from litestar.connection import ASGIConnection, Request
from litestar.datastructures import Cookie

from ska.core.secrets import csrf_token, new_secret
from ska.core.text import _
from ska.errors import OldForm
from ska.settings import Settings
from ska.web.held import TOKEN, hold, is_plain

SAFE = {"GET", "HEAD", "OPTIONS"}
FLASH = "ska_notis"
THEME = "ska-theme"
FIELD, HEADER = TOKEN, "x-csrf-token"


def cookie_name(settings: Settings) -> str:
    """Return the cookie's name: with the __Host- prefix wherever readers come by https."""
    return "__Host-ska" if settings.is_https else "ska"


def session_cookie(settings: Settings, secret: str) -> Cookie:
    """Return the cookie that carries *secret* until the browser closes."""
    return Cookie(
        key=cookie_name(settings),
        value=secret,
        path="/",
        secure=settings.is_https,
        httponly=True,
        samesite="lax",
    )


def flash_cookie(settings: Settings, sentence: str) -> Cookie:
    """Return the cookie that carries one sentence to the next page; without one it is taken."""
    return Cookie(
        key=FLASH,
        value=base64.urlsafe_b64encode(sentence.encode()).decode(),
        path="/",
        max_age=60 if sentence else 0,
        secure=settings.is_https,
        httponly=True,
        samesite="lax",
    )


def cookie_of(connection: ASGIConnection[Any, Any, Any, Any]) -> str | None:
    """Return the secret that the browser sent, or None."""
    settings: Settings = connection.app.state.settings
    return connection.cookies.get(cookie_name(settings)) or None


def ensure_cookie(request: Request[Any, Any, Any]) -> tuple[str, Cookie | None]:
    """Return the browser's secret and, when it had none, the cookie that gives it one.

    A secret made here signs nobody in: it only binds the sign-in form's token.
    """
    secret = cookie_of(request)
    if secret is not None:
        return secret, None
    if "fresh_cookie" not in request.state:
        request.state.fresh_cookie = new_secret()
    fresh: str = request.state.fresh_cookie
    return fresh, session_cookie(request.app.state.settings, fresh)


def bearer(connection: ASGIConnection[Any, Any, Any, Any]) -> str | None:
    """Return the API token of the Authorization header, or None."""
    scheme, _space, token = connection.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token.strip() else None


def _from_elsewhere(connection: ASGIConnection[Any, Any, Any, Any]) -> bool:
    site = connection.headers.get("sec-fetch-site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = connection.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != connection.headers.get("host")


async def guard_forms(request: Request[Any, Any, Any]) -> None:
    """Refuse an unsafe request that does not carry the token of this very session (OldForm)."""
    if request.method in SAFE or bearer(request) is not None:
        return
    secret = cookie_of(request)
    sent = request.headers.get(HEADER)
    content = request.headers.get("content-type", "")
    if is_plain(content) or (sent is None and "form" in content):
        form = await request.form()
        hold(request, form)
        sent = form.get(FIELD) if sent is None else sent
    right = secret is not None and hmac.compare_digest(str(sent or ""), csrf_token(secret))
    if not right or _from_elsewhere(request):
        raise OldForm(_("Gå tillbaka och kopiera det du skrev. Ladda sedan om sidan."))
