"""Nothing is to be read at an address: inside a huvudman the reader still has the menu.

Either nothing stands there, or only what a form sends is taken there.
"""

from __future__ import annotations

import re

from litestar import Litestar
from litestar.enums import HttpMethod, ScopeType
from litestar.exceptions import HTTPException
from litestar.types import ASGIApp, Message, Receive, Scope, Send

NOWHERE = "/finns-inte"
HOME = "/oversikt"
# A huvudman's slug, alone or with more; nothing of the API, the files or the health checks.
_INSIDE = re.compile(r"/(?!(?:api|static|halsa)(?:/|$))([a-z0-9-]+)(/.*)?")


def keeping_menu(app: ASGIApp) -> ASGIApp:
    """Return *app* with its 404 and 405 told from inside the huvudman that the address names.

    Routes that match ask who is there and where; an address that no route matches asks nobody, so
    it is asked anew in that huvudman: at `HOME` when it is the slug alone, else at `NOWHERE`.
    Whoever has no role there gets the first answer.
    """

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        inside = _inside(scope)
        if inside is None:
            await app(scope, receive, send)
            return
        lost: list[Message] = []

        async def unless_lost(message: Message) -> None:
            is_lost = message["type"] == "http.response.start" and message["status"] in {404, 405}
            if lost or (is_lost and "place" not in scope.get("state", {})):
                lost.append(message)
            else:
                await send(message)

        await app(scope, receive, unless_lost)
        for message in await _from_inside(app, scope, receive, inside, lost) if lost else ():
            await send(message)

    return answer


def _inside(scope: Scope) -> str | None:
    """Return the address to ask instead, if a page's address may begin with a huvudman's slug.

    Whoever writes no more than the slug comes to the first page there.
    """
    if scope["type"] != ScopeType.HTTP or scope["method"] != HttpMethod.GET:
        return None
    found = _INSIDE.fullmatch(scope["path"])
    if found is None:
        return None
    return f"/{found[1]}{HOME if found[2] in {None, '/'} else NOWHERE}"


async def _from_inside(
    app: ASGIApp, scope: Scope, receive: Receive, path: str, first: list[Message]
) -> list[Message]:
    """Return the huvudman's own answer; the *first* one when the person is not let in there."""
    answer: list[Message] = []

    async def keep(message: Message) -> None:
        answer.append(message)

    state = {"takes_forms": scope["path"]} if first[0]["status"] == 405 else {}  # type: ignore[typeddict-item]  # an answer begins with its start, which alone has a status
    there: Scope = {**scope, "path": path, "raw_path": path.encode(), "state": state}  # type: ignore[assignment]  # as it came, but for these
    await app(there, receive, keep)
    return answer if "place" in there["state"] else first


def page_above(app: Litestar, path: str) -> str:
    """Return *path*, or the nearest address above it, that some page answers."""
    while path:
        try:
            app.asgi_router.handle_routing(path=path, method=HttpMethod.GET)
        except HTTPException:
            path = path.rpartition("/")[0]
        else:
            return path
    return "/"
