"""A page is read, drawn and done with in one change of thread."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any

from litestar import Request

from ska.web.page import Page

Handler = Callable[..., Any]


def in_one_thread(handler: Handler) -> Handler:
    """Return *handler* so that its page is drawn, and its transaction ended, where it was read.

    Only for what changes nothing: an act is committed when its answer stands ready.
    """
    given = inspect.signature(handler).parameters
    names_request = "request" in given

    @wraps(handler)
    def answer(*args: Any, **named: Any) -> Any:
        request: Request[Any, Any, Any] = (
            named["request"] if names_request else named.pop("request")
        )
        told = handler(*args, **named)
        if isinstance(told, Page):
            told.draw(request)
        session = request.state.get("session")
        if session is not None:
            session.commit()
            session.close()
        return told

    if not names_request:
        more = inspect.Parameter("request", inspect.Parameter.KEYWORD_ONLY, annotation=_REQUEST)
        answer.__signature__ = inspect.Signature([*given.values(), more])  # type: ignore[attr-defined]  # what Litestar reads
        answer.__annotations__ = {**handler.__annotations__, "request": _REQUEST}
    return answer


_REQUEST = Request[Any, Any, Any]
