"""A real browser on a real server: Chromium, with and without JavaScript, and axe."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests.chromium import find_chromium
from tests.places import Clone

from ska.accounts.models import Person

AXE = (Path(__file__).parents[1] / "vendor" / "axe.min.js").read_text()
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # Each window draws two address bars that nobody sees: a third of all the time. The rest are
    # Playwright's own, which a second list of features replaces.
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,PaintHolding,HttpsUpgrades,"
    "HttpsFirstBalancedModeAutoEnable,AvoidUnnecessaryBeforeUnloadCheckSync,MediaRouter,"
    "DestroyProfileOnBrowserClose,ThirdPartyStoragePartitioning,LensOverlay,OptimizationHints,"
    "AvoidCorsURLLoaderRestartOnRedirect,NetworkTimeServiceQuerying,PreconnectToSearch",
]
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
# What passed is left in the browser: to send it here took four times as long as to find it.
FOUND = """async rules => (await axe.run(document, rules)).violations
    .map(one => `${one.id}: ${one.nodes[0].html}`)"""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Return one Chromium for the run."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def site(db: Clone) -> Iterator[str]:
    """Serve the test's database and return the address."""
    config = uvicorn.Config(db.app, port=0, log_level="error", lifespan="off", ws="none")
    served = uvicorn.Server(config)
    thread = threading.Thread(target=served.run, daemon=True)
    thread.start()
    while not served.started:
        time.sleep(0.01)
    port = served.servers[0].sockets[0].getsockname()[1]
    yield f"http://localhost:{port}"
    served.should_exit = True
    thread.join(10)


class Reader:
    """A person at a browser; every page they see is checked for what no page may do."""

    def __init__(self, context: BrowserContext, site: str, *, javascript: bool = True) -> None:
        self.site = site
        self.javascript = javascript
        self.problems: list[str] = []
        self.context = context
        self.page: Page = context.new_page()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.problems.append(f"script: {error}"))
        self.page.on("request", self._request)

    def _console(self, message: Any) -> None:
        expected = "Failed to load resource" in message.text
        if message.type == "error" and not expected:
            self.problems.append(f"console: {message.text}")

    def _request(self, request: Any) -> None:
        if not request.url.startswith((self.site, "data:", "blob:")):
            self.problems.append(f"foreign request: {request.url}")

    def open(self, path: str) -> Page:
        """Open a page of ours."""
        self.page.goto(self.site + path)
        return self.page

    def axe(self) -> list[str]:
        """Return what axe finds on the page, one line a violation; it waits on scripts."""
        assert self.javascript, "without JavaScript axe would never answer"
        self.page.evaluate(f"{AXE}; undefined")
        found: list[str] = self.page.evaluate(FOUND, RULES)
        return found

    def shoot(self, name: str) -> None:
        """Keep a picture of the page when SKA_SHOTS names a folder."""
        folder = os.environ.get("SKA_SHOTS")
        if folder:
            self.page.screenshot(path=f"{folder}/{name}.png", full_page=True)

    def keep(self, name: str, content: bytes) -> None:
        """Keep what was made when SKA_SHOTS names a folder."""
        folder = os.environ.get("SKA_SHOTS")
        if folder:
            Path(folder, name).write_bytes(content)


@pytest.fixture
def reader(db: Clone, site: str, chromium: Browser) -> Iterator[Any]:
    """Return a function that gives a signed-in person at a browser."""
    readers: list[Reader] = []

    def sit_down(
        person: Person | None = None,
        *,
        javascript: bool = True,
        width: int = 1366,
        dark: bool = False,
    ) -> Reader:
        context = chromium.new_context(
            java_script_enabled=javascript,
            viewport={"width": width, "height": 768},
            color_scheme="dark" if dark else "light",
            locale="sv-SE",
            timezone_id="Europe/Stockholm",
            bypass_csp=False,
        )
        if person is not None:
            context.add_cookies([{"name": "ska", "value": db.sign_in(person), "url": site}])
        one = Reader(context, site, javascript=javascript)
        readers.append(one)
        return one

    yield sit_down
    for one in readers:
        assert one.problems == []
        one.context.close()
