"""`ska serve` refuses what would leave a door open, with a sentence, before it listens."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from ska.db import embedded
from ska.db.migrate import OWNER, WrongDatabase, check_app_role
from ska.db.session import make_engine

ROOT = Path(__file__).parents[2]


def serve(*words, **settings):
    return subprocess.run(
        [sys.executable, "-m", "ska.cli", "serve", "--port", "9", *words],
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


def test_a_superuser_is_refused(db):
    url = db.owner.url.render_as_string(hide_password=False)

    done = serve(SKA_DATABASE_URL=url)

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
