"""The editor's saving against a server that drops requests and answers at random.

The server is a few lines of our own, so that it can fail exactly where it hurts: before a text is
stored, and after it is stored but before the browser hears of it.
"""

from __future__ import annotations

import functools
import json
import random
import socket
import struct
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from tests.bare_templates import FRONTEND
from tests.sizes import size

CUTS = size(5, 50)
PAGE = """<!doctype html><html lang="sv"><title>Editor</title><p id="announce"></p>
<script type="application/json" id="editor-words">{"saving": "Sparar…", "saved": "Sparat",
 "failed": "Inte sparat – försöker igen", "offline": "Ingen anslutning. Stäng inte sidan."}</script>
<form data-editor><section data-section data-url="/text" data-etag='"1"'>
<textarea>Från början.</textarea><span class="autosave"></span>
<input type="hidden" data-version value="1">
<div data-refused hidden><p data-reason></p><button>Det är inte ett personnummer</button></div>
<div data-conflict hidden><b data-who></b></div></section></form>
<script type="module" src="/js/editor.js"></script></html>"""


class Store:
    """A text with a version, and the misfortunes that wait for its requests."""

    def __init__(self) -> None:
        self.text, self.version, self.by = "Från början.", 1, "Kim"
        self.lock = threading.Lock()
        self.fate = random.Random(7)
        self.cut = 0.0
        self.confirmed: list[str] = []

    def patch(self, body: dict[str, Any], seen: str, by: str = "Kim") -> int:
        """Store a text written on the version *seen*; tell the status."""
        with self.lock:
            if "850101-1236" in body["text"] and not body.get("not_personal_data"):
                return 422
            own = body.get("follows") is not None and body["follows"] == self.text
            if seen != f'"{self.version}"' and not own:
                return 412
            self.text, self.version, self.by = body["text"], self.version + 1, by
            return 200


class Handler(BaseHTTPRequestHandler):
    def __init__(self, store: Store, *args: Any) -> None:
        self.store = store
        super().__init__(*args)

    def do_GET(self) -> None:
        if self.path == "/":
            self._send(200, PAGE.encode(), "text/html; charset=utf-8")
        elif self.path == "/text":
            self._fall() or self._send_text(200)
        else:
            file = FRONTEND / "static" / self.path.lstrip("/")
            self._send(200, file.read_bytes(), "text/javascript")

    def do_PATCH(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        if self._fall():
            return
        status = self.store.patch(body, self.headers["if-match"])
        self._fall() or self._send_text(status)

    def _fall(self) -> bool:
        """Cut the connection now, if fate says so."""
        if self.store.fate.random() >= self.store.cut:
            return False
        abort = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, abort)
        self.connection.close()
        self.close_connection = True
        return True

    def _send_text(self, status: int) -> None:
        store = self.store
        answer = {"text": store.text, "version": store.version, "changed_by": store.by}
        if status == 422:
            answer = {"detail": "Texten ser ut att innehålla ett personnummer."}
        self._send(status, json.dumps(answer).encode(), "application/json")

    def _send(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.send_header("etag", f'"{self.store.version}"')
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""

    def finish(self) -> None:
        try:
            super().finish()
        except (OSError, ValueError):
            self.close_connection = True


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def page(chromium: Browser, store: Store) -> Iterator[Page]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, store))
    server.handle_error = lambda *_args: None  # type: ignore[method-assign]  # cut on purpose
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{server.server_port}/")
    page.wait_for_selector("form[data-ready]", state="attached")
    yield page
    context.close()
    server.shutdown()
    server.server_close()
    thread.join()


def _type(page: Page, text: str) -> None:
    page.locator("textarea").press("Control+End")
    page.locator("textarea").press_sequentially(text)


def _saved(page: Page) -> None:
    page.wait_for_selector('.autosave[data-state="saved"]', timeout=30000)


def test_a_text_saves_itself_and_says_so(page: Page, store: Store) -> None:
    _type(page, " Mer.")

    _saved(page)

    assert store.text == "Från början. Mer."
    assert "Sparat" in page.locator(".autosave").inner_text()
    assert page.locator("[data-version]").input_value() == "2"


def test_no_word_is_lost_when_the_network_falls(page: Page, store: Store) -> None:
    store.cut = 0.4
    area = page.locator("textarea")
    area.press("Control+End")
    for number in range(CUTS):
        area.press_sequentially(f" Ord {number}.", delay=5)
        page.wait_for_timeout(random.Random(number).randint(0, 300))
        page.evaluate("document.activeElement.blur()")
        area.press("Control+End")
    store.cut = 0.0
    page.evaluate("dispatchEvent(new Event('online'))")
    area.press_sequentially(" Slut.")

    page.wait_for_selector(".autosave[data-state=saved]", state="attached")
    page.wait_for_timeout(1800)

    assert store.text == area.input_value()
    assert store.text.endswith("Slut.")
    assert page.locator("[data-conflict]").is_hidden()


def test_two_writers_never_overwrite_silently(page: Page, store: Store) -> None:
    store.patch({"text": "Robins text."}, '"1"', by="Robin")
    _type(page, " Min text.")

    page.wait_for_selector("[data-conflict]:not([hidden])")

    assert store.text == "Robins text."
    assert page.locator("[data-who]").inner_text() == "Robin"
    _type(page, " Och mer.")
    page.wait_for_timeout(1800)
    assert store.text == "Robins text."


def test_a_personal_number_is_refused_until_the_writer_says_it_is_not_one(
    page: Page, store: Store
) -> None:
    _type(page, " 850101-1236")
    page.wait_for_selector("[data-refused]:not([hidden])")
    assert "850101" not in store.text

    page.get_by_role("button", name="Det är inte ett personnummer").click()

    _saved(page)
    assert "850101" in store.text


def test_leaving_with_unsaved_words_is_warned_about_or_they_are_saved(
    page: Page, store: Store
) -> None:
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    _type(page, " Sist.")

    page.reload()
    page.wait_for_timeout(300)

    assert asked == ["beforeunload"]
    assert store.text == "Från början. Sist."
