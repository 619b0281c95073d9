"""The search page: a plain form that works without JavaScript."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

from litestar import Controller, Request
from litestar.params import QueryParameter
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.organizers.dependencies import GivenPlace, Place
from ska.search import rules
from ska.search.definitions import pages_for
from ska.search.queries import Found, Wish, rights_in, search
from ska.web.dependencies import GivenSession
from ska.web.page import Page
from ska.web.routing import read

ON_A_PAGE = 20
FARTHEST = 500


class SearchController(Controller):
    """One box over everything."""

    path = "/{organizer:str}/sok"

    @read(needs=Right.ENTER)
    def search_page(
        self,
        request: Request[Any, Any, Any],
        place: GivenPlace,
        session: GivenSession,
        q: Annotated[str, QueryParameter()] = "",
        visa: Annotated[str, QueryParameter(max_length=20)] = "",
        sida: Annotated[int, QueryParameter()] = 1,
    ) -> Page:
        """Show what was found, grouped by kind, best first."""
        number = min(max(sida, 1), FARTHEST)
        kind = visa if visa in rules.KINDS else None
        asked = q[: rules.LONGEST_QUERY]
        wish = Wish(asked, kind, (number - 1) * ON_A_PAGE, ON_A_PAGE)
        found = look(request, session, place, wish)
        return Page(
            "search/results.html",
            found=found,
            q=asked,
            is_cut=asked != q,
            kind=kind,
            pager=_pager(found, kind, number),
        )


def look(request: Request[Any, Any, Any], session: Session, place: Place, wish: Wish) -> Found:
    """Return what is found, with the pages of this installation that the words name."""
    actor: Actor = request.state.actor
    known = frozenset(
        route.path.replace("{organizer:str}", "{o}").replace("{year:str}", "{y}")
        for route in request.app.routes
    )
    named = pages_for(rules.words_in(wish.query), known, rights_in(actor, place.organizer))
    addresses = [
        (page.title, page.path.format(o=place.organizer.slug, y=place.year.slug)) for page in named
    ]
    return search(session, actor, place.organizer, wish, pages=addresses)


def _pager(found: Found, kind: str | None, number: int) -> dict[str, str]:
    def href(page: int) -> str:
        more = {"visa": kind} if kind else {}
        return "?" + urlencode({"q": found.query, **more, "sida": page})

    after = found.slice.start + found.slice.count
    return {
        "summary": found.slice.summary,
        "previous_href": href(number - 1) if number > 1 else "",
        "next_href": href(number + 1)
        if found.slice.count > 0 and after < found.slice.total
        else "",
    }
