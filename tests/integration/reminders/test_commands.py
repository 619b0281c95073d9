"""`ska remind` and `ska scheduler` as a person at a terminal meets them."""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text
from tests.lindasa import UNITS, Lindasa, at

ROOT = Path(__file__).parents[3]


@pytest.fixture
def terminal(db, tmp_path):
    db.clock.now = at(date(2026, 8, 24))
    Lindasa()
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "src"),
        "SKA_DATABASE_URL": db.engine.url.render_as_string(hide_password=False),
        "SKA_DATA_DIR": str(tmp_path),
    }

    def start(*words):
        return subprocess.Popen(
            [sys.executable, "-m", "ska.cli", *words],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return start


def run(process):
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


def test_a_day_is_tried_and_then_sent(terminal, tmp_path):
    code, out, _ = run(terminal("remind", "--on", "2026-08-24", "--dry-run", "--json"))

    assert code == 0
    assert {line["unit"] for line in json.loads(out)} == set(UNITS)
    assert not list((tmp_path / "mail").glob("*.eml"))
    code, out, _ = run(terminal("remind", "--on", "24/8 2026"))
    assert code == 0
    assert "Lindåsa: Enhetsanalys klar, Åby byskola → Rektor Åby byskola" in out
    assert "5 påminnelser den 2026-08-24." in out
    assert len(list((tmp_path / "mail").glob("*.eml"))) == 5


def test_what_is_no_date_is_answered_in_one_sentence(terminal):
    code, _, err = run(terminal("remind", "--on", "snart"))

    assert code == 2
    assert "Skriv datumet som 2026-11-05" in " ".join(err.replace("│", " ").split())


def test_the_scheduler_shows_life_and_stops_when_asked(db, terminal):
    process = terminal("scheduler")
    deadline = time.monotonic() + 60
    seen = None
    while seen is None and time.monotonic() < deadline:
        time.sleep(0.2)
        with db.as_owner() as session:
            seen = session.scalar(text("SELECT max(seen_at) FROM scheduler_beat"))
    process.send_signal(signal.SIGTERM)

    assert run(process)[0] == 0
    assert seen is not None
