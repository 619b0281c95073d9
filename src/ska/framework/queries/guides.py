"""The reading guide of an indicator, ours and read once a process."""

from __future__ import annotations

from functools import cache

from ska.framework.definitions import Guide, read_guides
from ska.settings import bundled


@cache
def _guides() -> dict[str, Guide]:
    return read_guides(bundled("indicators") / "guides")


def guide_of(code: str) -> Guide | None:
    """Return how the indicator is read, None for one without a guide (the huvudman's own)."""
    return _guides().get(code)
