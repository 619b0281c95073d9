"""Identifiers: one function makes them all."""

import os
import threading
import time
from uuid import UUID

_RANDOM_BITS = 74
_lock = threading.Lock()
_last = 0


def new_id() -> UUID:
    """Return a new UUIDv7 (RFC 9562 §5.7, monotonic as §6.2 method 2).

    Ids sort by the millisecond they were made in, and those of one process in the order made.
    """
    global _last  # noqa: PLW0603  # the order within a millisecond is the process's
    with _lock:
        fresh = (time.time_ns() // 1_000_000) << _RANDOM_BITS
        fresh |= int.from_bytes(os.urandom(10), "big") >> (80 - _RANDOM_BITS + 1)
        _last = max(fresh, _last + 1)
        value = _last
    milliseconds, random = value >> _RANDOM_BITS, value & ((1 << _RANDOM_BITS) - 1)
    bits = milliseconds << 80 | 0x7 << 76 | (random >> 62) << 64 | 0b10 << 62
    return UUID(int=bits | random & ((1 << 62) - 1))
