"""A scheduler in a process of its own, to be killed: `python -m tests.sender URL SMTP OFFSET`."""

from __future__ import annotations

import sys
import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from ska.db.session import make_engine
from ska.scheduler import Scheduler
from ska.settings import Settings

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def main(database: str, smtp: str, offset: str) -> None:
    """Plan and send without end, at a time that runs *offset* seconds beside the real one."""
    beside = timedelta(seconds=float(offset))
    settings = Settings(database_url="set", data_dir="/nonexistent", smtp_url=smtp)
    engine = make_engine(database, pool_size=2, max_overflow=0)
    scheduler = Scheduler(engine, settings, lambda: datetime.now(STOCKHOLM) + beside)
    scheduler.lease = timedelta(seconds=2)
    while True:
        scheduler.plan()
        scheduler.send()
        time.sleep(0.05)


if __name__ == "__main__":
    main(*sys.argv[1:])
