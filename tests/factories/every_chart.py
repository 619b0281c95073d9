"""One example of each kind of chart, and some that have little to show."""

from tests.factories.charts import PERIODS, example, plotted, points, spec

from ska.charts import (
    Cohort,
    CohortSpec,
    ControlSpec,
    DeviationRow,
    DeviationSpec,
    DotRow,
    DotSpec,
    ExpectedRow,
    ExpectedSpec,
    FlowSpec,
    FunnelSpec,
    GapSpec,
    HeatCell,
    HeatRow,
    HeatSpec,
    Line,
    MapSpec,
    MultiplesSpec,
    Role,
    SmallTrend,
    SteadiedSpec,
    TrendSpec,
    cohort_chart,
    control_chart,
    deviation_chart,
    dot_chart,
    expected_chart,
    flow_chart,
    funnel_chart,
    gap_chart,
    heat_chart,
    map_chart,
    multiples_chart,
    outlines_of,
    steadied_chart,
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


def heap(**more):
    rows = []
    for at in range(80):
        n = 40 + 7 * at
        measure = Measure(round(100 * round(n * (0.6 + 0.003 * at)) / n, 1), n, f"Plats {at}")
        rows.append(DotRow(f"{at}", f"Plats {at}", measure, against=compare(OWN, measure)))
    own = DotRow("Ekhult", "Ekhult", OWN, Role.OWN)
    return dots(rows=(own, *rows), **more)


def funnel(**more):
    return funnel_chart(FunnelSpec(**places(id="funnel", **more)))


def steadied(**more):
    return steadied_chart(SteadiedSpec(**places(id="steadied", reference="Ekhult", **more)))


def means(**more):
    """Means with a known spread; the place of 208 stands out, and one does not know its spread."""
    rows = []
    for at, n in enumerate(SIZES):
        value = 5.9 if n == 208 else 7.1 + 0.1 * (at % 5)
        measure = Measure(value, n, f"Plats {at}", share=False, spread=2.1)
        role = Role.OWN if n == 66 else Role.OTHER
        rows.append(DotRow(f"{at}", f"Plats {at}", measure, role))
    unknown = Measure(7.3, 80, "Granåsa", share=False)
    rows.append(DotRow("g", "Granåsa", unknown))
    own = rows[SIZES.index(66)].measure
    rows = [
        DotRow(one.key, one.name, one.measure, one.role,
               against=None if one.role is Role.OWN else compare(own, one.measure))
        for one in rows
    ]  # fmt: skip
    told = {"name": "Trygghet", "share": False, "unit": "index 0–10", "rows": tuple(rows)}
    return places(**{**told, **more})


def funnel_of_means(**more):
    return funnel_chart(FunnelSpec(**means(id="funnel-of-means", **more)))


def steadied_means(**more):
    key = str(SIZES.index(66))
    return steadied_chart(SteadiedSpec(**means(id="steadied-means", reference=key, **more)))


def dots_of_means(**more):
    key = str(SIZES.index(66))
    return dot_chart(DotSpec(**means(id="dots-of-means", reference=key, **more)))


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


def control(shift="", **more):
    own = [(74.2, 62), (70.8, 65), (None, None), (72.1, 61), (66.7, 27), (71.0, 69), (71.4, 63),
           (68.1, 69), (48.5, 68)]  # fmt: skip
    told = {**vars(spec(id="control", breaks=())), "shift": shift, **more}
    return control_chart(ControlSpec(**told), points(own=own))


def gap(**more):
    lines = (Line("M", "Pojkar"), Line("K", "Flickor"))
    rows = [
        plotted(line, period, value, n, word)
        for line, values in {
            "M": [(55.9, 34, ""), (60.0, 30, ""), (None, None, "för få elever"), (52.9, 34, "")],
            "K": [(78.8, 33, ""), (70.6, 34, ""), (80.0, 30, ""), (82.4, 34, "")],
        }.items()
        for period, (value, n, word) in zip(PERIODS[-4:], values, strict=True)
    ]
    told = spec(id="gap", lines=lines, periods=PERIODS[-4:], breaks=(), events=())
    given = {**vars(told), "place": "Ekhults centralskola", **more}
    return gap_chart(GapSpec(**given), rows)


def heat(**more):
    whole = Measure(72.0, 200, "Ekhult")
    given = [
        ("Norra", 50.0, 60, ""),
        ("Södra", 74.0, 50, ""),
        ("Östra", None, None, "för få elever"),
    ]
    cells = []
    for name, value, n, word in given:
        measure = Measure(value, n, word=word)
        cells.append(HeatCell(name, measure, compare(whole, measure) if value else None))
    cells.append(HeatCell("Solrosen", Measure(None), is_relevant=False))
    row = HeatRow("a", "Minst E", "2025/26", whole, tuple(cells))
    told = {"id": "heat", "name": "Signaler", "source": "Påhittade värden.", "whole": "Ekhult"}
    places = tuple(cell.place for cell in cells)
    return heat_chart(HeatSpec(**{**told, "rows": (row,), "places": places, **more}))


def multiples(number=7, **more):
    periods = PERIODS[-4:]
    panels = []
    for at in range(number):
        pairs = [(70 + at, 60), (72.4, 62), (None, None), (75.1 - at, 20 + 8 * at)]
        if at == 3:
            pairs = [(60.0, 90), (60.0, 90), (55.0, 100), (85.0, 100)]
        measures = tuple(
            Measure(value, n, period, "" if value else "för få elever")
            for period, (value, n) in zip(periods, pairs, strict=True)
        )
        role = Role.OWN if at == 1 else Role.OTHER
        panels.append(SmallTrend(f"{at}", f"Plats {at}", measures, role))
    told = {"id": "multiples", "name": "Minst E", "source": "Påhittade värden.", "reference": "1"}
    return multiples_chart(
        MultiplesSpec(**{**told, "panels": tuple(panels), "periods": periods, **more})
    )


def flow(**more):
    paths = (
        ("Analys A", "Insats", "Uppföljd", "Fortsätt"),
        ("Analys A", "Insats", "Väntar på uppföljning", "Inget beslut än"),
        ("Analys B", "Insats", "Uppföljd", "Justera"),
        ("Analys B", "Ingen insats än", "Väntar på uppföljning", "Inget beslut än"),
    )
    told = {"id": "flow", "name": "Röd tråd 2025/26", "source": "Påhittade värden.", "unit": ""}
    steps = ("Analys", "Insats", "Uppföljning", "Beslut")
    stops = ("Ingen insats än", "Väntar på uppföljning", "Inget beslut än")
    counted = ("utvecklingsområde", "utvecklingsområden")
    given = {**told, "steps": steps, "paths": paths, "stops": stops, "counted": counted}
    return flow_chart(FlowSpec(**{**given, **more}))


def expected(**more):
    rows = (
        ExpectedRow("a", "Ekskolan", 213, 233, -20),
        ExpectedRow("b", "Solskolan", 240, 232, 8),
        ExpectedRow("c", "Åskolan", None, None, None, "för få elever"),
    )
    told = {"id": "salsa", "name": "SALSA: meritvärde", "source": "Påhittade värden.", "unit": ""}
    return expected_chart(ExpectedSpec(**{**told, "rows": rows, "period": "2024/25", **more}))


def cohorts(**more):
    given = [("2023/24", 82.4, 68, 71.4, 63), ("2024/25", 78.9, 71, 68.1, 69),
             ("2025/26", 81.4, 70, 61.8, 68)]  # fmt: skip
    made = tuple(
        Cohort(name, f"{int(name[:4]) - 3}/{int(name[5:]) - 3}", Measure(one, n), Measure(two, m))
        for name, one, n, two, m in given
    )
    missing = Cohort("2022/23", "2019/20", Measure(None, word="uppgift saknas"), Measure(70.8, 65))
    told = {"id": "cohort", "name": "Samma kull", "source": "Påhittade värden.", "place": "Ekhult"}
    stages = ("årskurs 6", "årskurs 9")
    return cohort_chart(
        CohortSpec(**{**told, "cohorts": (missing, *made), "stages": stages, **more})
    )


def on_a_map(**more):
    """Squares in place of municipalities."""
    rows = places()["rows"]
    codes = {row.key: f"{at:04}" for at, row in enumerate(rows)}
    squares = {
        code: [[40 * at, 0, 40 * at + 30, 0, 40 * at + 30, 30, 40 * at, 30]]
        for at, code in enumerate([*codes.values(), "9999"])
    }
    told = places(id="map", reference="Ekhult", codes=codes, outlines=outlines_of(squares))
    return map_chart(MapSpec(**{**told, **more}))


EXAMPLES = {
    TrendSpec: example,
    DotSpec: dots,
    FunnelSpec: funnel,
    SteadiedSpec: steadied,
    DeviationSpec: deviations,
    GapSpec: gap,
    FlowSpec: flow,
    CohortSpec: cohorts,
    ExpectedSpec: expected,
    HeatSpec: heat,
    MapSpec: on_a_map,
    MultiplesSpec: multiples,
    ControlSpec: control,
}
"""A new kind of chart has its example here, or tests/unit/charts/test_every_chart.py fails."""
ALSO = {
    "heap": heap,
    "funnel_of_means": funnel_of_means,
    "steadied_means": steadied_means,
    "dots_of_means": dots_of_means,
}
"""What a kind draws in another way when there is more of it."""
