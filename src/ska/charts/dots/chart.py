"""The dot plot as one thing: figure, still picture, sentence, table, source and caution."""

from __future__ import annotations

from ska.charts.chart import Chart
from ska.charts.dots import figure, still, words
from ska.charts.dots.spec import DotSpec


def dot_chart(spec: DotSpec) -> Chart:
    """Return the chart of *spec*; places without a value have their word instead of a dot."""
    return Chart(
        id=spec.id,
        name=spec.name,
        title=words.title(spec),
        subtitle=spec.subtitle,
        sentence=words.sentence(spec),
        figure=figure.dot_figure(spec),
        table=words.table(spec),
        source=spec.source,
        caution=words.caution(spec),
        unit=spec.unit,
        values=words.values(spec),
        notes=words.notes(spec),
        about=spec.about,
        svg=still.static_dots(spec),
        svg_small=still.static_dots(spec, width=340),
    )
