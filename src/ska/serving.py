"""Start the web server: the database first, then workers that are told its address."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
from concurrent.futures import ThreadPoolExecutor

from apscheduler.schedulers.background import BackgroundScheduler
from granian import Granian
from granian.constants import Interfaces
from litestar import Litestar
from sqlalchemy import create_engine

from ska.app import create_app, swedish_time
from ska.db import migrate
from ska.db.connect import Addresses, find_database, owner_address
from ska.db.session import make_engine
from ska.errors import SkaError
from ska.scheduler import Scheduler, is_alive
from ska.settings import LOOPBACK, Settings

# Seconds that an act waits for what another one holds. There are few threads: a transaction left
# open by somebody would else take them one by one.
PATIENCE = 5
# As many as the connections that are kept. With the usual six a light page waits for heavy ones.
THREADS = 20


def create() -> Litestar:
    """Return the application for a worker; the environment names its database."""
    settings = Settings()
    if settings.database_url is None:
        raise RuntimeError("a worker is always told its database")
    engine = make_engine(settings.database_url, patience=PATIENCE)
    app = create_app(settings, engine)
    app.on_startup.append(_take_threads)
    app.state.readiness["scheduler"] = is_alive
    if settings.scheduler:
        # On connections of its own, that wait: a mail that is handed over must be written down.
        clock = Scheduler(make_engine(settings.database_url), settings, swedish_time).start()
        app.on_shutdown.append(lambda: clock.shutdown(wait=False))
    return app


async def _take_threads() -> None:
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(THREADS, "answer"))


def prepare(settings: Settings) -> Addresses:
    """Find the database, bring an embedded one up to date and check the role we serve as."""
    addresses = find_database(settings)
    if addresses.is_embedded and addresses.owner is not None:
        owner = create_engine(addresses.owner)
        migrate.upgrade(owner)
        owner.dispose()
    engine = make_engine(addresses.app)
    with engine.connect() as connection:
        migrate.check_app_role(connection)
    engine.dispose()
    return addresses


def start_fetching(addresses: Addresses, settings: Settings) -> BackgroundScheduler:
    """Start the clock of fetches beside the workers: they never hold the owner's address."""
    owner = create_engine(owner_address(addresses))
    scheduler = Scheduler(make_engine(addresses.app), settings, swedish_time)
    return scheduler.start_fetching(owner)


def serve(settings: Settings, *, host: str, port: int | None) -> None:
    """Serve until stopped. Raises WrongDatabase when row-level security would not bind us.

    Raises SkaError for a demo that others could reach: anyone may sign in there by one click.
    """
    if settings.demo and host not in LOOPBACK:
        raise SkaError("Demoläget (SKA_DEMO) får bara lyssna på den egna datorn: --host 127.0.0.1.")
    addresses = prepare(settings)
    os.environ["SKA_DATABASE_URL"] = addresses.app
    if addresses.is_embedded:
        os.environ["SKA_SCHEDULER"] = "1"
    chosen = port or settings.port
    os.environ["SKA_PORT"] = str(chosen)
    if settings.fetch:
        start_fetching(addresses, settings)
    # A forked worker inherits locks of threads it does not have: its first Polars query hangs.
    multiprocessing.set_start_method("spawn", force=True)
    Granian(
        "ska.serving:create",
        address=host,
        port=chosen,
        interface=Interfaces.ASGI,
        workers=1,
        factory=True,
        websockets=False,
        log_access=False,
        respawn_failed_workers=True,
    ).serve()
