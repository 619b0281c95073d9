"""Search for programs and for the command palette."""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar

import msgspec
from litestar import Controller, Request, Response
from litestar.params import QueryParameter

from ska.access import Right
from ska.organizers.dependencies import GivenCall
from ska.search import rules
from ska.search.controllers import look
from ska.search.queries import Found, Hit, Wish
from ska.web.paging import GivenPages
from ska.web.routing import read

# Hits are ranked anew at every question, so that only their number can tell where a page begins.
_IS_START = re.compile(r"[0-9]{1,4}").fullmatch
FARTHEST = 9_999


class PartOut(msgspec.Struct):
    """A piece of a text; *hit* when it was searched for."""

    example: ClassVar[dict[str, Any]] = {
        "text": "Studiero",
        "hit": True,
    }

    text: str
    hit: bool


class HitOut(msgspec.Struct):
    """Something that was found, why, and where it leads."""

    example: ClassVar[dict[str, Any]] = {
        "kind": "analysis",
        "group": "Analyser",
        "what": "Analys 2026/27",
        "name": "Studiero",
        "href": "/ekhult/2026-27/analyser",
    }

    kind: str
    group: str
    what: str
    name: str
    title: list[PartOut]
    text: list[PartOut]
    href: str


class FoundOut(msgspec.Struct):
    """The hits of this page, best first, of *total*."""

    example: ClassVar[dict[str, Any]] = {
        "query": "studiero",
        "total": 1,
    }

    query: str
    total: int
    hits: list[HitOut]


def _parts(parts: list[rules.Part]) -> list[PartOut]:
    return [PartOut(part.text, part.hit) for part in parts]


def _hit(hit: Hit) -> HitOut:
    title, text = _parts(hit.title), _parts(hit.text)
    return HitOut(hit.kind, rules.KINDS[hit.kind], hit.what, hit.name, title, text, hit.href)


def _out(found: Found) -> FoundOut:
    hits = [_hit(hit) for hit in found.hits]
    return FoundOut(found.query, found.slice.total, hits)


class SearchApi(Controller):
    """One search over everything that the person may see."""

    path = "/api/v1/organizers/{organizer:str}/search"
    tags = ("Sök",)

    @read(needs=Right.ENTER, summary="Search")
    def find(
        self,
        request: Request[Any, Any, Any],
        pages: GivenPages,
        call: GivenCall,
        q: Annotated[str, QueryParameter(max_length=rules.LONGEST_QUERY)] = "",
        kind: Annotated[str, QueryParameter(max_length=20)] = "",
    ) -> Response[FoundOut]:
        """Return what holds every word of *q*, as beginnings of words, best first.

        *kind* is one of page, indicator, framework, local, analysis, action, unit.
        """
        start = int(pages.place(_IS_START)) if pages.cursor else 0
        wish = Wish(q, kind if kind in rules.KINDS else None, start, pages.limit)
        found = look(request, call.session, call.place, wish)
        after = start + pages.limit
        more = after < found.slice.total and after <= FARTHEST
        headers = pages.to_next(str(after)) if more else {}
        return Response(_out(found), headers=headers)
