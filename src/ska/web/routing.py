"""Our kinds of route. None can be declared without saying who may use it."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from concurrent.futures import Executor
from enum import StrEnum
from typing import Any

from litestar.config.response_cache import CACHE_FOREVER
from litestar.handlers import HTTPRouteHandler
from litestar.types import Method

from ska.access import Right
from ska.web.answering import Route, at_several_paths, in_one_thread, in_threads_of
from ska.web.kept import key_of
from ska.web.once import note_key
from ska.web.paging import PagedOperation


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


def _route(
    method: Method,
    path: str | list[str],
    needs: Right | Needs,
    *,
    threads: Executor | None = None,
    **options: Any,
) -> Decorator:
    def decorate(handler: Handler) -> HTTPRouteHandler:
        _guarded(handler, needs)
        if "pages" in inspect.signature(handler).parameters:
            options["operation_class"] = PagedOperation
        if options.setdefault("sync_to_thread", True):
            handler = in_one_thread(handler)
        if threads is not None:
            del options["sync_to_thread"]
            handler = in_threads_of(threads, handler)
        elif options["sync_to_thread"] and isinstance(path, list):
            del options["sync_to_thread"]
            handler = at_several_paths(handler)
        route: HTTPRouteHandler = Route(path, http_method=method, opt={"needs": needs}, **options)(
            handler
        )
        return route

    return decorate


def read(path: str | list[str] = "/", *, needs: Right | Needs, **options: Any) -> Decorator:
    """Declare a route that changes nothing (GET)."""
    return _route("GET", path, needs, **options)


def published(path: str | list[str] = "/", *, needs: Right, **options: Any) -> Decorator:
    """Declare a route whose answers hold nothing but published values: they are kept (GET)."""
    return read(path, needs=needs, cache=CACHE_FOREVER, cache_key_builder=key_of, **options)


def write(path: str | list[str] = "/", *, needs: Right | Needs, **options: Any) -> Decorator:
    """Declare a route that does what a person asked for (POST); slow ones have own *threads*."""
    options.setdefault("status_code", 200)
    return _route("POST", path, needs, **options)


def create(path: str | list[str] = "/", *, needs: Right | Needs, **options: Any) -> Decorator:
    """Declare an API route that makes something new (POST, 201), once for each Idempotency-Key."""
    options["guards"] = [*options.get("guards", []), note_key]
    return _route("POST", path, needs, **options)


def act(path: str | list[str] = "/", *, needs: Right | Needs, **options: Any) -> Decorator:
    """Declare an API route that does something to what is there (POST), once for each key."""
    return create(path, needs=needs, status_code=200, **options)


def change(path: str | list[str] = "/", *, needs: Right | Needs, **options: Any) -> Decorator:
    """Declare an API route that changes a part of something (PATCH)."""
    return _route("PATCH", path, needs, **options)


def replace(path: str | list[str] = "/", *, needs: Right | Needs, **options: Any) -> Decorator:
    """Declare an API route that says anew what something is (PUT)."""
    return _route("PUT", path, needs, **options)


def remove(path: str | list[str] = "/", *, needs: Right | Needs, **options: Any) -> Decorator:
    """Declare an API route that takes something away (DELETE, 204)."""
    return _route("DELETE", path, needs, **options)
