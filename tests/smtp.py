"""A mail server for tests: takes every message, a little slowly, and keeps its Message-ID."""

from __future__ import annotations

import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from email.policy import default


class _Conversation(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        server: Server = self.server  # type: ignore[assignment]  # ours
        self._say("220 test")
        server.greeted += 1
        taken = 0
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"DATA":
                self._say("354 go on")
                body = b""
                while (row := self.rfile.readline()) not in (b".\r\n", b""):
                    body += row[1:] if row.startswith(b"..") else row
                if server.refuses():
                    self._say("451 come back later")
                    continue
                taken += 1
                server.taken.append(message_from_bytes(body, policy=default))
                time.sleep(server.delay)
                self._say("250 taken")
            elif word == b"MAIL" and taken == server.patience:
                return
            elif word == b"QUIT":
                self._say("221 bye")
                return
            elif word == b"EHLO":
                self._say("250-test\r\n250 8BITMIME")
            else:
                self._say("250 ok")

    def _say(self, line: str) -> None:
        try:
            self.wfile.write(line.encode() + b"\r\n")
        except OSError:
            return


class Server(socketserver.ThreadingTCPServer):
    """The server, with all that it was given."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, delay: float) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.delay = delay
        self.refuses: Callable[[], bool] = lambda: False
        self.taken: list[Message] = []
        self.greeted = 0
        self.patience = -1  # mails of one conversation before it is left without a word

    @property
    def url(self) -> str:
        """Return the address for SKA_SMTP_URL."""
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, *_: object) -> None:
        """Stay quiet when a client dies in the middle of a sentence."""


@contextmanager
def mail_server(delay: float = 0.0) -> Iterator[Server]:
    """Serve for as long as the block runs."""
    with Server(delay) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
