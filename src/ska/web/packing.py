"""Pages go out packed, except to readers who were sent here by another site.

What a page holds of one person and what an address can put on it must not be packed together for
somebody who watches the size (BREACH; Gluck, Harris and Prado 2013, https://breachattack.com).
That takes many visits which the watcher brings about from elsewhere: those are answered unpacked.
Programs do not say where they come from, and are answered unpacked too.
"""

from __future__ import annotations

import gzip
from typing import Any

from litestar import Request

_HERE = {"same-origin", "none"}
_LEAST = 1_000  # bytes, below which nothing is gained


def packed(request: Request[Any, Any, Any], body: bytes) -> tuple[bytes, dict[str, str]]:
    """Return what goes out for *body*, and the headers that tell so."""
    takes_gzip = "gzip" in request.headers.get("accept-encoding", "")
    from_here = request.headers.get("sec-fetch-site") in _HERE
    if not (takes_gzip and from_here) or len(body) < _LEAST:
        return body, {}
    return gzip.compress(body, compresslevel=1), {"Content-Encoding": "gzip"}
