"""`ska serve` in a process of its own: how it ends, and who it waits for."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import psutil
import pytest

ROOT = Path(__file__).parents[2]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A server on a test's database."""

    def __init__(self, db, log):
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = log
        self.environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT / "src"),
            "SKA_DATABASE_URL": db.engine.url.render_as_string(hide_password=False),
        }
        with log.open("w") as output:
            self.process = subprocess.Popen(
                self._command, cwd=ROOT, env=self.environment, stdout=output, stderr=output
            )
        self.family = [psutil.Process(self.process.pid)]
        self._wait()
        self.family += self.family[0].children(recursive=True)

    @property
    def _command(self):
        return [sys.executable, "-m", "ska.cli", "serve", "--port", str(self.port)]

    def _wait(self):
        for _ in range(600):
            assert self.process.poll() is None, self.log.read_text()
            try:
                httpx.get(f"{self.address}/halsa/live", timeout=5)
                return
            except httpx.HTTPError:
                time.sleep(0.1)
        raise AssertionError(self.log.read_text())

    def another(self):
        """Start one more on the same port; return what it says, and its exit code."""
        done = subprocess.run(
            self._command, cwd=ROOT, env=self.environment, check=False, timeout=60,
            capture_output=True, text=True,
        )  # fmt: skip
        return done.returncode, done.stderr

    def ended(self, within):
        """Return its exit code when all of it is gone, within so many seconds."""
        code = self.process.wait(within)
        _gone, alive = psutil.wait_procs(self.family[1:], within)
        assert not alive
        return code

    def close(self):
        for one in self.family:
            if one.is_running():
                one.kill()
        self.process.wait(10)


@pytest.fixture
def server_of_ours(db, tmp_path):
    server = Server(db, tmp_path / "log")
    yield server
    server.close()


@pytest.fixture
def half_said(server_of_ours):
    """Give a connection on which a body has begun, and does not go on."""
    with socket.create_connection(("127.0.0.1", server_of_ours.port)) as line:
        line.sendall(b"POST /logga-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nx=")
        yield line


def test_who_says_only_half_keeps_no_server_from_ending(server_of_ours, half_said):
    server_of_ours.process.send_signal(signal.SIGTERM)

    assert server_of_ours.ended(20) == 0


def test_nothing_answers_on_after_its_server_was_killed(server_of_ours):
    server_of_ours.process.kill()

    assert server_of_ours.ended(20) == -signal.SIGKILL


def test_a_port_is_never_shared_with_another_server(server_of_ours):
    code, told = server_of_ours.another()

    assert code == 2
    assert told.strip().endswith(
        f"Port {server_of_ours.port} används redan, kanske av SKA. "
        "Stäng det som använder den, eller välj en annan med --port."
    )
