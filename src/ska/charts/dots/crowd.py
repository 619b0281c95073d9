"""Very many places: each a dot, heaped where values are alike. The own one stands out.

What they are parts of is no place: it is a line through the heaps, with its name.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from ska.charts.chart import Figure
from ska.charts.dots.spec import DotRow, DotSpec
from ska.charts.figure import shorten
from ska.charts.house import CONTEXT, INK, INK_2, SERIES, layout
from ska.charts.spec import Role

COLUMNS, STEP, FOOT = 60, 9, 40
"""How many heaps the scale is cut into, the height of a dot, and that of the scale, in pixels."""
ROOM, AIR = 5, 0.03
"""Dots of room for names above the heaps, and air beside the scale as a part of it."""


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
    for row in sorted(spec.shown, key=lambda one: one.role is not Role.OWN):
        if row.measure.value is None or row.key in spec.wholes:
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
    reach = (axis.high - axis.low) * AIR
    lines = [Heaped(row, row.measure.value or 0.0, -1) for row in spec.lines]
    named = [*(one for one in dots if one.row.role in {Role.OWN, Role.COUNTRY}), *lines]
    kinds = (Role.OTHER, Role.PEER, Role.COUNTRY, Role.OWN)
    traces = [_trace(spec, [one for one in dots if one.row.role is kind]) for kind in kinds]
    return {
        "data": [one for one in traces if one["x"]],
        "layout": {
            **base,
            "hovermode": "closest",
            "height": 60 + FOOT + STEP * (top + ROOM),
            "margin": {**base["margin"], "t": 8, "r": 20},
            "xaxis": {
                **base["xaxis"],
                "range": [axis.low - reach, axis.high + reach],
                "tickvals": axis.ticks(),
                "ticktext": [axis.written(value) for value in axis.ticks()],
            },
            "yaxis": {**base["yaxis"], "visible": False, "range": [-1, top + ROOM]},
            "shapes": [_stem(one, top, is_line=one in lines) for one in named],
            "annotations": [_name(one, top, named) for one in named],
        },
    }


def _stem(one: Heaped, top: int, *, is_line: bool) -> Figure:
    """Draw a thin line from a named place up to its name, above all heaps; a whole's is thick."""
    look = {"width": 2, "color": INK} if is_line else {"width": 1, "dash": "dot", "color": INK_2}
    return {
        "type": "line", "xref": "x", "yref": "y", "x0": one.value, "x1": one.value,
        "y0": one.level, "y1": top + 1.5, "line": look,
    }  # fmt: skip


def _name(one: Heaped, top: int, named: list[Heaped]) -> Figure:
    """Write a place's name on the side that leads away from the other named one."""
    is_left = any(one.value < other.value for other in named)
    return {
        "name": "name", "text": shorten(one.row.name), "xref": "x", "yref": "y", "x": one.value,
        "y": top + 1.5, "xanchor": "right" if is_left else "left", "yanchor": "bottom",
        "showarrow": False, "font": {"size": 14, "color": INK},
    }  # fmt: skip


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
