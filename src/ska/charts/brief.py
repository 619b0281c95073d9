"""A chart for a page that holds several at once: its picture is low, and lies beside its words."""

from __future__ import annotations

from dataclasses import replace

from ska.charts.chart import Chart
from ska.charts.still import LABEL, still

WIDTH, HEIGHT, TOP = 320, 152, 10


def in_brief(chart: Chart) -> Chart:
    """Return the chart with a low picture in place of the narrow one; rows keep their height.

    A single line needs no name: what stands beside the picture says whose it is.
    """
    if not chart.figure or chart.figure["layout"].get("yaxis", {}).get("type") == "category":
        return chart
    layout, data = chart.figure["layout"], chart.figure["data"]
    words = layout.get("annotations", [])
    if sum(one.get("showlegend", True) for one in data) < 2:
        words = [one for one in words if one.get("name") != LABEL]
    low = {"height": HEIGHT, "margin": {**layout.get("margin", {}), "t": TOP}, "annotations": words}
    return replace(chart, svg_small=still({"data": data, "layout": {**layout, **low}}, WIDTH))
