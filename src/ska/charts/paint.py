"""Strokes of a still picture: colours as attributes for print, classes that answer to dark mode."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from markupsafe import Markup

from ska.charts.house import BAND, CONTEXT, HAIRLINE, INK, INK_2, PANEL, SERIES, SOFT

Place = tuple[float, float]
_KINDS = {
    **{color: f"s{at}" for at, color in enumerate(SERIES, 1)},
    CONTEXT: "context",
    HAIRLINE: "hairline",
    INK: "in-ink",
    INK_2: "in-ink-2",
    SOFT: "soft",
    BAND: "in-band",
}
_CORNERS = {
    "square": ((-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)),
    "triangle-up": ((0.0, -1.2), (1.1, 0.9), (-1.1, 0.9)),
    "diamond": ((0.0, -1.3), (1.3, 0.0), (0.0, 1.3), (-1.3, 0.0)),
    "cross": ((-0.4, -1.2), (0.4, -1.2), (0.4, 1.2), (-0.4, 1.2)),
}


def tag(name: str, text: str = "", /, **attributes: object) -> str:
    """Return one SVG element; attribute names are written with ``_`` for ``-``, values escaped."""
    listed = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{listed}>{text}</{name}>" if text else f"<{name}{listed}/>"


def _value(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.1f}".rstrip("0").rstrip(".")
    return escape(str(value), quote=True)


def svg(kind: str, width: int, height: float, inside: Sequence[str]) -> Markup:
    """Return a whole picture, hidden from screen readers: its words stand beside it."""
    view = f'viewBox="0 0 {width} {height:.0f}" width="{width}" height="{height:.0f}"'
    head = f'<svg class="{kind}" {view} aria-hidden="true" focusable="false">'
    return Markup(f"{head}{''.join(inside)}</svg>")  # noqa: S704  # every text went through escape


def kind_of(color: str, what: str) -> str:
    """Return the classes of a stroke: what it is, and which colour of the theme it takes."""
    return f"{what} {_KINDS.get(color, 'context')}"


def points_of(places: Sequence[Place]) -> str:
    """Return places as an attribute of a line or a polygon."""
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in places)


def line(one: Place, other: Place, color: str, kind: str, **more: object) -> str:
    """Return a straight stroke."""
    more.setdefault("stroke_width", 1)
    return tag(
        "line", x1=one[0], y1=one[1], x2=other[0], y2=other[1], stroke=color, class_=kind, **more
    )


def polyline(
    places: Sequence[Place], color: str, kind: str, *, fill: str = "none", closed: bool = False,
    **more: object,
) -> str:  # fmt: skip
    """Return a stroke through *places*, or the surface that they enclose."""
    if closed:
        return tag("polygon", points=points_of(places), fill=fill, class_=kind, **more)
    return tag("polyline", points=points_of(places), fill=fill, stroke=color, class_=kind, **more)


def mark(at: Place, symbol: str, size: float, color: str) -> str:
    """Return the mark of one value; an open one has few pupils behind it."""
    paint: dict[str, object] = {"fill": color, "class_": kind_of(color, "mark")}
    if symbol.endswith("-open"):
        paint = {"fill": PANEL, "stroke": color, "stroke_width": 2}
        paint["class_"] = kind_of(color, "mark open")
    corners = _CORNERS.get(symbol.removesuffix("-open"))
    if corners is None:
        return tag("circle", cx=float(at[0]), cy=float(at[1]), r=size, **paint)
    places = [(at[0] + dx * size, at[1] + dy * size) for dx, dy in corners]
    return tag("polygon", points=points_of(places), **paint)


def words(
    x: float, y: float, text: str, color: str, size: int, *, is_escaped: bool = False,
    **more: object,
) -> str:  # fmt: skip
    """Return words in the picture."""
    kind = "ink" if color == INK else "ink-2"
    shown = text if is_escaped else escape(text)
    return tag("text", shown, x=x, y=y, fill=color, font_size=size, class_=kind, **more)
