"""The unit tree of a school administration system (SS12000): /organisations, page by page."""

from __future__ import annotations

from urllib.parse import urlencode

from ska.fetching.answers import Collector
from ska.fetching.polite import Question
from ska.organizers import ss12000
from ska.organizers.register import UnitRow
from ska.organizers.register_v2 import CONTACTS

NAME = "ss12000"
AT_ONCE, MOST_PAGES = 100, 1_000


def collect(collector: Collector, base: str, number: str, since: str = "") -> list[UnitRow]:
    """Ask for all organisations, or those changed since, and return the huvudman's units."""
    found = []
    asked: dict[str, str | int] = {"limit": AT_ONCE}
    if since:
        asked["meta.modified.after"] = since
    for page in range(1, MOST_PAGES + 1):
        address = f"{base}/organisations?{urlencode(asked)}"
        question = Question("ss12000-organisations", address, drops=CONTACTS)
        answer = collector.try_get(question, NAME, f"organisationer, sida {page}")
        found += ss12000.organisations_in(answer)
        token = ss12000.next_token(answer)
        if token is None or asked.get("pageToken") == token:
            break
        asked["pageToken"] = token
    return ss12000.units_of(found, number)
