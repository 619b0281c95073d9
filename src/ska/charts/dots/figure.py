"""The dot plot as a Plotly figure: plain dicts, checked by ``plotly.graph_objects`` in tests."""

from __future__ import annotations

from collections.abc import Sequence

from ska.charts.chart import Figure
from ska.charts.dots.crowd import crowd_figure
from ska.charts.dots.spec import DotRow, DotSpec
from ska.charts.house import CONTEXT, MARKERS, SERIES, SOFT
from ska.charts.listed import Listed, Rows, rows_layout
from ska.charts.spec import Role

ROWS = Rows(30, 70, has_legend=False)


def dot_figure(spec: DotSpec) -> Figure:
    """Return one trace a kind of place, the reader's own last so that it lies on top.

    Too many places for a row each are heaped.
    """
    if spec.is_crowd:
        return crowd_figure(spec)
    kinds = (Role.COUNTRY, Role.OTHER, Role.PEER, Role.OWN)
    traces = [_trace(spec, [row for row in spec.shown if row.role is kind]) for kind in kinds]
    return {
        "data": [one for one in traces if one["y"]],
        "layout": rows_layout(places_of(spec.shown), spec.axis, ROWS),
    }


def places_of(rows: Sequence[DotRow]) -> list[Listed]:
    """Return the places on their rows, each without a value with its word."""
    return [
        Listed(
            one.key,
            one.name,
            "" if one.measure.value is not None else one.measure.written(),
            one.is_high,
        )
        for one in rows
    ]


def _trace(spec: DotSpec, rows: Sequence[DotRow]) -> Figure:
    known = [row for row in rows if row.measure.value is not None]
    is_own = bool(known) and known[0].role is Role.OWN
    is_country = bool(known) and known[0].role is Role.COUNTRY
    color = SERIES[0] if is_own else CONTEXT if is_country else SERIES[2]
    shape = MARKERS[0] if is_own else MARKERS[3] if is_country else MARKERS[1]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": spec.name,
        "x": [row.measure.value for row in known],
        "y": [row.key for row in known],
        "text": [f"{row.name}: {row.measure.written_with_count()}" for row in known],
        "hovertemplate": "%{text}<extra></extra>",
        "error_x": spread_of(known),
        "marker": {
            "color": color,
            "size": 12 if is_own else 10,
            "symbol": [f"{shape}-open" if row.measure.is_few else shape for row in known],
            "line": {"width": 2, "color": color},
        },
    }


def spread_of(known: Sequence[DotRow]) -> Figure:
    up: list[float | None] = []
    down: list[float | None] = []
    for row in known:
        around, value = row.measure.interval(), row.measure.value
        if around is None or value is None or row.measure.whole:
            up.append(None)
            down.append(None)
            continue
        up.append(round(around.high * 100 - value, 2))
        down.append(round(value - around.low * 100, 2))
    return {
        "type": "data", "symmetric": False, "array": up, "arrayminus": down,
        "color": SOFT, "thickness": 2, "width": 5, "visible": any(one is not None for one in up),
    }  # fmt: skip
