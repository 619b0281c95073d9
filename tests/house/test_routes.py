"""Every route says who may use it, asks in one chain, and knows its words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from litestar.handlers import HTTPRouteHandler
from sqlalchemy import create_engine

from ska.access import Right
from ska.accounts.door import GIVERS
from ska.app import API, PAGES, create_app
from ska.settings import Settings
from ska.web.dependencies import NAMES
from ska.web.routing import Needs, read

SETTINGS = Settings(database_url="set", data_dir="/nonexistent")
APP = create_app(SETTINGS, create_engine("postgresql+psycopg://", pool_size=1))
FRAMEWORKS_OWN = {"/api/v1/schema", "/api/v1/schema/openapi.json", "/api/v1/schema/{path:str}"}


def handlers() -> Iterator[tuple[str, HTTPRouteHandler]]:
    for route in APP.routes:
        for handler in getattr(route, "route_handlers", []):
            if route.path not in FRAMEWORKS_OWN and handler.http_methods != {"OPTIONS"}:
                yield route.path, handler


EVERY = sorted(handlers(), key=lambda one: (one[0], one[1].handler_name))
TITLES = [f"{path} {handler.handler_name}" for path, handler in EVERY]


def test_every_controller_is_among_them():
    """An enumeration that goes blind would leave every rule below green."""
    declared = {
        name
        for one in (*PAGES, *API)
        if isinstance(one, type)
        for name, member in vars(one).items()
        if isinstance(member, HTTPRouteHandler)
    }
    assert len(EVERY) > 150
    assert declared <= {handler.handler_name.rpartition(".")[2] for _, handler in EVERY}


@pytest.mark.parametrize(("path", "handler"), EVERY, ids=TITLES)
def test_it_says_who_may(path, handler):
    assert isinstance(handler.opt.get("needs"), Right | Needs)


@pytest.mark.parametrize(("path", "handler"), EVERY, ids=TITLES)
def test_a_huvudman_in_the_address_is_guarded_by_a_right(path, handler):
    if "{organizer" in path:
        assert isinstance(handler.opt["needs"], Right)


@pytest.mark.parametrize(("path", "handler"), EVERY, ids=TITLES)
def test_what_it_is_given_is_at_hand(path, handler):
    """What asks the database asks in the handler's thread: a session is not for two threads."""
    model = handler.create_kwargs_model(path_parameters={})
    named = {one.key for batch in model.dependency_batches for one in batch}
    assert all(one.provide.has_sync_callable for batch in model.dependency_batches for one in batch)
    assert not named & (NAMES - {"today"})


def test_every_name_is_given_by_something():
    assert set(GIVERS) == NAMES


def test_a_handler_that_would_not_ask_cannot_be_declared():
    with pytest.raises(TypeError, match="needs"):

        @read("/x", needs=Right.READ)
        def forgetful() -> None: ...
