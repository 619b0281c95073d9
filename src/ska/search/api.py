"""Search for programs and for the command palette."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from litestar import Controller, Request
from litestar.params import QueryParameter

from ska.access import Right
from ska.organizers.dependencies import GivenPlace
from ska.search import rules
from ska.search.controllers import look
from ska.search.queries import Found, Hit, Wish
from ska.web.dependencies import GivenSession
from ska.web.routing import read


class PartOut(msgspec.Struct):
    """A piece of a text; *hit* when it was searched for."""

    text: str
    hit: bool


class HitOut(msgspec.Struct):
    """Something that was found, why, and where it leads."""

    kind: str
    group: str
    what: str
    name: str
    title: list[PartOut]
    text: list[PartOut]
    href: str


class FoundOut(msgspec.Struct):
    """The hits *start* to *start* + their number, of *total*."""

    query: str
    total: int
    start: int
    hits: list[HitOut]


def _parts(parts: list[rules.Part]) -> list[PartOut]:
    return [PartOut(part.text, part.hit) for part in parts]


def _hit(hit: Hit) -> HitOut:
    title, text = _parts(hit.title), _parts(hit.text)
    return HitOut(hit.kind, rules.KINDS[hit.kind], hit.what, hit.name, title, text, hit.href)


def _out(found: Found) -> FoundOut:
    hits = [_hit(hit) for hit in found.hits]
    return FoundOut(found.query, found.slice.total, found.slice.start, hits)


class SearchApi(Controller):
    """One search over everything that the person may see."""

    path = "/api/v1/organizers/{organizer:str}/search"
    tags = ["Sök"]  # noqa: RUF012

    @read(needs=Right.ENTER, summary="Search")
    def find(
        self,
        request: Request[Any, Any, Any],
        place: GivenPlace,
        session: GivenSession,
        q: Annotated[str, QueryParameter(max_length=rules.LONGEST_QUERY)] = "",
        kind: Annotated[str, QueryParameter(max_length=20)] = "",
        start: Annotated[int, QueryParameter(ge=0, le=10_000)] = 0,
        limit: Annotated[int, QueryParameter(ge=1, le=100)] = 20,
    ) -> FoundOut:
        """Return what holds every word of *q*, as beginnings of words, best first.

        *kind* is one of page, indicator, framework, local, analysis, action, unit.
        """
        wish = Wish(q, kind if kind in rules.KINDS else None, start, limit)
        return _out(look(request, session, place, wish))
