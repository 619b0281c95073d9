"""Deviations both ways as one thing: picture, sentence, table and caution."""

from __future__ import annotations

from dataclasses import replace

from ska.charts.build import Said, build
from ska.charts.chart import Chart
from ska.charts.deviations import figure, words
from ska.charts.deviations.spec import DeviationSpec


def deviation_chart(spec: DeviationSpec) -> Chart:
    """Return the chart of *spec*; a row without values has its word instead of bars."""
    if spec.standing is None and words.title(spec) != words.neutral(spec):
        spec = replace(
            spec, subtitle=" · ".join(filter(None, [words.neutral(spec), spec.subtitle]))
        )
    said = Said(
        title=words.title(spec),
        sentence=words.sentence(spec),
        table=words.table(spec),
        values=words.values(spec),
        how=words.HOW,
        caution=words.few(spec),
        notes=words.notes(spec),
    )
    if not spec.rows:
        return build(spec, None, said)
    wide = figure.deviation_figure(spec)
    return build(spec, wide, said, narrow=figure.for_narrow(spec, wide))
