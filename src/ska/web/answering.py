"""An answer is read, drawn and done with in one change of thread.

Whatever a request holds, a connection or a row, is held by a thread that runs: nothing waits for a
thread while another waits for what it holds.
"""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable, Coroutine
from concurrent.futures import Executor
from contextvars import copy_context
from functools import partial, wraps
from typing import Any

from litestar import Request
from litestar.concurrency import sync_to_thread
from litestar.handlers import HTTPRouteHandler
from litestar.response.base import ASGIResponse
from litestar.types import ASGIApp

from ska.web.dependencies import NAMES, Givers
from ska.web.once import claim, keep

Handler = Callable[..., Any]
_REQUEST = Request[Any, Any, Any]


class Route(HTTPRouteHandler):
    """A route whose answer comes ready from the thread of its handler."""

    async def to_response(self, app: Any, data: Any, request: Request[Any, Any, Any]) -> ASGIApp:
        """Return the answer, made now if it was not."""
        if isinstance(data, ASGIResponse):
            return data
        return await super().to_response(app=app, data=data, request=request)


def in_one_thread(handler: Handler) -> Handler:
    """Return *handler* so that it gives the ready answer, and its transaction is ended.

    What it takes of NAMES it is given here; Litestar sees the rest, which stands in the request.
    What was done is committed when the answer stands ready; after a mistake nothing was done, and
    what was loaded can still be read by the error page.
    """
    takes = inspect.signature(handler).parameters
    given = [name for name in takes if name in NAMES]
    names_request = "request" in takes

    @wraps(handler)
    def answer(*args: Any, **named: Any) -> Any:
        request = named["request"] if names_request else named.pop("request")
        givers: Givers = request.app.state.givers
        session = givers["session"](request)
        try:
            named.update({name: givers[name](request) for name in given})
            claim(request)
            told = handler(*args, **named)
            ready = _now(request.route_handler.to_response(request.app, told, request))
            keep(request, ready)
            session.commit()
        except BaseException as mistake:
            session.expunge_all()
            if isinstance(mistake, StopIteration):  # no thread can give it back: all would wait
                raise RuntimeError("a handler found nothing where there should be one") from mistake
            raise
        finally:
            session.close()  # what was not committed is rolled back
        return ready

    seen = [one for name, one in takes.items() if name not in NAMES]
    hints = {"request": _REQUEST, **handler.__annotations__}
    if not names_request:
        seen.append(inspect.Parameter("request", inspect.Parameter.KEYWORD_ONLY))
    answer.__signature__ = inspect.Signature(seen)  # type: ignore[attr-defined]  # what Litestar reads
    answer.__annotations__ = {name: one for name, one in hints.items() if name not in NAMES}
    return answer


def in_threads_of(threads: Executor, handler: Handler) -> Handler:
    """Return *handler*, to be waited for while it runs in threads of its own."""

    @wraps(handler)
    async def answer(*args: Any, **named: Any) -> Any:
        run = partial(copy_context().run, handler, *args, **named)
        return await asyncio.get_running_loop().run_in_executor(threads, run)

    return answer


def at_several_paths(handler: Handler) -> Handler:
    """Return *handler* run in a thread, as Litestar would run it.

    Litestar wraps a plain handler once for each of its paths, and then waits for none but the last.
    """

    @wraps(handler)
    async def answer(*args: Any, **named: Any) -> Any:
        return await sync_to_thread(handler, *args, **named)

    return answer


def _now(answering: Coroutine[Any, Any, Any]) -> Any:
    """Return what Litestar makes of an answer; it is asked for, but never waits."""
    try:
        answering.send(None)
    except StopIteration as made:
        return made.value
    raise TypeError("an answer that waits cannot be made in a handler's thread")
