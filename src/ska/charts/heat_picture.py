"""The table of signals as a picture to take along: a mark a cell, never a colour alone. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from ska.charts.figure import shorten
from ska.charts.heat import ALONE, HeatRow
from ska.charts.house import HAIRLINE, INK, INK_2, SERIES
from ska.charts.paint import kind_of, line, polyline, svg, words

NAME, CELL, ROW, HEAD, FOOT = 400, 40, 34, 140, 60
_LONGEST, _LONGEST_PLACE = 52, 17
LEGEND = (
    ("higher", "tydligt högre"), ("lower", "tydligt lägre"), ("within", "inom vanlig variation"),
    ("unsure", "kan inte avgöras"), ("alone", ALONE),
)  # fmt: skip


def heat_picture(rows: Sequence[HeatRow], places: Sequence[str]) -> Markup:
    """Return indicators by places, each cell with the mark of its signal; none for no value."""
    legend = _legend_of(rows)
    width = max(NAME + CELL * len(places), 720, sum(_width(said) for _signal, said in legend))
    bottom = HEAD + ROW * len(rows)
    inside = [*_heads(places)]
    for at, row in enumerate(rows):
        inside += _row(row, HEAD + ROW * at, width)
    inside.append(line((0, bottom), (width, bottom), HAIRLINE, kind_of(HAIRLINE, "grid")))
    inside += _legend(legend, bottom + FOOT / 2)
    return svg("still", width, bottom + FOOT, inside)


def _heads(places: Sequence[str]) -> Iterator[str]:
    for at, place in enumerate(places):
        x, y = NAME + CELL * (at + 0.5) + 5, HEAD - 10
        turned = f"rotate(-90 {x:.0f} {y})"
        yield words(x, y, shorten(place, _LONGEST_PLACE), INK, 14, transform=turned)


def _row(row: HeatRow, top: float, width: float) -> Iterator[str]:
    yield line((0, top), (width, top), HAIRLINE, kind_of(HAIRLINE, "grid"))
    yield words(0, top + 22, shorten(f"{row.name}, {row.period}", _LONGEST), INK, 14)
    for at, cell in enumerate(row.cells):
        yield from _mark(cell.signal, NAME + CELL * (at + 0.5), top + ROW / 2)


def _mark(signal: str, x: float, y: float) -> Iterator[str]:
    """Draw the mark of a signal: a triangle the way it differs, a dash within noise, "?" or "="."""
    if signal in {"higher", "lower"}:
        up = -1 if signal == "higher" else 1
        corners = [(x, y + 9 * up), (x + 9, y - 7 * up), (x - 9, y - 7 * up)]
        yield polyline(corners, SERIES[0], kind_of(SERIES[0], "mark"), fill=SERIES[0], closed=True)
    elif signal == "within":
        yield line((x - 6, y), (x + 6, y), INK_2, kind_of(INK_2, "grid"), stroke_width=2)
    elif signal in {"unsure", "alone"}:
        yield words(x, y + 5, "?" if signal == "unsure" else "=", INK_2, 14, text_anchor="middle")


def _legend_of(rows: Sequence[HeatRow]) -> list[tuple[str, str]]:
    """Return the marks with their words; the one of a place alone only where there is one."""
    has_alone = any(cell.is_alone for row in rows for cell in row.cells)
    return [one for one in LEGEND if has_alone or one[0] != "alone"]


def _width(said: str) -> int:
    return round(48 + 8.2 * len(said))


def _legend(legend: Sequence[tuple[str, str]], y: float) -> Iterator[str]:
    x = 10.0
    for signal, said in legend:
        yield from _mark(signal, x, y)
        yield words(x + 18, y + 5, said, INK, 14)
        x += _width(said)
