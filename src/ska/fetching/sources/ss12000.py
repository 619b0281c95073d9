"""The unit tree of a school administration system (SS12000): /organisations, page by page.

Nothing else of the system is asked for: no persons, no groups.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from ska.fetching.answers import Collector
from ska.fetching.polite import Question, Unanswered
from ska.organizers import ss12000
from ska.organizers.register_v2 import CONTACTS

AT_ONCE, MOST_PAGES = 100, 1_000


def collect(collector: Collector, base: str) -> list[dict[str, Any]]:
    """Ask for all organisations and return them; raise Unanswered unless every page comes.

    Half a tree would cut units off from their huvudman.
    """
    found: list[dict[str, Any]] = []
    asked: dict[str, str | int] = {"limit": AT_ONCE}
    for _page in range(MOST_PAGES):
        address = f"{base}/organisations?{urlencode(asked)}"
        answer = collector.get(Question("ss12000-organisations", address, drops=CONTACTS))
        if not ss12000.is_page(answer):
            raise Unanswered("svaret har ingen lista med organisationer")
        found += ss12000.organisations_in(answer)
        token = ss12000.next_token(answer)
        if token is None:
            return found
        if asked.get("pageToken") == token:
            break
        asked["pageToken"] = token
    raise Unanswered("sidorna går i ring")
