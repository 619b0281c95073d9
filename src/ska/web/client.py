"""Where a request comes from."""

from __future__ import annotations

from typing import Any

from litestar import Request


def ip_of(request: Request[Any, Any, Any]) -> str:
    """Return the address of the one who asks, for counting tries.

    Behind a proxy of our own that is what the proxy wrote last; what a client writes itself in
    X-Forwarded-For stands before it and is not believed.
    """
    if request.app.state.settings.behind_tls_proxy:
        told = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
        if told:
            return told
    return request.client.host if request.client else "-"
