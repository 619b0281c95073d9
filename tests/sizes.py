"""Two sizes of the same tests (decision 25): small in `make test`, full in `make prove`."""

from __future__ import annotations

import os

PROVE = bool(os.environ.get("SKA_PROVE"))


def size(small: int, full: int) -> int:
    """Return how many: *small* in `make test`, *full* in `make prove`."""
    return full if PROVE else small
