"""What a browser that has nothing yet fetches for a page with a chart of 290 lines."""

from __future__ import annotations

import gzip
import re
from typing import Any

from tests.bare_templates import environment
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.story_1 import story_1

from ska.charts import Line, PlottedValue, Role, TrendSpec, trend_chart
from ska.settings import bundled
from ska.web.statics import SHEETS

MOST = 520_000  # bytes over the wire (issue 4)
HEAD = 700  # bytes of an answer's headers and its share of the frames
PAGE = "/ekhult/resultat/gr-alla-amnen-ak9"
_FILE = re.compile(r'="(/statisk/[^"]+)"')


def _many() -> Any:
    years = tuple(str(year) for year in range(2006, 2026))
    names = [f"Kommun {at}" for at in range(290)]
    rows = [
        PlottedValue(name, year, 50.0 + (at * 7 + place * 13) % 40)
        for at, name in enumerate(names)
        for place, year in enumerate(years)
    ]
    lines = tuple(Line(name, name, Role.PEER) for name in names)
    spec = TrendSpec(id="many", name="Alla", lines=lines, periods=years, source="påhittad")
    return trend_chart(spec, rows)


def test_a_first_view_of_290_lines_stays_within_its_weight(db) -> None:
    ekhult = story_1()[0]
    kim = PersonFactory()
    RoleAssignmentFactory(person=kim, organizer=ekhult)
    browse = db.browse(kim)
    page = browse.get(PAGE).text
    chart = environment().from_string("{{ ui.chart(chart) }}").render(chart=_many())

    files = set(_FILE.findall(page))
    answers = [browse.get(path, headers={"Accept-Encoding": "gzip, br"}) for path in files]
    sizes = [int(answer.headers["content-length"]) + HEAD for answer in answers]
    body = len(gzip.compress((page + chart).encode(), compresslevel=1))

    assert any(path.endswith("/vendor/plotly.js") for path in files)
    assert {path.rsplit("/", 1)[1] for path in files} >= {"all.css", "chart.js", "htmx.min.js"}
    assert body + sum(sizes) <= MOST


def test_the_sheets_are_sent_as_one_and_none_is_left_out(db) -> None:
    folder = bundled("frontend") / "static/css"
    address = next(one for one in _FILE.findall(db.browse().get("/logga-in").text) if "css" in one)

    sent = db.browse().get(address).text

    assert {path.stem for path in folder.glob("*.css")} == set(SHEETS)
    assert sent == "".join((folder / f"{sheet}.css").read_text() for sheet in SHEETS)
