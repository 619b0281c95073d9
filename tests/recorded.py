"""A recorded server on loopback: it pages, throttles, drops connections, answers HTML and moves.

Its faults come from a seeded chance, so a run can be had again; each question fails a bounded
number of times in a row, as a source does that comes back.
"""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import orjson

FAULTS = ("throttle", "later", "broken", "closed", "page", "half", "drop")
IN_A_ROW = 3
Answerer = Callable[[str, dict[str, list[str]], bytes, str], Any]


@dataclass
class Recorded:
    """What the server says, and what it was asked."""

    answer: Answerer
    chance: random.Random = field(default_factory=lambda: random.Random(1))
    share: float = 0.0  # of questions that meet a fault
    stubborn: frozenset[str] = frozenset()  # parts of addresses that never answer
    base: str = ""
    asked: list[str] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)  # what each question was let in with
    failed: Counter[str] = field(default_factory=Counter)
    noticed: Callable[[int, str], object] = lambda _count, _path: None  # called at each question

    def fault(self, path: str) -> str:
        """Return the fault that a question meets now, empty for none."""
        if any(part in path for part in self.stubborn):
            return "closed"
        if self.failed[path] >= IN_A_ROW or self.chance.random() >= self.share:
            self.failed[path] = 0
            return ""
        self.failed[path] += 1
        return self.chance.choice(FAULTS)


class _Handler(BaseHTTPRequestHandler):
    recorded: Recorded

    def do_GET(self) -> None:
        self._serve(b"")

    def do_POST(self) -> None:
        self._serve(self.rfile.read(int(self.headers.get("content-length") or 0)))

    def _serve(self, body: bytes) -> None:
        recorded = self.recorded
        recorded.asked.append(self.path)
        recorded.keys.append(self.headers.get("authorization"))
        recorded.noticed(len(recorded.asked), self.path)
        fault = recorded.fault(self.path + body.decode())
        if fault:
            getattr(self, f"_{fault}")()
            return
        parts = urlsplit(self.path)
        query: dict[str, list[str]] = {}
        for name, value in parse_qsl(parts.query):
            query.setdefault(name, []).append(value)
        found = recorded.answer(unquote(parts.path), query, body, recorded.base)
        status = 404 if found is None else 200
        self._send(status, orjson.dumps(found if found is not None else {"detail": "?"}))

    def _send(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.send_header("last-modified", "Fri, 25 Sep 2026 06:00:00 GMT")
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def _throttle(self) -> None:
        self._send(429, b"slow down", retry_after="0")

    def _later(self) -> None:
        self._send(429, b"")

    def _broken(self) -> None:
        self._send(500, b"oops")

    def _closed(self) -> None:
        self._send(503, b"", retry_after="Thu, 01 Jan 1970 00:00:00 GMT")

    def _page(self) -> None:
        self._send(200, "<!doctype html><title>Driftstörning</title>".encode())

    def _half(self) -> None:
        self.send_response(200)
        self.send_header("content-length", "1000")
        self.end_headers()
        self.wfile.write(b'{"values": [')
        self.close_connection = True

    def _drop(self) -> None:
        self.close_connection = True
        self.connection.close()

    def log_message(self, *_args: Any) -> None:
        """Keep quiet."""


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_args: Any) -> None:
        """A connection that we dropped ourselves is no error."""


@contextmanager
def serving(recorded: Recorded) -> Iterator[Recorded]:
    """Serve on a free port of loopback while the block runs."""
    handler = type("Handler", (_Handler,), {"recorded": recorded})
    server = _Quiet(("127.0.0.1", 0), handler)
    recorded.base = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield recorded
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
