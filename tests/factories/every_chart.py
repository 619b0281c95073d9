"""One example of each kind of chart, and some that have little to show."""

from tests.factories.charts import example

from ska.charts import (
    DeviationRow,
    DeviationSpec,
    DotRow,
    DotSpec,
    FunnelSpec,
    Role,
    TrendSpec,
    deviation_chart,
    dot_chart,
    funnel_chart,
)
from ska.statistics import Measure, compare, describe_shift

OWN = Measure(77.3, 66, "Ekhult")
SIZES = (12, 25, 40, 66, 71, 90, 120, 150, 208, 260, 310, 400)


def places(**more):
    rows = [DotRow("Ekhult", "Ekhult", OWN, Role.OWN)]
    for at, n in enumerate(SIZES):
        count = round(n * (0.5 if n == 208 else 0.78))
        measure = Measure(round(100 * count / n, 1), n, f"Plats {at}")
        rows.append(DotRow(f"{at}", f"Plats {at}", measure, against=compare(OWN, measure)))
    silent = Measure(None, label="Granåsa", word="har valt att inte dela")
    rows.append(DotRow("g", "Granåsa", silent, against=compare(OWN, silent)))
    given = {"id": "x", "name": "Minst E", "rows": tuple(rows), "period": "2025/26"}
    return {**given, "source": "Påhittade värden.", **more}


def dots(**more):
    return dot_chart(DotSpec(**places(id="dots", reference="Ekhult", **more)))


def funnel(**more):
    return funnel_chart(FunnelSpec(**places(id="funnel", **more)))


def deviations(**more):
    rows = []
    for name, counts in (("Ekhult", (21, 38, 5)), ("Lindåsa", (6, 44, 27))):
        n = sum(counts)
        lower, same, higher = (Measure(100 * one / n, n, name) for one in counts)
        shift = describe_shift(lower, higher, "provbetyget")
        rows.append(DeviationRow(name, name, lower, same, higher, shift=shift))
    given = {"id": "x", "name": "Betyg och prov", "rows": tuple(rows), "rows_are": "Plats",
             "ways": ("lägre betyg än prov", "högre betyg än prov"), "focus": "Ekhult"}  # fmt: skip
    return deviation_chart(DeviationSpec(**given, source="Påhittade värden.", **more))


EXAMPLES = {
    TrendSpec: example,
    DotSpec: dots,
    FunnelSpec: funnel,
    DeviationSpec: deviations,
}
"""A new kind of chart has its example here, or tests/unit/charts/test_every_chart.py fails."""
