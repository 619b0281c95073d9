"""A measure over the years for one place, beside its huvudman, the country and similar places."""

from __future__ import annotations

from collections.abc import Sequence

from ska.charts import figure, words
from ska.charts.build import Said, build
from ska.charts.chart import Chart, PlottedValue
from ska.charts.picture import draw
from ska.charts.spec import TrendSpec


def trend_chart(spec: TrendSpec, values: Sequence[PlottedValue]) -> Chart:
    """Return the chart of *values*; raise ValueError for lines that the spec does not name.

    A line is broken where a value is missing, where the series has a break, and around values
    that the source only repeated from an earlier year.
    """
    picture = draw(spec, values)
    told = words.tell(spec, picture)
    said = Said(
        title=told.title,
        sentence=told.sentence,
        answer=told.answer,
        table=words.table(spec, picture),
        values=words.values(picture),
        how=words.HOW,
        caution=told.caution,
        notes=words.notes(spec, picture),
        flags=picture.flags,
    )
    return build(spec, figure.trend_figure(picture), said)
