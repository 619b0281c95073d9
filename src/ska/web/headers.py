"""Security headers on every answer (security-reliability 3.11)."""

from __future__ import annotations

from functools import cache
from typing import Any

from litestar.types import Message, Scope

from ska.web.tracing import trace_of

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "object-src 'none'; frame-ancestors 'none'; manifest-src 'self'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
HSTS = "max-age=63072000; includeSubDomains"
_TRACE, _CACHING = b"traceparent", b"cache-control"
_NO_STORE = (_CACHING, b"no-store")


async def add_headers(message: Message, scope: Scope) -> None:
    """Add the headers as the answer starts, whatever it is: page, problem, file or redirect.

    What a kept answer already has of them is said anew.
    """
    if message["type"] != "http.response.start":
        return
    app: Any = scope["litestar_app"]
    ours = _always(app.state.settings.is_https)
    headers = [one for one in message.get("headers", ()) if one[0] not in ours and one[0] != _TRACE]
    if all(name != _CACHING for name, _told in headers):
        headers.append(_NO_STORE)
    headers.append((_TRACE, trace_of(scope).encode()))
    message["headers"] = [*headers, *ours.items()]


@cache
def _always(is_https: bool) -> dict[bytes, bytes]:
    """Return what every answer says, as it is sent: names are small letters (ASGI)."""
    told = HEADERS | ({"Strict-Transport-Security": HSTS} if is_https else {})
    return {name.lower().encode(): value.encode() for name, value in told.items()}
