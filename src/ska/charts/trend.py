"""A measure over the years for one place, beside its huvudman, the country and similar places."""

from __future__ import annotations

import polars as pl

from ska.charts import figure, svg, words
from ska.charts.chart import Chart
from ska.charts.picture import draw
from ska.charts.spec import TrendSpec


def trend_chart(spec: TrendSpec, frame: pl.DataFrame) -> Chart:
    """Return the chart of *frame* (columns of FRAME_SCHEMA); raise ValueError for unknown lines.

    A line is broken where a value is missing, where the series has a break, and around values
    that the source only repeated from an earlier year.
    """
    picture = draw(spec, frame)
    told = words.tell(spec, picture)
    return Chart(
        id=spec.id,
        name=spec.name,
        title=told.title,
        subtitle=spec.subtitle,
        sentence=told.sentence,
        figure=figure.trend_figure(picture),
        table=words.table(spec, picture),
        source=spec.source,
        caution=told.caution,
        unit=spec.unit,
        values=words.values(picture),
        notes=words.notes(spec, picture),
        flags=picture.flags,
        about=spec.about,
        svg=svg.static_trend(picture),
        svg_small=svg.static_trend(picture, width=340),
    )
