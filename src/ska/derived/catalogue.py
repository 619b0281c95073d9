"""The derived measures that come with the product."""

from __future__ import annotations

from functools import cache

from ska.derived.definitions import Derived, read_derived
from ska.settings import bundled


@cache
def shipped() -> tuple[Derived, ...]:
    """Return the measures of indicators/derived, read once a process."""
    return read_derived(bundled("indicators") / "derived")
