"""The dot plot as one thing: figure, still picture, sentence, table, source and caution."""

from __future__ import annotations

from ska.charts.build import Said, build
from ska.charts.chart import Chart
from ska.charts.dots import figure, words
from ska.charts.dots.spec import DotSpec


def dot_chart(spec: DotSpec) -> Chart:
    """Return the chart of *spec*; places without a value have their word instead of a dot.

    Where none has a value there is no picture: an empty scale looks like a measurement.
    """
    said = Said(
        title=words.title(spec),
        sentence=words.sentence(spec),
        table=words.table(spec),
        values=words.values(spec),
        how=words.how(spec),
        caution=words.few(spec),
        notes=words.notes(spec),
    )
    has_values = any(row.measure.value is not None for row in spec.rows)
    return build(spec, figure.dot_figure(spec) if has_values else None, said)
