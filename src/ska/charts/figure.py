"""The picture as a Plotly figure: plain dicts, checked by ``plotly.graph_objects`` in the tests."""

from __future__ import annotations

from collections.abc import Iterator

from ska.charts.chart import Figure
from ska.charts.house import BAND, CONTEXT, HAIRLINE, INK, INK_2, PANEL, SOFT, layout
from ska.charts.paper import CHARACTER
from ska.charts.picture import FLAG_HEIGHT, Axis, DrawnLine, Picture

LABEL_GAP = 21
BESIDE, BELOW = 15, 41
"""Pixels that an axis takes beside its words, and below: with less the drawing is made twice."""
PLOT_HEIGHT = 270
MOST_DOTTED = 1_000  # points of similar places
LABEL = "label"
"""The name of the words at the line ends; a narrow page drops them and shows a legend."""


def trend_figure(picture: Picture) -> Figure:
    """Return the figure; similar places are one trace whose lines are parted by nulls."""
    data = [*_peers(picture), *(_line(one, picture) for one in _in_drawing_order(picture))]
    return {"data": [trace for trace in data if any(trace["x"])], "layout": _layout(picture)}


def _in_drawing_order(picture: Picture) -> list[DrawnLine]:
    """Return the named lines, the reader's own last so that it lies on top."""
    return [one for role in ("country", "other", "own") for one in picture.of(role)]


def _peers(picture: Picture) -> Iterator[Figure]:
    """Yield the similar places; where they are very many, only points that stand alone have a dot.

    Thousands of dots melt into their lines, and take longer to draw than all the rest.
    """
    periods, peers = picture.spec.periods, picture.peers
    x = [None if at is None else periods[at] for at in peers.positions]
    look: Figure = {"type": "scatter", "hoverinfo": "skip", "opacity": 0.5}
    line = {"color": CONTEXT, "width": 1}
    marker = {"color": CONTEXT, "size": 3 if peers.has_lines else 8 if picture.is_one_period else 6}
    name = picture.spec.peers_name
    if len(x) <= MOST_DOTTED:
        yield look | {"mode": "lines+markers", "name": name, "x": x, "y": peers.values,
                      "line": line, "marker": marker}  # fmt: skip
        return
    yield look | {"mode": "lines", "name": name, "x": x, "y": peers.values, "line": line}
    yield look | {
        "mode": "markers",
        "name": name,
        "x": [x[at] for at in peers.alone],
        "y": [peers.values[at] for at in peers.alone],
        "marker": marker,
        "showlegend": False,
    }


def _line(drawn: DrawnLine, picture: Picture) -> Figure:
    x, y, text = _points(drawn)
    is_own, is_country = drawn.line.role == "own", drawn.line.role == "country"
    width = 3 if is_own else 1.5 if is_country else 2
    trace: Figure = {
        "type": "scatter",
        "mode": "lines+markers",
        "name": drawn.line.name,
        "x": x,
        "y": y,
        "text": text,
        "hovertemplate": "%{text}",
        "connectgaps": False,
        "line": {"color": drawn.color, "width": width, "dash": "dash" if is_country else "solid"},
        "marker": {
            "color": drawn.color,
            "size": _sizes(drawn, picture),
            "opacity": 1,  # else sizes that differ make the library draw them pale
            "symbol": "diamond" if is_country and picture.is_one_period else _symbols(drawn),
            "line": {"width": 2, "color": drawn.color} if is_own else {"width": 0},
        },
    }
    return trace | ({"error_y": _error_bars(drawn)} if is_own else {})


def _points(drawn: DrawnLine) -> tuple[list[str | None], list[float | None], list[str | None]]:
    x: list[str | None] = []
    y: list[float | None] = []
    text: list[str | None] = []
    for dots in drawn.pieces():
        if x:
            x.append(None)
            y.append(None)
            text.append(None)
        x += [dot.measure.label for dot in dots]
        y += [dot.measure.value for dot in dots]
        text += [dot.told for dot in dots]
    return x, y, text


def _aligned(drawn: DrawnLine) -> list[int | None]:
    """Return the position of each plotted point, None where pieces are parted."""
    found: list[int | None] = []
    for dots in drawn.pieces():
        found += ([None] if found else []) + [dot.position for dot in dots]
    return found


def _symbols(drawn: DrawnLine) -> list[str]:
    few = [at is not None and drawn.dots[at].measure.is_few for at in _aligned(drawn)]
    return [f"{drawn.marker}-open" if one else drawn.marker for one in few]


def _sizes(drawn: DrawnLine, picture: Picture) -> int | list[int]:
    """Return the size of each mark: what the source only repeated is small."""
    role = drawn.line.role
    size = 10 if role == "own" else 4 if role == "country" and not picture.is_one_period else 8
    if not any(dot.carried_from for dot in drawn.dots):
        return size
    return [
        size // 2 if at is not None and drawn.dots[at].carried_from else size
        for at in _aligned(drawn)
    ]


def _error_bars(drawn: DrawnLine) -> Figure:
    up: list[float | None] = []
    down: list[float | None] = []
    for at in _aligned(drawn):
        measure = drawn.dots[at].measure if at is not None else None
        around = measure.reach() if measure else None
        value = measure.value if measure else None
        known = around is not None and value is not None
        up.append(round(around.high - value, 2) if known and around and value is not None else None)
        down.append(
            round(value - around.low, 2) if known and around and value is not None else None
        )
    if not any(up) and not any(down):
        return {"visible": False}
    return {
        "type": "data", "symmetric": False, "array": up, "arrayminus": down,
        "color": SOFT, "thickness": 1.5, "width": 4,
    }  # fmt: skip


def _layout(picture: Picture) -> Figure:
    base = layout()
    axis, periods = picture.axis, picture.spec.periods
    x = {
        **base["xaxis"],
        "type": "category",
        "categoryorder": "array",
        "categoryarray": list(periods),
        "range": [-0.5, picture.right],
        "tickvals": _thinned(periods),
        "tickangle": 0,
    }
    y = {
        **base["yaxis"],
        "range": _roomy(axis),
        "tickvals": axis.ticks(),
        "ticktext": [axis.written(value) for value in axis.ticks()],
    }
    widest = max(map(len, y["ticktext"]), default=0) * CHARACTER
    labels = _labels(picture)
    longest = max((len(one["text"]) for one in labels), default=0)
    return {
        **base,
        "meta": {},
        "xaxis": x,
        "yaxis": y,
        "margin": {
            **base["margin"],
            "l": round(widest) + BESIDE,
            "b": BELOW,
            "r": 16 + round(longest * 6.9) + (22 if labels else 0),
        },
        "legend": {"orientation": "h", "y": -0.16, "x": 0, "font": {"size": 14, "color": INK}},
        "shapes": _shapes(picture),
        "annotations": [*labels, *_marks(picture)],
    }


def _roomy(axis: Axis) -> list[float]:
    room = (axis.high - axis.low) * 0.03
    return [axis.low - (room if axis.low > 0 else 0), axis.high + room]


def _thinned(periods: tuple[str, ...], most: int = 9) -> list[str]:
    every = max(1, -(-len(periods) // most))
    return list(periods[::-1][::every][::-1])


def _shapes(picture: Picture) -> list[Figure]:
    bands = [
        {
            "type": "rect", "xref": "x", "yref": "paper", "layer": "below", "y0": 0, "y1": 1,
            "x0": band.first - 0.32, "x1": band.last + 0.32, "fillcolor": BAND,
            "line": {"width": 0},
        }
        for band in picture.bands
    ]  # fmt: skip
    marks = [(at, "dash", INK_2) for at, _text in picture.breaks]
    marks += [(at, "dot", CONTEXT) for at in picture.flag_positions]
    lines = [
        {
            "type": "line", "xref": "x", "yref": "paper", "layer": "below", "y0": 0, "y1": 1,
            "x0": at, "x1": at, "line": {"width": 1.5, "dash": dash, "color": color},
        }
        for at, dash, color in marks
    ]  # fmt: skip
    return bands + lines


def _labels(picture: Picture) -> list[Figure]:
    """Write each line's name at its end, moved apart where they would lie on each other."""
    ends = [one for one in picture.lines if one.last]
    found = []
    for drawn, shift in spread(picture, ends):
        assert drawn.last is not None
        found.append(
            {
                "name": LABEL,
                "text": shorten(drawn.line.name),
                "xref": "x",
                "yref": "y",
                "x": drawn.last.position,
                "y": drawn.last.measure.value,
                "xanchor": "left",
                "ax": 24,
                "bgcolor": PANEL,
                "ay": shift,
                "arrowcolor": drawn.color,
                "arrowwidth": 1,
                "arrowhead": 0,
                "standoff": 7,
                "showarrow": True,
                "font": {"size": 15, "color": INK},
            }
        )
    return found


def spread(picture: Picture, ends: list[DrawnLine]) -> list[tuple[DrawnLine, int]]:
    """Return each line with how many pixels its label moves down so that none overlap."""
    axis = picture.axis
    scale = PLOT_HEIGHT / ((axis.high - axis.low) or 1)
    placed: list[tuple[float, DrawnLine]] = []
    for drawn in sorted(ends, key=lambda one: -_end(one)):
        wanted = (axis.high - _end(drawn)) * scale
        placed.append((max(wanted, placed[-1][0] + LABEL_GAP if placed else 0.0), drawn))
    over = placed[-1][0] - PLOT_HEIGHT if placed else 0
    lift = max(0.0, over)
    return [(one, round(y - lift - (axis.high - _end(one)) * scale)) for y, one in placed]


def _end(drawn: DrawnLine) -> float:
    value = drawn.last.measure.value if drawn.last else None
    return value if value is not None else 0.0


def shorten(name: str, most: int = 24) -> str:
    """Return a name that fits at the end of a line."""
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"


def _marks(picture: Picture) -> list[Figure]:
    small = {"size": 14, "color": INK_2}
    bands = [
        {
            "text": band.word, "xref": "x", "yref": "paper", "x": (band.first + band.last) / 2,
            "y": 0.5, "textangle": -90, "showarrow": False, "font": small,
        }
        for band in picture.bands
    ]  # fmt: skip
    breaks = [
        {
            "text": "Brott i serien", "xref": "x", "yref": "paper", "x": at, "y": 1,
            "yanchor": "bottom", "showarrow": False, "font": small,
        }
        for at, _text in picture.breaks
    ]  # fmt: skip
    flags = [
        {
            "text": str(flag.number), "xref": "x", "yref": "paper", "x": at, "y": 0,
            "yanchor": "bottom", "yshift": row * FLAG_HEIGHT, "showarrow": False,
            "borderpad": 3, "borderwidth": 1,
            "bordercolor": CONTEXT, "bgcolor": HAIRLINE, "font": {"size": 14, "color": INK},
        }
        for at, flag, row in zip(
            picture.flag_positions, picture.flags, picture.flag_rows, strict=True
        )
    ]  # fmt: skip
    return bands + breaks + flags
