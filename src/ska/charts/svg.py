"""Pictures without a browser: the sparkline of a card, and the trend for print and no JavaScript.

Colours stand as attributes for print; the classes let the page's stylesheet answer to dark mode.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from markupsafe import Markup

from ska.charts.figure import shorten, spread
from ska.charts.house import BAND, CONTEXT, HAIRLINE, INK, INK_2, PANEL, SERIES, SOFT
from ska.charts.picture import FLAG_HEIGHT, Dot, DrawnLine, Picture

_HEIGHT, _TOP, _BOTTOM = 340, 30, 34
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


def sparkline(values: Sequence[float | None], width: int = 144, height: int = 40) -> Markup:
    """Return a small line of the last years for a card; gaps stay gaps, the last point is a dot.

    Hidden from screen readers: the card's text says the same.
    """
    known = [value for value in values if value is not None]
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    span = (high - low) or 1.0
    pad = 6

    def place(at: int, value: float) -> tuple[float, float]:
        x = pad + at * (width - 2 * pad) / max(1, len(values) - 1)
        y = height / 2 if high == low else pad + (high - value) / span * (height - 2 * pad)
        return x, y

    inside = [_piece([place(at, value) for at, value in run]) for run in _runs(values)]
    if known:
        last = max(at for at, value in enumerate(values) if value is not None)
        x, y = place(last, known[-1])
        inside.append(tag("circle", cx=x, cy=y, r=4, fill="currentColor"))
    return _svg("spark", width, height, inside)


def _runs(values: Sequence[float | None]) -> list[list[tuple[int, float]]]:
    runs: list[list[tuple[int, float]]] = []
    joined = False
    for at, value in enumerate(values):
        if value is None:
            joined = False
            continue
        if joined:
            runs[-1].append((at, value))
        else:
            runs.append([(at, value)])
        joined = True
    return runs


def _piece(places: list[tuple[float, float]]) -> str:
    if len(places) == 1:
        return tag("circle", cx=places[0][0], cy=places[0][1], r=2, fill="currentColor")
    return tag(
        "polyline", points=_points(places), fill="none", stroke="currentColor",
        stroke_width=2, stroke_linejoin="round", stroke_linecap="round",
    )  # fmt: skip


def _points(places: list[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in places)


def _svg(kind: str, width: int, height: int, inside: list[str]) -> Markup:
    body = "".join(inside)
    view = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    head = f'<svg class="{kind}" {view} aria-hidden="true" focusable="false">'
    return Markup(f"{head}{body}</svg>")  # noqa: S704  # every text went through escape


class _Sheet:
    """The paper a trend is drawn on: where a period and a value lie."""

    def __init__(self, picture: Picture, width: int) -> None:
        self.picture, self.width = picture, width
        self.is_wide = width >= 560
        names = [len(shorten(one.line.name)) for one in picture.lines]
        self.left = 58
        self.right = width - (30 + round(max(names, default=0) * 7.2) if self.is_wide else 14)
        self.bottom = _HEIGHT - _BOTTOM

    def x(self, position: float) -> float:
        """Return where a period lies."""
        reach = self.picture.right + 0.5
        return self.left + (position + 0.5) / reach * (self.right - self.left)

    def y(self, value: float) -> float:
        """Return where a value lies; high values lie high."""
        axis = self.picture.axis
        share = (value - axis.low) / ((axis.high - axis.low) or 1)
        return self.bottom - share * (self.bottom - _TOP)


def static_trend(picture: Picture, width: int = 720) -> Markup:
    """Return the trend as SVG; below 560 wide the names stand as a legend under the picture."""
    sheet = _Sheet(picture, width)
    order = [one for role in ("country", "other", "own") for one in picture.of(role)]
    inside = [*_ground(sheet), *_bands(sheet), *_verticals(sheet), *_peers(sheet)]
    for drawn in order:
        inside += _drawn(sheet, drawn)
    names = [one for one in picture.lines if one.last]
    extra = 0
    if sheet.is_wide:
        inside += _end_names(sheet, names)
    else:
        inside += _legend(sheet, names)
        extra = 24 * len(names)
    kind = "trend trend-wide" if sheet.is_wide else "trend trend-narrow"
    return _svg(kind, width, _HEIGHT + extra, inside)


def _words(
    x: float, y: float, words: str, color: str = INK_2, size: int = 14, **more: object
) -> str:
    kind = "ink" if color == INK else "ink-2"
    return tag("text", escape(words), x=x, y=y, fill=color, font_size=size, class_=kind, **more)


def _ground(sheet: _Sheet) -> list[str]:
    axis, found = sheet.picture.axis, []
    for value in axis.ticks():
        y = sheet.y(value)
        found.append(_rule(sheet.left, y, sheet.right, y, HAIRLINE, "grid"))
        found.append(_words(sheet.left - 8, y + 5, axis.written(value), text_anchor="end"))
    found.append(_rule(sheet.left, sheet.bottom, sheet.right, sheet.bottom, CONTEXT, "axis"))
    periods = sheet.picture.spec.periods
    every = max(1, -(-len(periods) // (9 if sheet.is_wide else 4)))
    for at in range(len(periods) - 1, -1, -every):
        x = sheet.x(at)
        found.append(_words(x, sheet.bottom + 22, periods[at], text_anchor="middle"))
    return found


def _rule(x1: float, y1: float, x2: float, y2: float, color: str, kind: str, **more: object) -> str:
    more.setdefault("stroke_width", 1)
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=color, class_=kind, **more)


def _bands(sheet: _Sheet) -> list[str]:
    found = []
    for band in sheet.picture.bands:
        start, end = sheet.x(band.first - 0.32), sheet.x(band.last + 0.32)
        middle = (_TOP + sheet.bottom) / 2
        found.append(
            tag("rect", x=start, y=_TOP, width=end - start, height=sheet.bottom - _TOP,
                fill=BAND, class_="band")
        )  # fmt: skip
        x = (start + end) / 2 + 5
        turn = f"rotate(-90 {x:.1f} {middle:.1f})"
        found.append(_words(x, middle, band.word, text_anchor="middle", transform=turn, size=13))
    return found


def _verticals(sheet: _Sheet) -> list[str]:
    found = []
    for at, _text in sheet.picture.breaks:
        x = sheet.x(at)
        found.append(_rule(x, _TOP, x, sheet.bottom, INK_2, "break", stroke_dasharray="6 4"))
        found.append(_words(x, _TOP - 9, "Brott i serien", text_anchor="middle", size=13))
    picture = sheet.picture
    flags = zip(picture.flag_positions, picture.flags, picture.flag_rows, strict=True)
    for at, flag, row in flags:
        x, y = sheet.x(at), sheet.bottom - row * FLAG_HEIGHT
        found.append(_rule(x, _TOP, x, sheet.bottom, CONTEXT, "flag", stroke_dasharray="2 3"))
        found.append(
            tag("rect", x=x - 10, y=y - 22, width=20, height=20, rx=3, fill=HAIRLINE,
                stroke=CONTEXT, class_="flag-box")
        )  # fmt: skip
        found.append(_words(x, y - 7, str(flag.number), INK, 13, text_anchor="middle"))
    return found


def _peers(sheet: _Sheet) -> list[str]:
    """Draw the similar places as one path of thin lines; a lone value becomes a short stroke."""
    stroke = 10 if sheet.picture.is_one_period else 2
    parts = []
    for run in sheet.picture.peers.pieces():
        places = [(sheet.x(at), sheet.y(value)) for at, value in run]
        places += [(places[0][0] + stroke, places[0][1])] if len(places) == 1 else []
        parts.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in places))
    if not parts:
        return []
    path = tag(
        "path", d="".join(parts), fill="none", stroke=CONTEXT, opacity=0.5, class_="line context"
    )
    return [path]


def _drawn(sheet: _Sheet, drawn: DrawnLine) -> list[str]:
    role = drawn.line.role
    kind = f"s{SERIES.index(drawn.color) + 1}" if drawn.color in SERIES else "context"
    width = {"own": 3, "country": 1.5}.get(role, 2)
    dash = "7 5" if role == "country" else None
    found = []
    for dots in drawn.pieces():
        places = [_place(sheet, dot) for dot in dots]
        if role == "own":
            found += [_uncertain(sheet, dot) for dot in dots]
        if len(dots) > 1:
            found.append(
                tag("polyline", points=_points(places), fill="none", stroke=drawn.color,
                    stroke_width=width, stroke_dasharray=dash, class_=f"line {kind}")
            )  # fmt: skip
        found += [
            _mark(
                x,
                y,
                drawn,
                kind,
                is_open=dot.measure.is_few,
                is_alone=sheet.picture.is_one_period,
            )
            for (x, y), dot in zip(places, dots, strict=True)
        ]
    return found


def _place(sheet: _Sheet, dot: Dot) -> tuple[float, float]:
    assert dot.measure.value is not None
    return sheet.x(dot.position), sheet.y(dot.measure.value)


def _uncertain(sheet: _Sheet, dot: Dot) -> str:
    around = dot.measure.interval()
    if around is None:
        return ""
    x = sheet.x(dot.position)
    ends = sheet.y(around.low * 100), sheet.y(around.high * 100)
    return _rule(x, ends[0], x, ends[1], SOFT, "uncertain", stroke_width=1.5)


def _mark(
    x: float, y: float, drawn: DrawnLine, kind: str, *, is_open: bool, is_alone: bool = False
) -> str:
    size = {"own": 5.0, "country": 4.5 if is_alone else 2.0}.get(drawn.line.role, 4.5)
    paint: dict[str, object] = {"fill": drawn.color, "class_": f"mark {kind}"}
    if is_open:
        paint = {"fill": PANEL, "stroke": drawn.color, "stroke_width": 2}
        paint["class_"] = f"mark open {kind}"
    if drawn.marker == "circle":
        return tag("circle", cx=x, cy=y, r=size, **paint)
    corners = _CORNERS.get(drawn.marker, _CORNERS["cross"])
    places = [(x + dx * size, y + dy * size) for dx, dy in corners]
    return tag("polygon", points=_points(places), **paint)


def _end_names(sheet: _Sheet, names: list[DrawnLine]) -> list[str]:
    found = []
    for drawn, shift in spread(sheet.picture, names):
        assert drawn.last is not None
        x, y = _place(sheet, drawn.last)
        if shift:
            found.append(_rule(x + 7, y, x + 20, y + shift, drawn.color, "leader"))
        name = shorten(drawn.line.name)
        halo = {"stroke": PANEL, "stroke_width": 5, "paint_order": "stroke"}
        found.append(_words(x + (22 if shift else 12), y + shift + 5, name, INK, 15, **halo))
    return found


def _legend(sheet: _Sheet, names: list[DrawnLine]) -> list[str]:
    found = []
    for at, drawn in enumerate(names):
        y = _HEIGHT + 14 + 24 * at
        kind = f"s{SERIES.index(drawn.color) + 1}" if drawn.color in SERIES else "context"
        found.append(_rule(8, y - 5, 32, y - 5, drawn.color, f"line {kind}", stroke_width=2))
        found.append(_mark(20, y - 5, drawn, kind, is_open=False))
        found.append(_words(42, y, shorten(drawn.line.name, 36), INK, 15))
    return found
