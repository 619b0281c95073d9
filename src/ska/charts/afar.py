"""A chart for a meeting: its words are read from across the room."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ska.charts.chart import Chart

TIMES = 1.5
HEIGHT = 630
PLACED = {"ax", "ay", "xshift", "yshift"}
"""How far from its point words stand, in pixels: as far again as they are larger."""


def from_afar(chart: Chart) -> Chart:
    """Return the chart with larger words in its figure; the still pictures grow with the page.

    Rows keep their height, so that all places are seen at once.
    """
    if not chart.figure:
        return chart
    layout = _grown(chart.figure["layout"])
    margin = {side: size * TIMES for side, size in layout.get("margin", {}).items()}
    height = layout.get("height")
    if layout.get("yaxis", {}).get("type") != "category":
        height = height * TIMES if height else HEIGHT
    figure = {**chart.figure, "layout": {**layout, "margin": margin, "height": height}}
    return replace(chart, figure=figure)


def _grown(part: Any, key: str = "") -> Any:
    if isinstance(part, dict):
        grown = {name: _grown(one, name) for name, one in part.items()}
        if key.endswith("font") and "size" in grown:
            grown["size"] *= TIMES
        return grown
    if isinstance(part, list):
        return [_grown(one) for one in part]
    return part * TIMES if key in PLACED else part
