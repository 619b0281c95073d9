"""`ska serve` refuses what would leave a door open, with a sentence, before it listens."""

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from litestar.testing import TestClient
from sqlalchemy import text

from ska.db import embedded
from ska.db.migrate import OWNER, WrongDatabase, check_app_role
from ska.db.session import make_engine
from ska.scheduler import Scheduler
from ska.serving import THREADS, create
from ska.web.routing import Needs, read

ROOT = Path(__file__).parents[2]


def serve(*words, **settings):
    return command("serve", "--port", "18999", *words, **settings)


def command(*words, **settings):
    return subprocess.run(
        [sys.executable, "-m", "ska.cli", *words],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "SKA_DEMO": "0", **settings},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize(
    ("words", "settings", "sentence"),
    [
        ((), {"SKA_BASE_URL": "http://ska.exempel.se"}, "får bara vara http på den egna datorn"),
        ((), {"SKA_BASE_URL": "https://ska.exempel.se", "SKA_DEMO": "1"}, "Demoläget"),
        (("--host", "0.0.0.0"), {"SKA_DEMO": "1"}, "Demoläget"),
    ],
    ids=["http for others", "a demo for others", "a demo that listens to others"],
)
def test_an_open_door_is_refused(db, words, settings, sentence):
    url = db.engine.url.render_as_string(hide_password=False)

    done = serve(*words, SKA_DATABASE_URL=url, **settings)

    assert done.returncode == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("words", ["serve --port 18999", "scheduler", "remind --dry-run"])
def test_a_superuser_is_refused(db, words):
    url = db.owner.url.render_as_string(hide_password=False)

    done = command(*words.split(), SKA_DATABASE_URL=url)

    assert done.returncode == 2
    assert "ägare eller superuser" in done.stderr


@pytest.mark.parametrize("rights", ["BYPASSRLS", f"IN ROLE {OWNER}"])
def test_a_role_that_row_level_security_does_not_bind_is_refused(db, server, rights):
    with db.owner.begin() as connection:
        connection.execute(text(f"CREATE ROLE ska_fel LOGIN {rights}"))
    wrong = make_engine(embedded.address(server, user="ska_fel", database=db.engine.url.database))
    try:
        with wrong.connect() as connection, pytest.raises(WrongDatabase):
            check_app_role(connection)
    finally:
        wrong.dispose()
        with db.owner.begin() as connection:
            connection.execute(text("DROP ROLE ska_fel"))


def test_the_apps_own_role_is_accepted(db):
    with db.engine.connect() as connection:
        check_app_role(connection)


def test_a_worker_waits_for_nobody_for_ever(db, monkeypatch):
    monkeypatch.setenv("SKA_DATABASE_URL", db.engine.url.render_as_string(False))
    engine = create().state.engine
    with engine.connect() as connection:
        assert connection.scalar(text("SHOW lock_timeout")) == "5s"
    engine.dispose()


def test_who_reminds_and_sends_waits_as_long_as_it_takes(db, monkeypatch):
    monkeypatch.setenv("SKA_DATABASE_URL", db.engine.url.render_as_string(False))
    monkeypatch.setenv("SKA_SCHEDULER", "1")
    started = []

    def start(clock):
        started.append(clock)

    monkeypatch.setattr(Scheduler, "start", start)
    app = create()
    (clock,) = started
    with clock.engine.connect() as connection:
        assert connection.scalar(text("SHOW lock_timeout")) == "0"
    clock.engine.dispose()
    app.state.engine.dispose()


def test_a_worker_answers_in_as_many_threads_as_it_keeps_connections(db, monkeypatch):
    monkeypatch.setenv("SKA_DATABASE_URL", db.engine.url.render_as_string(False))
    app = create()
    names = set()
    everybody = threading.Barrier(THREADS)

    @read("/x", needs=Needs.ANYONE)
    def meet() -> None:
        names.add(threading.current_thread().name)
        everybody.wait(10)

    app.register(meet)
    with TestClient(app) as client, ThreadPoolExecutor(THREADS) as readers:
        answers = [readers.submit(client.get, "/x") for _ in range(THREADS)]
        assert {one.result().status_code for one in answers} == {200}
    assert len(names) == THREADS == app.state.engine.pool.size()
    app.state.engine.dispose()
