"""A chart as one picture to take along: it carries its title, sentence, caution and source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from textwrap import wrap

from ska.charts.chart import Chart
from ska.charts.house import FONT, INK, INK_2, PANEL
from ska.charts.paint import tag, words

NARROWEST, AIR = 720, 24
Said = tuple[str, int, str, int]
_VIEW = re.compile(r'viewBox="0 0 (\d+) (\d+)"')
_PER_LETTER = 0.56  # of the size of the letters, on average, also where our font is missing


def svg_picture(chart: Chart) -> bytes:
    """Return a whole SVG in light colours; where nothing is drawn it holds the words alone."""
    view = _VIEW.search(chart.svg)
    wide, tall = (int(view[1]), int(view[2])) if view else (0, 0)
    width = max(wide, NARROWEST)
    above, top = _written(_above(chart), AIR, width)
    top += AIR / 2
    drawn = str(chart.svg).replace("<svg ", f'<svg x="{AIR}" y="{top:.0f}" ', 1)
    below, end = _written(_below(chart), top + tall, width)
    whole = (width + 2 * AIR, round(end + AIR))
    ground = tag("rect", width=whole[0], height=whole[1], fill=PANEL)
    inside = "".join([ground, *above, drawn, *below])
    return tag(
        "svg", inside, xmlns="http://www.w3.org/2000/svg", width=whole[0], height=whole[1],
        viewBox=f"0 0 {whole[0]} {whole[1]}", font_family=FONT, lang="sv",
    ).encode()  # fmt: skip


def _above(chart: Chart) -> Iterator[Said]:
    if chart.name not in f"{chart.title} {chart.subtitle}":
        yield chart.name, 15, INK_2, 600
    yield chart.title, 22, INK, 600
    yield chart.subtitle, 15, INK_2, 400
    yield chart.sentence, 16, INK, 400


def _below(chart: Chart) -> Iterator[Said]:
    for note in chart.notes:
        yield note, 14, INK_2, 400
    yield chart.caution, 15, INK, 600
    yield f"Källa: {chart.source}" if chart.source else "", 14, INK_2, 400


def _written(said: Iterator[Said], y: float, width: int) -> tuple[list[str], float]:
    """Return texts as rows from *y* down, and where they end."""
    rows = []
    for text, size, color, weight in said:
        for row in wrap(text, int(width / (size * _PER_LETTER))):
            y += size * 1.4
            rows.append(words(AIR, y, row, color, size, font_weight=weight))
    return rows, y
