"""Whole answers about published values, kept as the bytes that programs are sent.

Published values are the same for whoever may ask, which is tried at every answer before this is
reached; nothing of a huvudman's own may be kept here.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable

import msgspec
from sqlalchemy.orm import Session

from ska.values.cache import Kept
from ska.values.shelves import PUBLISHED, version

LARGEST = 64_000_000  # bytes; a measure of all municipalities is about 200 000
_kept = Kept[bytes](LARGEST, len)


def kept_answer(
    session: Session, key: tuple[Hashable, ...], make: Callable[[], msgspec.Struct]
) -> bytes:
    """Return the answer of *key* as JSON, made anew whenever anything published has changed."""
    whole = (*key, version(session, PUBLISHED), str(session.get_bind().engine.url))
    return _kept.get(whole, lambda: msgspec.json.encode(make()))
