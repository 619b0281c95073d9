"""The dot plot without a browser: for print, for narrow pages and for no JavaScript."""

from __future__ import annotations

from html import escape

from markupsafe import Markup

from ska.charts.dots.crowd import crowd_marks
from ska.charts.dots.spec import DotRow, DotSpec
from ska.charts.figure import shorten
from ska.charts.house import CONTEXT, HAIRLINE, INK, INK_2, PANEL, SERIES, SOFT
from ska.charts.spec import Role
from ska.charts.svg import tag

WIDE = 560


class _Paper:
    """Where a row and a value lie; on a narrow paper the names stand above their rows."""

    def __init__(self, spec: DotSpec, width: int) -> None:
        self.spec, self.width = spec, width
        self.is_wide = width >= WIDE
        longest = max((len(shorten(row.name)) for row in spec.rows), default=0)
        self.left = 24 + round(longest * 7.6) if self.is_wide else 14
        self.right = width - 24
        self.row = 30 if self.is_wide else 46
        self.top = 10
        self.bottom = self.top + self.row * max(1, len(spec.rows))
        self.axis = spec.axis

    def x(self, value: float) -> float:
        """Return where a value lies."""
        share = (value - self.axis.low) / ((self.axis.high - self.axis.low) or 1)
        return self.left + share * (self.right - self.left)

    def y(self, at: int) -> float:
        """Return where a row's dot lies."""
        return self.top + self.row * at + (self.row / 2 if self.is_wide else 32)


def static_dots(spec: DotSpec, width: int = 720) -> Markup:
    """Return the dot plot as SVG; colours are attributes, classes answer to dark mode."""
    if spec.is_crowd:
        inside, height = crowd_marks(spec, width)
    else:
        paper = _Paper(spec, width)
        inside, height = _ground(paper), paper.bottom + 34
        for at, row in enumerate(spec.rows):
            inside += _row(paper, at, row)
    kind = "trend-wide" if width >= WIDE else "trend-narrow"
    view = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    head = f'<svg class="trend rows {kind}" {view} aria-hidden="true" focusable="false">'
    return Markup(f"{head}{''.join(inside)}</svg>")  # noqa: S704  # every text went through escape


def _ground(paper: _Paper) -> list[str]:
    found = []
    ticks = paper.axis.ticks()
    every = 1 if paper.is_wide else max(1, -(-len(ticks) // 4))
    for value in ticks:
        x = paper.x(value)
        found.append(_rule(x, paper.top, x, paper.bottom, HAIRLINE, "grid"))
    for value in ticks[::every]:
        found.append(
            _words(paper.x(value), paper.bottom + 20, paper.axis.written(value), INK_2, "middle")
        )
    found.append(_rule(paper.left, paper.bottom, paper.right, paper.bottom, CONTEXT, "axis"))
    return found


def _row(paper: _Paper, at: int, row: DotRow) -> list[str]:
    y = paper.y(at)
    if paper.is_wide:
        found = [_words(paper.left - 12, y + 5, shorten(row.name), INK, "end")]
    else:
        found = [_words(paper.left, y - 12, shorten(row.name, 40), INK, "start")]
    if row.measure.value is None:
        return [*found, _words(paper.left + 6, y + 5, row.measure.written(), INK_2, "start")]
    around = row.measure.interval()
    if around is not None and not row.measure.whole:
        ends = paper.x(around.low * 100), paper.x(around.high * 100)
        found.append(_rule(ends[0], y, ends[1], y, SOFT, "uncertain", stroke_width=2.5))
    return [*found, _mark(paper.x(row.measure.value), y, row)]


def _mark(x: float, y: float, row: DotRow) -> str:
    color, kind = {
        Role.OWN: (SERIES[0], "s1"),
        Role.COUNTRY: (CONTEXT, "context"),
    }.get(row.role, (SERIES[2], "s3"))
    paint: dict[str, object] = {"fill": color, "class_": f"mark {kind}"}
    if row.measure.is_few:
        paint = {"fill": PANEL, "stroke": color, "stroke_width": 2, "class_": f"mark open {kind}"}
    if row.role is Role.OWN:
        return tag("circle", cx=x, cy=y, r=6, **paint)
    if row.role is Role.COUNTRY:
        corners = ((0, -7), (7, 0), (0, 7), (-7, 0))
    else:
        corners = ((-5, -5), (5, -5), (5, 5), (-5, 5))
    points = " ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in corners)
    return tag("polygon", points=points, **paint)


def _rule(x1: float, y1: float, x2: float, y2: float, color: str, kind: str, **more: object) -> str:
    more.setdefault("stroke_width", 1)
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=color, class_=kind, **more)


def _words(x: float, y: float, words: str, color: str, anchor: str) -> str:
    kind = "ink" if color == INK else "ink-2"
    return tag(
        "text", escape(words), x=x, y=y, fill=color, font_size=14, class_=kind, text_anchor=anchor
    )
