"""What pupils may be divided by, read once a process."""

from __future__ import annotations

from functools import cache

from ska.framework.definitions import Division, read_divisions
from ska.settings import bundled


@cache
def divisions() -> tuple[Division, ...]:
    """Return the divisions of indicators/pupil-groups.yaml."""
    return read_divisions(bundled("indicators") / "pupil-groups.yaml")


def division(code: str) -> Division:
    """Return a division by its id."""
    return next(one for one in divisions() if one.id == code)
