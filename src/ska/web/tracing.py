"""A request's trace id (W3C Trace Context): taken from the caller or made here, told to both."""

from __future__ import annotations

import re
import secrets
from typing import Any

_SHAPE = re.compile(r"^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$")


def trace_of(scope: Any) -> str:
    """Return the request's traceparent: the caller's trace goes on, anything odd starts anew."""
    state = scope.setdefault("state", {})
    known = state.get("traceparent")
    if known is None:
        sent = next((v for name, v in scope["headers"] if name == b"traceparent"), b"")
        found = _SHAPE.match(sent.decode("latin-1"))
        fits = found is not None and found[1].strip("0") and found[2].strip("0")
        trace = found[1] if found and fits else secrets.token_hex(16)
        known = state["traceparent"] = f"00-{trace}-{secrets.token_hex(8)}-01"
    return str(known)


def trace_id(scope: Any) -> str:
    """Return the 32 figures that a log line and a caller have in common."""
    return trace_of(scope).split("-")[1]
