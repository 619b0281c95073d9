"""The headings that come with the product."""

from __future__ import annotations

from functools import cache

from ska.history.definitions import ReportHeadings, read_headings
from ska.settings import bundled


@cache
def shipped() -> ReportHeadings:
    """Return the headings of seeds/report-headings.yaml, read once a process."""
    return read_headings(bundled("seeds") / "report-headings.yaml")
