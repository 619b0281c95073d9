"""A body comes within its time, or the request is over; who goes away meanwhile is no mistake.

A request whose body never ends would hold its connection for ever, and there are only so many.
"""

from __future__ import annotations

import asyncio

from litestar.enums import ScopeType
from litestar.exceptions import HTTPException
from litestar.types import ASGIApp, Receive, Scope, Send
from litestar.types.asgi_types import ReceiveMessage

WITHIN = 30.0  # seconds for the first part
SLOWEST = 8_000  # bytes a second after that: a phone on a poor line


class TooSlow(HTTPException):
    """The body did not come in time."""

    status_code = 408


class Left(HTTPException):
    """Who asked went away before all was said: nothing is done, and nobody reads the answer."""

    status_code = 400


def in_time(app: ASGIApp) -> ASGIApp:
    """Return *app* with requests that come to an end, however slowly they are sent."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        until, ended = asyncio.get_running_loop().time() + WITHIN, False

        async def receive_in_time() -> ReceiveMessage:
            nonlocal until, ended
            if ended:
                return await receive()
            try:
                async with asyncio.timeout_at(until):
                    message = await receive()
            except TimeoutError as error:
                raise TooSlow from error
            if message["type"] == "http.disconnect":
                raise Left
            if message["type"] == "http.request":
                until += len(message["body"]) / SLOWEST
                ended = not message.get("more_body")
            return message

        await app(scope, receive_in_time if scope["type"] == ScopeType.HTTP else receive, send)

    return answer
