"""Whole answers about published values, kept as they went out, behind the door.

What is published is the same for whoever may ask. Litestar looks for what is kept when the door has
let somebody in, and before the handler is called: who asks, where, and whether they may is tried at
every answer, in the question that also says when anything published was last changed.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from litestar import Request
from litestar.config.response_cache import ResponseCacheConfig
from litestar.stores.base import Store

from ska.core.kept import Kept

_LARGEST = 64_000_000  # bytes; a measure of all municipalities is about 200 000
_answers = Kept[bytes](_LARGEST, len)


def key_of(request: Request[Any, Any, Any]) -> str:
    """Return all that an answer of only published values may depend on.

    That is the address after the huvudman, the huvudman's municipality, the day, and what is
    published; nothing of a huvudman's own may be kept so.
    """
    state, scope = request.state, request.scope
    place = state.place
    told = (
        scope["path"].replace(place.organizer.slug, "", 1),
        scope["query_string"].decode("latin-1"),
        place.organizer.municipality_code,
        place.today,
        state.published,
        request.app.state.engine.url.database,
    )
    return "\n".join(map(str, told))


class KeptAnswers(Store):
    """Answers by key, the least recently asked for leaving when bytes run out."""

    async def get(self, key: str, renew_for: int | timedelta | None = None) -> bytes | None:
        """Return what is kept by *key*, or None."""
        return _answers.find(key)

    async def set(
        self, key: str, value: str | bytes, expires_in: int | timedelta | None = None
    ) -> None:
        """Keep an answer for as long as there is room: its key says what it holds for."""
        _answers.put(key, value if isinstance(value, bytes) else value.encode())

    async def delete(self, key: str) -> None:
        """Forget nothing: what no key asks for leaves by itself."""

    async def delete_all(self) -> None:
        """Forget nothing."""

    async def exists(self, key: str) -> bool:
        """Return whether an answer is kept by *key*."""
        return _answers.find(key) is not None

    async def expires_in(self, key: str) -> int | None:
        """Return None: nothing is kept for a time."""
        return None


CACHE = ResponseCacheConfig(
    store="answers", cache_response_filter=lambda _scope, status: status == 200
)
