"""Very many places: each a dot, heaped where values are alike. The own one stands out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from ska.charts.chart import Figure
from ska.charts.dots.spec import DotRow, DotSpec
from ska.charts.house import CONTEXT, HAIRLINE, INK, INK_2, SERIES, layout
from ska.charts.spec import Role
from ska.charts.svg import tag

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


def crowd_marks(spec: DotSpec, width: int) -> tuple[list[str], int]:
    """Return the still picture's elements and its height."""
    dots, axis = heaped(spec), spec.axis
    step = STEP if width >= 560 else STEP - 4
    bottom = 20 + step * (max((one.level for one in dots), default=0) + 1)
    left, right = 24, width - 24

    def x(value: float) -> float:
        return left + (value - axis.low) / ((axis.high - axis.low) or 1) * (right - left)

    found = [tag("line", x1=left, y1=bottom, x2=right, y2=bottom, stroke=HAIRLINE, class_="grid")]
    ticks = axis.ticks()
    for value in ticks[:: 1 if width >= 560 else max(1, -(-len(ticks) // 4))]:
        found.append(
            tag("text", axis.written(value), x=x(value), y=bottom + 22, fill=INK_2, font_size=14,
                class_="ink-2", text_anchor="middle")
        )  # fmt: skip
    for one in reversed(dots):
        is_own = one.row.role is Role.OWN
        found.append(
            tag("circle", cx=x(one.value), cy=bottom - 5 - step * one.level,
                r=7 if is_own else step / 2.6, fill=SERIES[0] if is_own else CONTEXT,
                class_="mark s1" if is_own else "mark context")
        )  # fmt: skip
    return found, bottom + FOOT
