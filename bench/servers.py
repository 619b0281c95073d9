"""Servers that a run starts: the product, and its peers in an environment of their own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx
from tests.places import Clone

PEERS = Path(".venv-peers/bin")
LONGEST = 60  # seconds that a server may take to start on a busy machine


@contextmanager
def served(command: Sequence[str], env: Mapping[str, str] | None = None) -> Iterator[str]:
    """Start a server, whose command names its port as {port}, and give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [word.format(port=port) for word in command]
    process = subprocess.Popen(  # noqa: S603  # our own list
        words,
        env={**os.environ, **(env or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, process)
        yield address
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(10)


def ours(place: Clone, factory: str = "ska.serving:create") -> tuple[list[str], dict[str, str]]:
    """Return the command and environment of the product's own server on a database."""
    url = place.engine.url.render_as_string(False)
    command = [".venv/bin/granian", "--interface", "asgi", "--factory", "--no-ws"]
    return [*command, "--port", "{port}", factory], {"SKA_DATABASE_URL": url, "SKA_SCHEDULER": "0"}


def peer(name: str, *words: str) -> list[str]:
    """Return the command of a program of the peers' environment."""
    return [str(PEERS / name), *words]


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + LONGEST
    while time.monotonic() < until and process.poll() is None:
        try:
            httpx.get(address, timeout=5)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"no server answers at {address}: {process.args!r}")
