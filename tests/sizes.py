"""Two sizes of the same tests (decision 25): small in `make test`, full in `make prove`."""

from __future__ import annotations

import os
from typing import TypeVar

PROVE = bool(os.environ.get("SKA_PROVE"))


T = TypeVar("T")


def size(small: T, full: T) -> T:
    """Return how many or how far: *small* in `make test`, *full* in `make prove`."""
    return full if PROVE else small
