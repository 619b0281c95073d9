"""A year in processes of their own, to be killed: one walks the days, one answers as the web does.

`python -m tests.year_walker walk URL FOLDER LAST SMTP`, `… web URL FOLDER PORT`. The day lies in a
file of FOLDER: what has begun anew goes on with the day that was not finished. A day that lies in
another file is gone through over and over, until that file says another.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import uvicorn
from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError
from tests.lindasa import at

from ska.app import create_app
from ska.db.session import make_engine
from ska.scheduler import Scheduler
from ska.settings import Settings


def read_day(folder: Path, name: str = "day") -> date:
    """Return the day it is."""
    return date.fromisoformat((folder / name).read_text(encoding="ascii"))


def write_day(folder: Path, day: date, name: str = "day") -> None:
    """Let it be *day*, at once or not at all."""
    side = folder / f"{name}.part"
    side.write_text(day.isoformat(), encoding="ascii")
    side.replace(folder / name)


def _clock(folder: Path) -> Callable[[], datetime]:
    return lambda: at(read_day(folder), 8)


def _settings(smtp: str = "") -> Settings:
    return Settings(demo=False, database_url="set", data_dir=Path("/nonexistent"), smtp_url=smtp)


def _standing_since(engine: Engine) -> datetime | None:
    """Return since when the database stands, or None when it does not."""
    try:
        with engine.connect() as connection:
            return connection.scalar(text("SELECT pg_postmaster_start_time()"))
    except SQLAlchemyError:
        return None


def walk(url: str, folder: Path, last: date, smtp: str) -> None:
    """Plan and send day by day; a day on which the database fell is gone through once more."""
    engine = make_engine(url, pool_size=2, max_overflow=0)
    scheduler = Scheduler(engine, _settings(smtp), _clock(folder))
    while (day := read_day(folder)) <= last:
        since = _standing_since(engine)
        try:
            if since is not None and scheduler.plan():
                scheduler.send()
        except SQLAlchemyError:
            continue
        stood = since is not None and _standing_since(engine) == since
        if stood and day != read_day(folder, "held"):
            write_day(folder, day + timedelta(days=1))


def serve(url: str, folder: Path, port: int) -> None:
    """Answer as the web does, on the day it is."""
    app = create_app(_settings(), make_engine(url), _clock(folder))
    uvicorn.run(app, port=port, log_level="error", lifespan="off", ws="none")


if __name__ == "__main__":
    kind, database, where, third, *rest = sys.argv[1:]
    if kind == "walk":
        walk(database, Path(where), date.fromisoformat(third), *rest)
    else:
        serve(database, Path(where), int(third))
