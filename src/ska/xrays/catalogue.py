"""The rules that come with the product."""

from __future__ import annotations

from functools import cache

from ska.settings import bundled
from ska.xrays.definitions import Catalogue, read_rules


@cache
def shipped() -> Catalogue:
    """Return the rules of indicators/work-rules, read once a process."""
    return read_rules(bundled("indicators"))
