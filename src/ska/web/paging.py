"""Lists page by page: an opaque cursor in the address, the next page in the Link header."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Annotated, Any, TypeVar
from urllib.parse import urlencode

from litestar import Request
from litestar.params import QueryParameter

from ska.core.text import _
from ska.errors import Invalid

T = TypeVar("T")
Limit = Annotated[int, QueryParameter(ge=1, le=200, description="Rows a page")]
Cursor = Annotated[
    str, QueryParameter(max_length=200, description="Where the Link header said the next page is")
]


def page_of(
    rows: Sequence[T], request: Request[Any, Any, Any], limit: int, cursor: str
) -> tuple[Sequence[T], dict[str, str]]:
    """Return a page of *rows*, which each have an id, and the headers that lead to the next.

    The cursor names the row before the page, so rows that come or go elsewhere move nothing.
    Raises Invalid for a cursor that leads nowhere.
    """
    start = 0
    if cursor:
        last = _read(cursor)
        places = [index for index, row in enumerate(rows) if str(row.id) == last]  # type: ignore[attr-defined]  # rows have ids
        if not places:
            unknown = _("Markören känns inte igen. Börja om utan den.")
            raise Invalid(unknown, {"cursor": unknown})
        start = places[0] + 1
    page = rows[start : start + limit]
    if start + limit >= len(rows):
        return page, {}
    query = dict(request.query_params)
    query |= {"limit": str(limit), "cursor": _write(str(page[-1].id))}  # type: ignore[attr-defined]  # as above
    return page, {"Link": f'<{request.url.path}?{urlencode(query)}>; rel="next"'}


def _write(place: str) -> str:
    return base64.urlsafe_b64encode(place.encode()).decode().rstrip("=")


def _read(cursor: str) -> str:
    try:
        return base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except ValueError:
        return ""
