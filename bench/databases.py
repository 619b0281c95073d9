"""Where the measures' databases lie: in a folder of the run's own, or in one that is kept.

With SCALE above 1 the server lies in SKA_BENCH_DATA (else in the user's cache), where the millions
are built once; what a run makes beside them is dropped when it ends.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import platformdirs
from bench import millions
from sqlalchemy import Engine, create_engine
from tests.places import drop_database

from ska.db import embedded, migrate


@dataclass
class Databases:
    """A server for measures, and how many million values to measure with."""

    server: str
    scale: int
    made: dict[str, Engine] = field(default_factory=dict)

    def new(self, name: str, *, template: str = "template0") -> Engine:
        """Make a database for this run, empty or a copy, in the shape of today's migrations."""
        drop_database(self.server, name)
        if template != "template0":
            _copy(self.server, template, name)
        engine = create_engine(embedded.ensure_database(self.server, name))
        migrate.upgrade(engine)
        self.made[name] = engine
        return engine

    def millions(self, scale: int) -> str:
        """Return the name of a database with so many million values, built when it is missing."""
        name = f"millions_{scale}_{millions.EDITION}"
        if not millions.is_whole(self.server, name):
            engine = self.new(name)
            millions.build(engine, scale)
            self.made.pop(name).dispose()
            millions.mark_whole(self.server, name)
        kept = create_engine(embedded.address(self.server, user="postgres", database=name))
        migrate.upgrade(kept)  # it may be from before today's migrations
        kept.dispose()
        return name

    def drop_made(self) -> None:
        """Drop what this run made; the millions stay."""
        for name, engine in self.made.items():
            engine.dispose()
            drop_database(self.server, name)
        self.made.clear()


@contextmanager
def databases(scale: int) -> Iterator[Databases]:
    """Give a server for a run: a passing one for a million values, the kept one for more."""
    folder = _kept() if scale > 1 else Path(tempfile.mkdtemp(prefix="ska-bench-"))
    folder.chmod(0o755)  # PostgreSQL runs as another user when we are root
    found = Databases(embedded.start_server(folder), scale)
    try:
        yield found
    finally:
        found.drop_made()
        embedded.stop_server(folder)
        if scale == 1:
            shutil.rmtree(folder, ignore_errors=True)


def _copy(server: str, template: str, name: str) -> None:
    """Copy a database file by file: by way of the log, gigabytes would be written twice."""
    with create_engine(server, isolation_level="AUTOCOMMIT").connect() as connection:
        connection.exec_driver_sql(
            f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY'
        )


def _kept() -> Path:
    cache = "/var/cache/ska" if os.geteuid() == 0 else platformdirs.user_cache_dir("ska")
    folder = Path(os.environ.get("SKA_BENCH_DATA") or Path(cache) / "bench")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
