"""Our kinds of route. None can be declared without saying who may use it."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from enum import StrEnum
from typing import Any

import litestar
from litestar.handlers import HTTPRouteHandler

from ska.access import Right
from ska.web.once import Creating, note_key
from ska.web.paging import PagedOperation
from ska.web.reading import in_one_thread


class Needs(StrEnum):
    """Who may use a route that is not about one huvudman."""

    ANYONE = "anyone"
    SIGNED_IN = "signed_in"


Handler = Callable[..., Any]
Decorator = Callable[[Handler], HTTPRouteHandler]


def _guarded(handler: Handler, needs: Right | Needs) -> None:
    """Refuse a handler that would not ask who is there: dependencies run only when named."""
    names = set(inspect.signature(handler).parameters)
    if "call" in names:
        names.add("place")
    wanted = {"place"} if isinstance(needs, Right) else set()
    if needs is Needs.SIGNED_IN:
        wanted = {"actor"}
    if missing := wanted - names:
        raise TypeError(f"{handler.__qualname__} needs {needs} but takes no {missing.pop()}")


def _route(method: Any, path: str | list[str], needs: Right | Needs, **options: Any) -> Decorator:
    def decorate(handler: Handler) -> HTTPRouteHandler:
        _guarded(handler, needs)
        options.setdefault("sync_to_thread", True)
        if "pages" in inspect.signature(handler).parameters:
            options["operation_class"] = PagedOperation
        if inspect.iscoroutinefunction(handler):
            options.pop("sync_to_thread")
        elif method is litestar.get and options["sync_to_thread"]:
            handler = in_one_thread(handler)
        route: HTTPRouteHandler = method(path, opt={"needs": needs}, **options)(handler)
        return route

    return decorate


def read(path: str | list[str] = "/", *, needs: Right | Needs, **options: Any) -> Decorator:
    """Declare a route that changes nothing (GET)."""
    return _route(litestar.get, path, needs, **options)


def write(path: str | list[str] = "/", *, needs: Right | Needs, **options: Any) -> Decorator:
    """Declare a route that does what a person asked for (POST)."""
    options.setdefault("status_code", 200)
    return _route(litestar.post, path, needs, **options)


def create(path: str | list[str] = "/", *, needs: Right | Needs, **options: Any) -> Decorator:
    """Declare an API route that makes something new (POST, 201), once for each Idempotency-Key."""
    options["guards"] = [*options.get("guards", []), note_key]
    return _route(Creating, path, needs, http_method="POST", **options)


def act(path: str | list[str] = "/", *, needs: Right | Needs, **options: Any) -> Decorator:
    """Declare an API route that does something to what is there (POST), once for each key."""
    return create(path, needs=needs, status_code=200, **options)


def change(path: str | list[str] = "/", *, needs: Right | Needs, **options: Any) -> Decorator:
    """Declare an API route that changes a part of something (PATCH)."""
    return _route(litestar.patch, path, needs, **options)


def replace(path: str | list[str] = "/", *, needs: Right | Needs, **options: Any) -> Decorator:
    """Declare an API route that says anew what something is (PUT)."""
    return _route(litestar.put, path, needs, **options)


def remove(path: str | list[str] = "/", *, needs: Right | Needs, **options: Any) -> Decorator:
    """Declare an API route that takes something away (DELETE, 204)."""
    return _route(litestar.delete, path, needs, **options)
