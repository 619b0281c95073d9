"""Very many places: each a dot, heaped where values are alike. The own one stands out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from ska.charts.chart import Figure
from ska.charts.dots.spec import DotRow, DotSpec
from ska.charts.house import CONTEXT, INK, SERIES, layout
from ska.charts.spec import Role

COLUMNS, STEP, FOOT = 60, 9, 40
"""How many heaps the scale is cut into, the height of a dot, and that of the scale, in pixels."""


@dataclass(frozen=True)
class Heaped:
    """A place with its height in the heap, from 0; the reader's own place lies at the bottom."""

    row: DotRow
    value: float
    level: int


def heaped(spec: DotSpec) -> list[Heaped]:
    """Return every place that has a value, in the order of the rows within each heap."""
    axis = spec.axis
    width = ((axis.high - axis.low) or 1) / COLUMNS
    high: Counter[int] = Counter()
    found = []
    for row in sorted(spec.rows, key=lambda one: one.role is not Role.OWN):
        if row.measure.value is None:
            continue
        heap = int((row.measure.value - axis.low) / width)
        found.append(Heaped(row, row.measure.value, high[heap]))
        high[heap] += 1
    return found


def crowd_figure(spec: DotSpec) -> Figure:
    """Return the heaps as a Plotly figure; a dot tells its place when it is pointed at."""
    dots = heaped(spec)
    base, axis = layout(), spec.axis
    top = max((one.level for one in dots), default=0)
    kinds = (Role.OTHER, Role.PEER, Role.COUNTRY, Role.OWN)
    traces = [_trace(spec, [one for one in dots if one.row.role is kind]) for kind in kinds]
    return {
        "data": [one for one in traces if one["x"]],
        "layout": {
            **base,
            "hovermode": "closest",
            "height": 60 + FOOT + STEP * (top + 2),
            "margin": {**base["margin"], "t": 8, "r": 20},
            "xaxis": {
                **base["xaxis"],
                "range": [axis.low, axis.high],
                "tickvals": axis.ticks(),
                "ticktext": [axis.written(value) for value in axis.ticks()],
            },
            "yaxis": {**base["yaxis"], "visible": False, "range": [-1, top + 2]},
        },
    }


def _trace(spec: DotSpec, dots: list[Heaped]) -> Figure:
    role = dots[0].row.role if dots else Role.OTHER
    look = {Role.OWN: (SERIES[0], 14, "circle"), Role.COUNTRY: (INK, 11, "diamond")}
    color, size, symbol = look.get(role, (CONTEXT, 7, "circle"))
    return {
        "type": "scatter",
        "mode": "markers",
        "name": spec.name,
        "x": [one.value for one in dots],
        "y": [one.level for one in dots],
        "text": [f"{one.row.name}: {one.row.measure.written_with_count()}" for one in dots],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {"color": color, "size": size, "symbol": symbol},
    }
