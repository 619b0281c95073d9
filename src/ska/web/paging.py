"""Lists page by page: an opaque cursor in the address, the next page in the Link header."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from litestar import Request, Response
from litestar.openapi.spec import OpenAPIType, Operation, Parameter, Schema

from ska.core.text import _
from ska.db.parts import Part, UnknownPlace
from ska.errors import Invalid

T = TypeVar("T")
S = TypeVar("S")
MOST = 200
_NUMBER = re.compile(r"[0-9]{1,3}")
LONGEST_CURSOR = 1000
_ASKED = [
    Parameter(
        name="limit",
        param_in="query",
        description="Rows a page",
        schema=Schema(type=OpenAPIType.INTEGER, minimum=1, maximum=MOST, default=MOST),
    ),
    Parameter(
        name="cursor",
        param_in="query",
        description="Where the Link header said the next page is",
        schema=Schema(type=OpenAPIType.STRING, max_length=LONGEST_CURSOR),
    ),
]


@dataclass
class PagedOperation(Operation):
    """How the description tells of a list that comes page by page."""

    def __post_init__(self) -> None:
        """Add what one asks for a page with."""
        self.parameters = [*(self.parameters or []), *_ASKED]


@dataclass(frozen=True)
class Pages:
    """Which page of a list is asked for, and how the next one is led to.

    What is wrong with the question is told when the page is taken: a link beside the chain of
    dependencies refuses nothing.
    """

    path: str
    query: dict[str, Any]

    @property
    def limit(self) -> int:
        """Return how many rows a page has; raise Invalid for a number that is none."""
        asked = str(self.query.get("limit", MOST))
        if not _NUMBER.fullmatch(asked) or not 1 <= int(asked) <= MOST:
            sentence = _("Skriv ett heltal från 1 till {most}.").format(most=MOST)
            raise Invalid(sentence, {"limit": sentence})
        return int(asked)

    @property
    def cursor(self) -> str:
        """Return the cursor, empty for the first page; raise Invalid for one that is too long."""
        asked = str(self.query.get("cursor", ""))
        if len(asked) > LONGEST_CURSOR:
            raise UnknownPlace
        return asked

    def part(self, key: Callable[[str], Any] = UUID) -> Part:
        """Return the rows to ask the database for: the page, and one more if there is one.

        *key* reads what the rows are named by.
        """
        if not self.cursor:
            return Part(self.limit + 1)
        try:
            return Part(self.limit + 1, key(self.place(str.isprintable)))
        except ValueError:
            raise UnknownPlace from None

    def of(
        self,
        rows: Sequence[T],
        tell: Callable[[T], S],
        key: Callable[[T], Any] = attrgetter("id"),
    ) -> Response[list[S]]:
        """Answer with a page of the whole list *rows*, told apart by *key*.

        The cursor names the row before the page, so rows that come or go elsewhere move nothing.
        Raises UnknownPlace for a cursor that leads nowhere.
        """
        start = 0
        if self.cursor:
            last = self.place()
            places = [index for index, row in enumerate(rows) if str(key(row)) == last]
            if not places:
                raise UnknownPlace
            start = places[0] + 1
        return self.answer(rows[start : start + self.limit + 1], tell, key)

    def answer(
        self,
        rows: Sequence[T],
        tell: Callable[[T], S],
        key: Callable[[T], Any] = attrgetter("id"),
    ) -> Response[list[S]]:
        """Answer with *rows*, those of `part`, as they are told, and lead to the next page."""
        page = rows[: self.limit]
        more = len(rows) > self.limit
        headers = self.to_next(str(key(page[-1]))) if more else {}
        return Response([tell(row) for row in page], headers=headers)

    def to_next(self, place: str) -> dict[str, str]:
        """Return the header that leads to the page after *place*."""
        cursor = base64.urlsafe_b64encode(place.encode()).decode().rstrip("=")
        query = self.query | {"limit": str(self.limit), "cursor": cursor}
        return {"Link": f'<{self.path}?{urlencode(query)}>; rel="next"'}

    def place(self, is_one: Callable[[str], Any] = bool) -> str:
        """Return the place that the cursor names; raise Invalid when *is_one* says it is none."""
        try:
            padded = self.cursor + "=" * (-len(self.cursor) % 4)
            place = base64.urlsafe_b64decode(padded).decode()
        except ValueError:
            raise UnknownPlace from None
        if not is_one(place):
            raise UnknownPlace
        return place


def provide_pages(request: Request[Any, Any, Any]) -> Pages:
    """Give the page that is asked for."""
    return Pages(request.url.path, dict(request.query_params))


GivenPages = Pages
