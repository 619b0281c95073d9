"""A measure over the years for one place, beside its huvudman, the country and similar places."""

from __future__ import annotations

import polars as pl

from ska.charts import figure, words
from ska.charts.build import Said, build
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
    said = Said(
        title=told.title,
        sentence=told.sentence,
        table=words.table(spec, picture),
        values=words.values(picture),
        how=words.HOW,
        caution=told.caution,
        notes=words.notes(spec, picture),
        flags=picture.flags,
    )
    return build(spec, figure.trend_figure(picture), said)
