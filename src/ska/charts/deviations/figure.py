"""Deviations as a Plotly figure: bars both ways from the middle, and the net as a dot."""

from __future__ import annotations

from ska.charts.chart import Figure
from ska.charts.deviations.spec import DeviationRow, DeviationSpec
from ska.charts.figure import shorten
from ska.charts.house import CONTEXT, HAIRLINE, INK, INK_2, MARKERS, PANEL, SERIES, layout
from ska.statistics import Measure

ROW, HEAD = 44, 96
LOWER, HIGHER = SERIES[1], SERIES[2]
"""Two colours of like weight: neither way is the good one."""


def deviation_figure(spec: DeviationSpec) -> Figure:
    """Return a box a share from the middle out, its end as a mark, and the net as a diamond.

    The boxes are shapes, so that the still picture is painted from them too.
    """
    return {
        "data": [
            _ends(spec, -1, LOWER, [row.lower for row in spec.rows]),
            _ends(spec, 1, HIGHER, [row.higher for row in spec.rows]),
            _nets(spec),
        ],
        "layout": _layout(spec),
    }


def for_narrow(spec: DeviationSpec, wide: Figure) -> Figure:
    """Return the figure for a narrow page, where the notes alone say why a row is broken off.

    Its scale has few lines, so that its middle is always named.
    """
    layout = wide["layout"]
    kept = [one for one in layout["annotations"] if one["name"] != "break"]
    axis = {**layout["xaxis"], **_ticks(spec.ticks(most=5))}
    return {**wide, "layout": {**layout, "annotations": kept, "xaxis": axis}}


def _ticks(places: list[int]) -> Figure:
    return {"tickvals": places, "ticktext": [f"{abs(at)}\u00a0%" for at in places]}


def _ends(spec: DeviationSpec, way: int, color: str, measures: list[Measure]) -> Figure:
    name = spec.ways[0] if way < 0 else spec.ways[1]
    known = [
        (row, one) for row, one in zip(spec.rows, measures, strict=True) if one.value is not None
    ]
    spans = [_whiskers(one) for _row, one in known]
    near, far = [one[0] for one in spans], [one[1] for one in spans]
    return {
        "type": "scatter", "mode": "markers", "name": name,
        "x": [way * (one.value or 0) for _row, one in known],
        "y": [row.key for row, _one in known],
        "customdata": [one.value for _row, one in known],
        "text": [f"{row.name}, {name}: {one.written_with_count()}" for row, one in known],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {"color": color, "size": 7, "symbol": MARKERS[1] if way < 0 else MARKERS[2]},
        "error_x": {
            "type": "data", "symmetric": False,
            "array": far if way > 0 else near, "arrayminus": near if way > 0 else far,
            "color": INK_2, "thickness": 1.5, "width": 0,
            "visible": any(one is not None for one in near),
        },
    }  # fmt: skip


def _whiskers(one: Measure) -> tuple[float | None, float | None]:
    """Return how far the uncertainty reaches towards the middle and away from it."""
    around = one.reach()
    if around is None or one.value is None or one.whole:
        return None, None
    return round(one.value - around.low, 2), round(around.high - one.value, 2)


def _nets(spec: DeviationSpec) -> Figure:
    known = [row for row in spec.rows if row.net is not None]
    return {
        "type": "scatter", "mode": "markers", "name": "netto",
        "x": [row.net for row in known], "y": [row.key for row in known],
        "customdata": [row.same.value for row in known], "hoverinfo": "skip",
        "marker": {"symbol": "diamond", "size": 10, "color": INK,
                   "line": {"width": 1.5, "color": "#FFFFFF"}},
    }  # fmt: skip


def _layout(spec: DeviationSpec) -> Figure:
    base, reach = layout(), spec.reach
    return {
        **base,
        "meta": {"kept": True},
        "hovermode": "closest",
        "height": HEAD + ROW * max(1, len(spec.rows)),
        "margin": {**base["margin"], "t": 34, "r": 20},
        "xaxis": {
            **base["xaxis"], "range": [-reach, reach], **_ticks(spec.ticks(most=7)),
            "showgrid": True, "gridcolor": HAIRLINE,
            "zeroline": True, "zerolinecolor": CONTEXT, "zerolinewidth": 2,
        },
        "yaxis": {
            **base["yaxis"], "showgrid": False, "type": "category",
            "categoryorder": "array", "categoryarray": [row.key for row in spec.rows],
            "range": [len(spec.rows) - 0.5, -0.5],
            "tickvals": [row.key for row in spec.rows],
            "ticktext": [shorten(row.name) for row in spec.rows],
            "tickfont": {"size": 15, "color": INK},
        },
        "annotations": [*_ways(spec), *(word for row in spec.rows for word in _words(row)),
                        *(_break(row, at) for at, row in _breaks(spec))],
        "shapes": [*(box for at, row in enumerate(spec.rows) for box in _boxes(row, at)),
                   *(_line(at) for at, _row in _breaks(spec))],
    }  # fmt: skip


def _boxes(row: DeviationRow, at: int) -> list[Figure]:
    """Draw how far the shares of a row reach either way."""
    return [
        {"type": "rect", "xref": "x", "yref": "y", "layer": "below", "x0": 0,
         "x1": way * one.value, "y0": at - 0.22, "y1": at + 0.22, "fillcolor": color,
         "line": {"width": 0, "color": color}}
        for way, one, color in ((-1, row.lower, LOWER), (1, row.higher, HIGHER))
        if one.value is not None
    ]  # fmt: skip


def _breaks(spec: DeviationSpec) -> list[tuple[int, DeviationRow]]:
    return [(at, row) for at, row in enumerate(spec.rows) if row.broken and at]


def _ways(spec: DeviationSpec) -> list[Figure]:
    return [
        {"name": "way", "text": text, "xref": "x", "yref": "paper", "x": x, "y": 1, "yshift": 18,
         "xanchor": anchor, "showarrow": False, "font": {"size": 14, "color": INK_2}}
        for text, x, anchor in ((spec.ways[0], -1, "right"), (spec.ways[1], 1, "left"))
    ]  # fmt: skip


def _words(row: DeviationRow) -> list[Figure]:
    """Write why a bar is missing where it would start: no bar must not look like nobody."""
    silent = [(way, one) for way, one in ((-1, row.lower), (1, row.higher)) if one.value is None]
    return [
        {"name": "word", "text": one.written(), "xref": "x", "yref": "y", "x": way, "y": row.key,
         "xanchor": "left" if way > 0 else "right", "showarrow": False,
         "font": {"size": 14, "color": INK_2}}
        for way, one in (silent[1:] if row.is_silent else silent)
    ]  # fmt: skip


def _break(row: DeviationRow, at: int) -> Figure:
    """Write what was broken on the line itself: the bars beside it leave no room."""
    return {"name": "break", "text": row.broken, "xref": "paper", "yref": "y", "x": 1,
            "y": at - 0.5, "xanchor": "right", "showarrow": False, "bgcolor": PANEL,
            "font": {"size": 14, "color": INK_2}}  # fmt: skip


def _line(at: int) -> Figure:
    return {"type": "line", "xref": "paper", "yref": "y", "x0": 0, "x1": 1, "y0": at - 0.5,
            "y1": at - 0.5, "line": {"color": CONTEXT, "width": 1.5, "dash": "dash"}}  # fmt: skip
