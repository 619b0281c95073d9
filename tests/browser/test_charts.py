"""Charts in Chromium under the strict CSP: drawn, themed, narrow, and read without JavaScript."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from tests.axes import words_below
from tests.bare_templates import FRONTEND, environment
from tests.factories.charts import example, points, spec
from tests.factories.every_chart import EXAMPLES

from ska.charts import trend_chart
from ska.charts.afar import from_afar

AXE = (Path(__file__).parents[1] / "vendor" / "axe.min.js").read_text(encoding="utf-8")
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'"
)
SHEETS = ("tokens", "base", "nav", "card", "table", "chart", "picture", "print")
PAGE = """<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>Diagram</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="/static/icon.svg">
{% for sheet in sheets %}<link rel="stylesheet" href="/static/css/{{ sheet }}.css">{% endfor %}
<script type="module" src="/static/js/chart.js"></script>
<script type="module" src="/static/js/tabs.js"></script></head>
<body{% if meeting %} class="meeting"{% endif %}><main id="main" class="wrap"><h1>Diagram</h1>
{% for one in charts %}{{ ui.chart(one, level=2) }}{% endfor %}</main></body></html>"""
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


def _charts():
    clear = [(50.0, 120)] * 8 + [(80.0, 125)]
    return [example(), trend_chart(spec(id="clear", breaks=()), points(own=clear))]


class _Answer(BaseHTTPRequestHandler):
    def log_message(self, *args):
        """Keep the test's output quiet."""

    def do_GET(self):
        path = FRONTEND / self.path.lstrip("/").split("?")[0]
        if self.path in {"/", "/every", "/afar"}:
            charts = _charts() if self.path == "/" else [one() for one in EXAMPLES.values()]
            if self.path == "/afar":
                charts = [from_afar(one) for one in charts]
            page = environment().from_string(PAGE)
            page = page.render(charts=charts, sheets=SHEETS, meeting=self.path == "/afar")
            body, kind = page.encode(), "text/html; charset=utf-8"
        else:
            body, kind = path.read_bytes(), TYPES.get(path.suffix, "application/octet-stream")
        self.send_response(200)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.send_header("content-security-policy", CSP)
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="module")
def address():
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def visit(chromium, address):
    contexts = []

    def open_page(without=None, path="", **options):
        context = chromium.new_context(**options)
        if without:
            context.route(without, lambda route: route.abort())
        contexts.append(context)
        page = context.new_page()
        page.complaints, page.asked = [], []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()


def drawn(page):
    page.wait_for_selector("figure[data-drawn] .main-svg", timeout=30_000)
    return page.locator("figure").first


@pytest.mark.parametrize(
    ("width", "scheme"), [(1366, "light"), (320, "dark")], ids=["1366 light", "320 dark"]
)
def test_a_chart_is_drawn_without_complaint_or_foreign_request(visit, address, width, scheme):
    page = visit(viewport={"width": width, "height": 800}, color_scheme=scheme)
    figure = drawn(page)

    assert figure.locator(".scatterlayer .trace").count() == 4
    assert page.complaints == []
    assert [url for url in page.asked if not url.startswith((address, "data:"))] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate(AXE)
    found = page.evaluate("axe.run().then(r => r.violations.map(v => v.id + v.nodes[0].html))")
    assert found == []


def test_the_picture_is_only_drawn_when_it_comes_into_view(visit):
    page = visit(viewport={"width": 1366, "height": 500})
    drawn(page)

    assert page.locator("figure[data-drawn]").count() == 1
    page.locator("figure").nth(1).scroll_into_view_if_needed()
    page.wait_for_selector("figure:nth-of-type(2)[data-drawn]", timeout=30_000)


def test_the_drawing_is_made_once(visit):
    page = visit(viewport={"width": 1366, "height": 800})
    drawn(page)
    page.evaluate("document.fonts.ready.then(() => true)")
    page.reload()  # now with the house's letters at hand, which the margin is reckoned for
    canvas = drawn(page).locator(".canvas")

    took = canvas.evaluate("e => ['l', 'b'].map((side) => e._fullLayout._size[side])")
    given = canvas.evaluate("e => ['l', 'b'].map((side) => e.layout.margin[side])")
    assert took == given, "a margin that grows has the library draw everything again"


def test_a_picture_that_is_hidden_is_drawn_when_it_is_shown(visit):
    page = visit(viewport={"width": 1366, "height": 500})
    drawn(page)

    page.evaluate("""() => {
        const other = document.querySelectorAll("figure")[1];
        other.hidden = true;
        document.querySelector("figure").before(other);
        document.dispatchEvent(new CustomEvent("htmx:after:swap"));
    }""")
    page.wait_for_timeout(100)
    assert page.locator("figure[data-drawn]").count() == 1
    page.evaluate("document.querySelector('figure').hidden = false")
    page.wait_for_selector("figure:nth-of-type(1)[data-drawn]", timeout=30_000)


def test_the_own_line_takes_the_colour_of_the_theme(visit):
    own = "path.js-line"
    light = drawn(visit(viewport={"width": 1000, "height": 800}, color_scheme="light"))
    dark = drawn(visit(viewport={"width": 1000, "height": 800}, color_scheme="dark"))

    assert light.locator(own).last.evaluate("e => e.style.stroke") == "rgb(0, 80, 140)"
    assert dark.locator(own).last.evaluate("e => e.style.stroke") == "rgb(156, 201, 240)"


def test_the_tabs_answer_to_the_keyboard(visit):
    page = visit(viewport={"width": 1366, "height": 800})
    figure = drawn(page)

    figure.get_by_role("tab", name="Diagram").focus()
    page.keyboard.press("ArrowRight")
    assert figure.get_by_role("tabpanel", name="Tabell").is_visible()
    assert not figure.locator(".plot").is_visible()
    page.keyboard.press("ArrowRight")
    assert figure.get_by_role("tabpanel", name="Om måttet").is_visible()


def test_a_table_whose_tabs_never_come_is_shown_after_all(visit):
    page = visit(viewport={"width": 1366, "height": 800}, without="**/js/tabs.js")
    figure = drawn(page)

    assert not figure.get_by_role("table").is_visible()
    page.evaluate("document.getAnimations().forEach((one) => one.finish())")
    figure.get_by_role("table").wait_for()


def test_without_javascript_everything_is_there_to_read(visit):
    page = visit(java_script_enabled=False, viewport={"width": 1366, "height": 800})
    figure = page.locator("figure").first

    figure.locator("svg.trend-wide").wait_for()
    assert not figure.locator("svg.trend-narrow").is_visible()
    figure.get_by_role("table").wait_for()
    assert figure.get_by_role("cell", name="för få elever").count() == 1
    assert figure.get_by_role("img").get_attribute("aria-describedby")
    assert not figure.locator("[role=tablist]").is_visible()
    assert page.asked[0] == page.url


READ = """all => all.map((one) => [one.id, [...one.querySelectorAll(".plot svg, table")]
    .filter((part) => part.checkVisibility()).map((part) => part.getBoundingClientRect())
    .some(({ width, height }) => width > 100 && height > 40)])"""


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("width", [320, 1366])
def test_no_kind_of_chart_is_first_met_empty(visit, width, javascript):
    page = visit(
        path="every", viewport={"width": width, "height": 800}, java_script_enabled=javascript
    )
    read = page.locator("figure.chart").evaluate_all(READ)

    assert len(read) == len(EXAMPLES)
    assert [one for one, is_there in read if not is_there] == []


@pytest.mark.parametrize("path", ["every", "afar"])
@pytest.mark.parametrize("width", [320, 768, 1366])
def test_the_words_under_a_picture_do_not_run_into_each_other(visit, width, path):
    page = visit(path=path, viewport={"width": width, "height": 800})
    pictures, met = words_below(page)

    assert pictures >= (1 if width < 560 else 6)
    assert met == {}


def test_a_picture_that_needs_a_wide_page_leaves_a_narrow_one_to_the_table(visit):
    page = visit(path="every", viewport={"width": 1366, "height": 800})
    flow = page.locator("figure.chart:has([data-wide])")
    picture, table = (flow.get_by_role("tab", name=name) for name in ("Diagram", "Tabell"))
    assert picture.get_attribute("aria-selected") == "true"

    page.set_viewport_size({"width": 320, "height": 800})
    flow.get_by_role("table").wait_for()
    assert not picture.is_visible()
    assert table.get_attribute("aria-selected") == "true"
    table.press("ArrowRight")
    about = flow.get_by_role("tab", name="Om måttet")
    assert about.get_attribute("aria-selected") == "true"
    about.press("ArrowLeft")

    page.set_viewport_size({"width": 1366, "height": 800})
    picture.wait_for()
    assert flow.get_by_role("table").is_visible()
