"""`make run` for real: the command in a process of its own, from an empty folder to a page."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).parents[2]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="ska-run-"))
    folder.chmod(0o755)  # PostgreSQL runs as another user when we are root
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def installation(folder: Path) -> Iterator[str]:
    """Start `ska run` in an empty data folder and return its address when it is ready."""
    port = _free_port()
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("SKA_")
    } | {"SKA_DATA_DIR": str(folder), "PYTHONPATH": str(ROOT / "src")}
    log = folder / "run.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "ska.cli", "run", "--port", str(port)],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    address = f"http://localhost:{port}"
    try:
        _wait(address, process, log)
        yield address
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text()
        try:
            if httpx.get(f"{address}/halsa/redo", timeout=5).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.5)
    raise AssertionError(log.read_text())


def test_a_newcomer_comes_from_nothing_to_a_page_with_numbers(installation):
    with httpx.Client(base_url=installation, timeout=30) as client:
        cards = client.get("/logga-in").text
        token = re.search(r'name="csrf_token" value="([^"]+)"', cards)[1]
        kim = re.search(r'name="person" value="([^"]+)">(?:(?!</form>).)*Kim Ekman', cards, re.S)[1]
        done = client.post("/logga-in/demo", data={"csrf_token": token, "person": kim})
        page = client.get("/ekhult/resultat/gr-alla-amnen-ak9")

    assert done.status_code == 303
    assert page.status_code == 200
    assert "61,8\u00a0%" in page.text
    assert "Påhittad demo" in page.text


def test_every_light_is_green(installation):
    lights = httpx.get(f"{installation}/halsa/redo", timeout=10).json()

    assert set(lights.values()) == {"ok"}
    assert {"database", "migrations", "scheduler"} <= set(lights)


def test_a_database_that_is_killed_comes_back_by_itself(installation, folder):
    killed = int((folder / "postgres" / "postmaster.pid").read_text().split("\n")[0])

    os.kill(killed, signal.SIGKILL)

    deadline = time.monotonic() + 60
    while "had died, and was started again" not in (folder / "run.log").read_text():
        assert time.monotonic() < deadline, (folder / "run.log").read_text()
        time.sleep(0.2)
    assert httpx.get(f"{installation}/halsa/redo", timeout=10).status_code == 200
    assert httpx.get(f"{installation}/logga-in", timeout=10).status_code == 200
