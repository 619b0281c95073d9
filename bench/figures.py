"""Goals: a figure of 290 lines in 1/100 of the time of Plotly's graph objects, 3 × bare orjson.

Ours is one trace whose lines are parted by nulls; graph objects have a trace a line, with the same
properties. Both end as JSON. Bare is `orjson.dumps` of the periods and values of the same lines.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import orjson
import plotly.graph_objects as go
from bench.databases import Databases

from ska.charts import Line, PlottedValue, Role, TrendSpec, figure_json
from ska.charts.figure import trend_figure
from ska.charts.picture import draw

GOAL, OF_BARE = 1 / 100, 3
NAMES = [f"K{at}" for at in range(290)]
YEARS = tuple(str(year) for year in range(2006, 2026))


def measure(_databases: Databases) -> Iterator[dict[str, Any]]:
    """Return ours (seconds) against each reference."""
    rows = [
        PlottedValue(name, year, 50.0 + (at * 7) % 40)
        for at, name in enumerate(NAMES)
        for year in YEARS
    ]
    lines = tuple(Line(name, name, Role.PEER) for name in NAMES)
    spec = TrendSpec(id="many", name="Många", lines=lines, periods=YEARS, source="påhittad")
    picture = draw(spec, rows)
    figure = trend_figure(picture)
    arrays = {axis: figure["data"][0][axis] for axis in "xy"}
    ours = _best(lambda: figure_json(trend_figure(picture)), 30)
    for name, reference, goal in (
        ("graph_objects", _best(_graph_objects, 3), GOAL),
        ("bare_orjson", _best(lambda: orjson.dumps(arrays), 30), OF_BARE),
    ):
        yield {
            "name": f"figure_json_290_lines_against_{name}",
            "ours": round(ours, 5),
            "reference": round(reference, 5),
            "ratio": round(ours / reference, 4),
            "goal": goal,
        }


def _graph_objects() -> str:
    figure = go.Figure()
    for name in NAMES:
        figure.add_trace(
            go.Scatter(
                x=YEARS,
                y=[50.0] * len(YEARS),
                name=name,
                mode="lines+markers",
                hovertemplate="%{text}",
                text=[name] * len(YEARS),
                connectgaps=False,
                line={"color": "#7A8494", "width": 1},
                marker={"size": 3},
            )
        )
    return str(figure.to_json())


def _best(function: Callable[[], Any], times: int) -> float:
    taken = []
    for _round in range(times):
        started = time.perf_counter()
        function()
        taken.append(time.perf_counter() - started)
    return min(taken)
