"""Goals: 290 lines in a cold browser in 0.4 of Dash's time, 0.2 of Streamlit's; at most 520 kB.

Ours is a chart of the product on a page of the product, with its sentence, table and still picture;
what counts is when the drawing that one can point at stands there, not the still one before it.
The peers draw the same lines in as few lines of their own code as it takes. Each browser is a new
process with an empty cache; the time runs from the address to the last line drawn, as the browser
notes it frame by frame (asked from outside it is looked for more and more seldom, at last twice a
second). Bytes are those of everything our page fetches, as they came over the wire.
"""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

from bench.peers.lines import YEARS, lines
from bench.servers import peer, served
from jinja2 import ChoiceLoader, DictLoader
from litestar import Litestar
from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import sync_playwright
from tests.browser.conftest import FLAGS
from tests.chromium import find_chromium

from ska import serving
from ska.access import Right
from ska.charts import Line, PlottedValue, Role, TrendSpec, trend_chart
from ska.organizers.dependencies import GivenPlace
from ska.web.page import Page
from ska.web.routing import read

OF_DASH, OF_STREAMLIT, MOST_BYTES = 0.4, 0.2, 520_000
TURNS = 3
PAGE = "/{organizer:str}/matning"
_OURS = "figure[data-drawn] .canvas .scatterlayer path.js-line"
_THEIRS = ".scatterlayer .trace:nth-of-type(290) path.js-line"
_NOTE = """
(function look() {
  if (document.querySelector(LINE)) document.documentElement.dataset.lineAt = performance.now();
  else requestAnimationFrame(look);
})();"""
_TEMPLATE = """{% extends "layout/base.html" %}
{% block title %}Alla kommuner{% endblock %}
{% block head %}{% include "layout/drawing.html" %}{% endblock %}
{% block main %}<h1>Alla kommuner</h1>{{ ui.chart(chart) }}{% endblock %}"""


def create() -> Litestar:
    """Return the product with one page more: a chart of 290 lines."""
    app = serving.create()
    environment = app.template_engine.engine  # type: ignore[union-attr]  # it has one
    more = DictLoader({"measured.html": _TEMPLATE})
    environment.loader = ChoiceLoader([more, environment.loader])
    app.register(show)
    return app


@read(PAGE, needs=Right.ENTER)
def show(place: GivenPlace) -> Page:
    """Show the chart."""
    return Page("measured.html", chart=_chart())


def _chart() -> Any:
    rows = [
        PlottedValue(name, year, float(value))
        for name, values in lines()
        for year, value in zip(YEARS, values, strict=True)
    ]
    named = tuple(Line(name, name, Role.PEER) for name, _values in lines())
    spec = TrendSpec(
        id="many", name="Alla kommuner", lines=named, periods=tuple(YEARS), source="påhittad"
    )
    return trend_chart(spec, rows)


def measure_drawing(address: str, cookies: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Return our time against each peer's, and the bytes of our page."""
    quiet = ("--server.headless", "true", "--browser.gatherUsageStats", "false")
    with ExitStack() as stack:
        start = stack.enter_context
        dash = start(served(peer("python", "bench/peers/dash_lines.py", "{port}")))
        page = ("run", "bench/peers/streamlit_lines.py", "--server.port", "{port}", *quiet)
        streamlit = start(served(peer("streamlit", *page)))
        path = PAGE.replace("{organizer:str}", "ekhult")
        turns = [
            (
                _drawn(f"{address}{path}", _OURS, cookies),
                _drawn(dash, _THEIRS),
                _drawn(streamlit, _THEIRS),
            )
            for _turn in range(TURNS)
        ]
    ours, *theirs = (statistics.median(one[0] for one in made) for made in zip(*turns, strict=True))
    for name, reference, goal in zip(
        ("dash", "streamlit"), theirs, (OF_DASH, OF_STREAMLIT), strict=True
    ):
        yield {
            "name": f"290_lines_in_a_cold_browser_against_{name}",
            "ours": round(ours, 3),
            "reference": round(reference, 3),
            "ratio": round(ours / reference, 3),
            "goal": goal,
        }
    size = max(one[0][1] for one in turns)
    yield {
        "name": "bytes_of_the_first_view_of_290_lines_against_520_kB",
        "ours": size,
        "reference": MOST_BYTES,
        "ratio": round(size / MOST_BYTES, 2),
        "goal": 1,
    }


def _drawn(address: str, line: str, cookies: dict[str, str] | None = None) -> tuple[float, int]:
    """Return the seconds until a line is drawn in a new browser, and the bytes that it took."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        context = browser.new_context(viewport={"width": 1366, "height": 768})
        for name, value in (cookies or {}).items():
            context.add_cookies([{"name": name, "value": value, "url": address}])
        page = context.new_page()
        sizes = _count_bytes(page)
        page.add_init_script(_NOTE.replace("LINE", json.dumps(line)))
        page.goto(address, wait_until="commit")
        page.wait_for_selector("html[data-line-at]", state="attached", timeout=120_000)
        taken = page.locator("html").get_attribute("data-line-at")
        browser.close()
    assert taken is not None
    return float(taken) / 1000, sum(sizes)


def _count_bytes(page: BrowserPage) -> list[int]:
    sizes: list[int] = []
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.on("Network.loadingFinished", lambda told: sizes.append(int(told["encodedDataLength"])))
    return sizes
