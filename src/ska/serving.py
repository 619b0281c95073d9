"""Start the web server: the database first, then workers that are told its address."""

from __future__ import annotations

import asyncio
import errno
import gc
import multiprocessing
import os
import signal
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext

from apscheduler.schedulers.background import BackgroundScheduler
from granian import Granian
from granian.constants import Interfaces
from litestar import Litestar
from sqlalchemy import create_engine

from ska.app import create_app, swedish_time
from ska.db import embedded, migrate
from ska.db.connect import Addresses, find_database, owner_address
from ska.db.session import make_engine
from ska.errors import SkaError
from ska.scheduler import Scheduler, is_alive
from ska.settings import LOOPBACK, Settings
from ska.web.slow import in_time

# Seconds that an act waits for what another one holds. There are few threads: a transaction left
# open by somebody would else take them one by one.
PATIENCE = 5
# As many as the connections that are kept. With the usual six a light page waits for heavy ones.
THREADS = 20
# Seconds that acts under way have when the server is to stop; containers are killed after ten.
GRACE = 8
# New things of Python's after which it looks among them for what can be thrown away (700 else): a
# list of 200 rows makes some thousands that all live until it is answered.
_NEW_THINGS = 20_000
_NO_SUCH = "Det går inte att lyssna på {host}, port {port}. Välj andra med --host och --port."
_WHY_NOT = {
    errno.EADDRINUSE: "Port {port} används redan, kanske av SKA. Stäng det som använder den, "
    "eller välj en annan med --port.",
    errno.EACCES: "Port {port} får inte användas av den som kör SKA. Välj en från 1024 med --port.",
}


def create() -> Litestar:
    """Return the application for a worker; the environment names its database."""
    settings = Settings()
    if settings.database_url is None:
        raise RuntimeError("a worker is always told its database")
    _end_with_the_server()
    engine = make_engine(settings.database_url, patience=PATIENCE)
    app = create_app(settings, engine)
    app.asgi_handler = in_time(app.asgi_handler)
    app.on_startup.append(_take_threads)
    app.on_startup.append(_spare_what_stays)
    app.state.readiness["scheduler"] = is_alive
    if settings.scheduler:
        # On connections of its own, that wait: a mail that is handed over must be written down.
        clock = Scheduler(make_engine(settings.database_url), settings, swedish_time).start()
        app.on_shutdown.append(lambda: clock.shutdown(wait=False))
    return app


def _end_with_the_server() -> None:
    """Let this worker end when the server that started it was killed.

    Else it would answer for ever, beside those of the next server: the port is shared.
    """
    server = multiprocessing.parent_process()
    if server is None:
        return

    def follow() -> None:
        server.join()
        os.kill(os.getpid(), signal.SIGTERM)  # what is under way is done first
        time.sleep(GRACE)
        os._exit(1)

    threading.Thread(target=follow, name="follow", daemon=True).start()


async def _spare_what_stays() -> None:
    """Let Python look for what can be thrown away among what answers leave, not in all of us."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW_THINGS, 20, 20)


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


def check_port(host: str, port: int) -> None:
    """Raise SkaError when nobody can be answered there.

    Two servers that share a port get every other request each: with two databases, in turns.
    """
    try:
        (family, *_rest, place), *_more = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
    except OSError as error:
        raise SkaError(
            _WHY_NOT.get(error.errno or 0, _NO_SUCH).format(host=host, port=port)
        ) from error


def serve(settings: Settings, *, host: str, port: int | None) -> None:
    """Serve until stopped. Raises WrongDatabase when row-level security would not bind us.

    Raises SkaError for a demo that others could reach: anyone may sign in there by one click.
    """
    if settings.demo and host not in LOOPBACK:
        raise SkaError("Demoläget (SKA_DEMO) får bara lyssna på den egna datorn: --host 127.0.0.1.")
    chosen = port or settings.port
    check_port(host, chosen)
    addresses = prepare(settings)
    os.environ["SKA_DATABASE_URL"] = addresses.app
    if addresses.is_embedded:
        os.environ["SKA_SCHEDULER"] = "1"
    os.environ["SKA_PORT"] = str(chosen)
    if settings.fetch:
        start_fetching(addresses, settings)
    # A forked worker inherits locks of threads it does not have: its first Polars query hangs.
    multiprocessing.set_start_method("spawn", force=True)
    server = Granian(
        "ska.serving:create",
        address=host,
        port=chosen,
        interface=Interfaces.ASGI,
        workers=1,
        factory=True,
        websockets=False,
        log_access=False,
        respawn_failed_workers=True,
        workers_kill_timeout=GRACE,
    )
    with embedded.kept_running(settings.data_dir) if addresses.is_embedded else nullcontext():
        server.serve()
