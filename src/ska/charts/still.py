"""Any figure without a browser: for print, for narrow pages and for readers without JavaScript.

It is painted from the very figure that the browser draws, so the two cannot differ. It knows what
our figures hold: scatter traces on one or several pairs of axes, lines, boxes and words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import cycle, zip_longest
from typing import Any

from markupsafe import Markup

from ska.charts.chart import Figure
from ska.charts.figure import shorten
from ska.charts.house import CONTEXT, HAIRLINE, INK, INK_2, PANEL
from ska.charts.paint import kind_of, line, mark, polyline, svg, tag, words
from ska.charts.paper import ROW_NARROW, WIDE, Panel, is_part_of, panels_of

LEGEND_ROW = 24
WORD_CHARACTER = 6.6
HALO: dict[str, Any] = {"stroke": PANEL, "stroke_width": 5, "paint_order": "stroke"}
"""Air around words that lie on lines."""
LABEL = "label"
"""The name of words at a line's end; a narrow picture has a legend in their place."""


def still(figure: Figure, width: int = 720) -> Markup:
    """Return *figure* as SVG; below WIDE names stand above their rows, and a legend below."""
    layout = figure["layout"]
    is_wide = width >= WIDE
    panels = panels_of(layout, width)
    first = next(iter(panels.values()))
    inside: list[str] = []
    for panel in panels.values():
        inside += _ground(panel)
    inside += _shapes(layout, panels)
    for trace in figure["data"]:
        inside += _trace(trace, panels[trace.get("xaxis", "x")])
    inside += _annotations(layout, panels, is_wide=is_wide)
    height = first.height
    if layout.get("showlegend") or (not is_wide and _has_labels(layout)):
        named = [one for one in figure["data"] if one.get("showlegend", True)]
        for at, trace in enumerate(named):
            inside += _legend_row(trace, height + 14 + LEGEND_ROW * at)
        height += LEGEND_ROW * len(named)
    kept = " kept" if is_kept_when_narrow(layout) else ""
    kind = f"trend{kept} {'trend-wide' if is_wide else 'trend-narrow'}"
    return svg(kind, width, height, inside)


def is_kept_when_narrow(layout: Figure) -> bool:
    """Tell whether a narrow page keeps the still picture, which uses a small ground better."""
    return bool((layout.get("meta") or {}).get("kept"))


def _has_labels(layout: Figure) -> bool:
    return any(one.get("name") == LABEL for one in layout.get("annotations", ()))


def _ground(panel: Panel) -> Iterator[str]:
    """Draw the scale: its lines, numbers and names."""
    x, y = panel.x, panel.y
    if x.has_grid:
        for value, _text in x.ticks():
            at = x.at(value)
            yield line((at, panel.top), (at, panel.bottom), HAIRLINE, "grid")
    for value, text in y.ticks():
        at = y.at(value)
        if panel.has_rows_above:
            yield words(panel.left, at - ROW_NARROW / 2 + 8, text, INK, 14, **HALO)
            continue
        if y.has_grid:
            yield line((panel.left, at), (panel.right, at), HAIRLINE, "grid")
        color = INK if y.is_category else INK_2
        yield words(panel.left - 10, at + 5, text, color, 14, text_anchor="end")
    if not x.is_hidden:
        yield line((panel.left, panel.bottom), (panel.right, panel.bottom), CONTEXT, "axis")
    for value, text in x.ticks(thinned=True):
        yield words(x.at(value), panel.bottom + 20, text, INK_2, 14, text_anchor="middle")
    if x.title:
        middle = (panel.left + panel.right) / 2
        yield words(middle, panel.bottom + 42, x.title, INK_2, 14, text_anchor="middle")


def _shapes(layout: Figure, panels: dict[str, Panel]) -> Iterator[str]:
    for one in layout.get("shapes", ()):
        panel = panels[_axis(one.get("xref", "x"))]
        x0, x1 = (panel.place_x(one[key], one.get("xref", "x")) for key in ("x0", "x1"))
        lift = panel.drop if one["y0"] == one["y1"] else 0  # what parts rows lies above the names
        y0, y1 = (panel.place_y(one[key], one.get("yref", "y")) - lift for key in ("y0", "y1"))
        look = one.get("line", {})
        if one["type"] == "rect":
            yield from _box((x0, y0), (x1, y1), one["fillcolor"])
        else:
            yield line(
                (x0, y0), (x1, y1), look["color"], kind_of(look["color"], "line"),
                stroke_width=look.get("width", 1), stroke_dasharray=_dashes(look.get("dash")),
            )  # fmt: skip


def _box(one: tuple[float, float], other: tuple[float, float], color: str) -> Iterator[str]:
    corners = [one, (other[0], one[1]), other, (one[0], other[1])]
    yield polyline(corners, color, kind_of(color, "band"), fill=color, closed=True)


def _axis(ref: str) -> str:
    """Return the pair of axes that a reference stands for; paper is the first's."""
    return "x" if ref == "paper" else ref.split(maxsplit=1)[0]


def _dashes(dash: str | None) -> str | None:
    return {"dash": "7 5", "dot": "2 3", "dashdot": "8 3 2 3"}.get(dash or "")


def _trace(trace: Figure, panel: Panel) -> Iterator[str]:
    mode = trace.get("mode", "lines")
    places = panel.places(trace["x"], trace["y"])
    yield from _bars(trace, panel)
    if trace.get("fill") == "toself":
        color, shown = trace["fillcolor"], [one for one in places if one is not None]
        kind = kind_of(color, "surface")
        yield polyline(shown, color, kind, fill=color, closed=True, opacity=trace.get("opacity"))
    elif "lines" in mode:
        look = trace["line"]
        color = look.get("color", CONTEXT)
        for run in _runs(places):
            if len(run) > 1:
                yield polyline(
                    run, color, kind_of(color, "line"), stroke_width=look.get("width", 2),
                    stroke_dasharray=_dashes(look.get("dash")), opacity=trace.get("opacity"),
                )  # fmt: skip
    if "markers" in mode:
        yield from _markers(trace, places)


def _markers(trace: Figure, places: Sequence[tuple[float, float] | None]) -> Iterator[str]:
    look = trace["marker"]
    for place, symbol, size in zip(
        places, _each(look.get("symbol", "circle")), _each(look.get("size", 8)), strict=False
    ):
        if place is not None:
            yield mark(place, str(symbol), float(size) / 2, look["color"])


def _each(given: Any) -> Iterator[Any]:
    return iter(given) if isinstance(given, list | tuple) else cycle([given])


def _runs(
    places: Sequence[tuple[float, float] | None],
) -> Iterator[list[tuple[float, float]]]:
    run: list[tuple[float, float]] = []
    for place in places:
        if place is None:
            yield run
            run = []
        else:
            run.append(place)
    yield run


def _bars(trace: Figure, panel: Panel) -> Iterator[str]:
    """Draw the uncertainty of each value, from its array in the figure."""
    for key in ("error_x", "error_y"):
        given = trace.get(key) or {}
        ends = zip_longest(given.get("array", ()), given.get("arrayminus", ()))
        for x, y, (up, down) in zip(trace["x"], trace["y"], ends, strict=False):
            if up is None or down is None or x is None or y is None:
                continue
            across, upright = ((-down, up), (0, 0)) if key == "error_x" else ((0, 0), (-down, up))
            low, high = (
                panel.place(_moved(x, across[end]), _moved(y, upright[end])) for end in (0, 1)
            )
            if low and high:
                width = given.get("thickness", 1.5)
                yield line(low, high, given["color"], "uncertain", stroke_width=width)


def _moved(value: Any, by: float) -> Any:
    """Return a number moved; a category stays where it is."""
    return value + by if by else value


def _annotations(layout: Figure, panels: dict[str, Panel], *, is_wide: bool) -> Iterator[str]:
    for one in layout.get("annotations", ()):
        if one.get("name") == LABEL and not is_wide:
            continue
        panel = panels[_axis(one.get("xref", "x"))]
        is_part = is_part_of(one.get("xref", "x"))
        x = panel.place_x(one["x"], "paper") if is_part else panel.x.named_at(one["x"])
        x += one.get("xshift", 0)
        y = panel.place_y(one["y"], one.get("yref", "y")) - one.get("yshift", 0)
        at = (x, y)
        if one.get("showarrow"):
            at = (x + one["ax"], y + one["ay"])
            yield line((x, y), at, one["arrowcolor"], kind_of(one["arrowcolor"], "line"))
            at = (at[0] + 3, at[1])
        is_cut = one.get("name") in {"word", "node"}
        yield from _annotated({**one, "text": _fitted(one, x, panel)} if is_cut else one, at)


def _fitted(one: Figure, x: float, panel: Panel) -> str:
    """Return as much of why a row is empty, or of a node's name, as there is room for.

    The table has it whole.
    """
    room = {"left": panel.right - x, "right": x - panel.left}.get(one.get("xanchor", ""))
    name, count = one["text"], ""
    if one["name"] == "node":
        name, _bracket, count = name.rpartition(" (")
        room, count = min(panel.right, panel.x.at(one["x"] + 0.9)) - x, f" ({count}"
    most = len(name) if room is None else int(room / WORD_CHARACTER) - len(count)
    return shorten(name, most) + count


def _annotated(one: Figure, at: tuple[float, float]) -> Iterator[str]:
    anchor = {"left": "start", "right": "end"}.get(one.get("xanchor", "center"), "middle")
    font = one.get("font", {})
    more: dict[str, Any] = {"text_anchor": anchor}
    if one.get("textangle"):
        more["transform"] = f"rotate({one['textangle']} {at[0]:.1f} {at[1]:.1f})"
    if one.get("bgcolor") == PANEL:
        more |= HALO
    lift = {"bottom": -5, "top": 14}.get(one.get("yanchor", "middle"), 5)
    if one.get("borderwidth"):
        yield tag("rect", x=at[0] - 10, y=at[1] - 22, width=20, height=20, rx=3,
                  fill=one["bgcolor"], stroke=one["bordercolor"], class_="flag-box")  # fmt: skip
        lift = -7
    yield words(
        at[0], at[1] + lift, escape(one["text"]), font.get("color", INK), font.get("size", 14),
        is_escaped=True, **more,
    )  # fmt: skip


def _legend_row(trace: Figure, y: float) -> Iterator[str]:
    look, dots = trace.get("line", {}), trace.get("marker", {})
    mode = trace.get("mode", "lines")
    if "lines" in mode:
        color = look.get("color", CONTEXT)
        yield line(
            (8, y - 5), (32, y - 5), color, kind_of(color, "line"),
            stroke_width=2, stroke_dasharray=_dashes(look.get("dash")),
        )  # fmt: skip
    if "markers" in mode:
        given = dots.get("symbol", "circle")
        symbol = given if isinstance(given, str) else str(given[0]).removesuffix("-open")
        yield mark((20, y - 5), symbol, 4.5, dots["color"])
    yield words(42, y, trace["name"], INK, 15)
