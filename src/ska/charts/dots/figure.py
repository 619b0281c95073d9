"""The dot plot as a Plotly figure: plain dicts, checked by ``plotly.graph_objects`` in tests."""

from __future__ import annotations

from collections.abc import Sequence

from ska.charts.chart import Figure
from ska.charts.dots.crowd import crowd_figure
from ska.charts.dots.spec import DotRow, DotSpec
from ska.charts.house import CONTEXT, INK, MARKERS, SERIES, SOFT
from ska.charts.listed import Listed, Rows, rows_layout
from ska.charts.spec import Role

ROWS = Rows(30, 70, has_legend=False)
Look = tuple[str, str, int]
COUNTRY: Look = (CONTEXT, MARKERS[3], 10)
UNCLEAR: Look = (CONTEXT, MARKERS[0], 9)
OTHER: Look = (SERIES[2], MARKERS[1], 10)
CLEAR: Look = (INK, MARKERS[1], 10)
OWN: Look = (SERIES[0], MARKERS[0], 12)
LOOKS = (COUNTRY, UNCLEAR, OTHER, CLEAR, OWN)
"""Colour, shape and size, in the order that they are drawn in."""


def dot_figure(spec: DotSpec) -> Figure:
    """Return one trace a kind of place, the reader's own last so that it lies on top.

    Those that differ clearly from the reference look otherwise than those that do not. Too many
    places for a row each are heaped.
    """
    if spec.is_crowd:
        return crowd_figure(spec)
    kinds: dict[Look, list[DotRow]] = {look: [] for look in LOOKS}
    for row in spec.shown:
        kinds[_look(spec, row)].append(row)
    traces = [_trace(spec, look, rows) for look, rows in kinds.items()]
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


def _look(spec: DotSpec, row: DotRow) -> Look:
    if row.role is Role.OWN:
        return OWN
    if row.role is Role.COUNTRY:
        return COUNTRY
    if not spec.judged or row.key == spec.reference:
        return OTHER
    return CLEAR if row.is_clear else UNCLEAR


def _trace(spec: DotSpec, look: Look, rows: Sequence[DotRow]) -> Figure:
    known = [row for row in rows if row.measure.value is not None]
    color, shape, size = look
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
            "size": size,
            "symbol": [f"{shape}-open" if row.measure.is_few else shape for row in known],
            "line": {"width": 2, "color": color},
        },
    }


def spread_of(known: Sequence[DotRow]) -> Figure:
    up: list[float | None] = []
    down: list[float | None] = []
    for row in known:
        around, value = row.measure.reach(), row.measure.value
        if around is None or value is None or row.measure.whole:
            up.append(None)
            down.append(None)
            continue
        up.append(round(around.high - value, 2))
        down.append(round(value - around.low, 2))
    return {
        "type": "data", "symmetric": False, "array": up, "arrayminus": down,
        "color": SOFT, "thickness": 2, "width": 5, "visible": any(one is not None for one in up),
    }  # fmt: skip
