"""Picture, table and sentence agree whatever the values are: none, all, one pupil, unknown."""

from inspect import signature

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import every_chart as charts
from tests.factories.charts import PERIODS, plotted, points, spec
from tests.unit.charts import test_agreement as agreement
from tests.unit.charts import test_every_chart as every
from tests.unit.statistics.examples import examples

from ska.charts import (
    ControlSpec,
    DotRow,
    GapSpec,
    HeatCell,
    HeatRow,
    Line,
    Role,
    SmallTrend,
    control_chart,
    gap_chart,
    outlines_of,
)
from ska.statistics import Measure, compare

NAMES = ("Åkersberga", "S:t Olof", "A & B", "7 av 9-skolan", "Södra, F–6")
RULES = [
    rule
    for module in (agreement, every)
    for name, rule in vars(module).items()
    if name.startswith("test_") and [*signature(rule).parameters] == ["chart"]
]


@st.composite
def measures(draw):
    if draw(st.integers(0, 7)) == 0:
        return Measure(None, word=draw(st.sampled_from(["för få elever", "uppgift saknas"])))
    n = draw(st.sampled_from([1, 2, 5, 9, 12, 29, 30, 66, 100, 999, 25_000]))
    count = draw(st.one_of(st.just(0), st.just(n), st.integers(0, n)))
    return Measure(round(100 * count / n, 1), n if draw(st.integers(0, 9)) else None)


def rows(found):
    own, *others = found
    at = [(str(at), f"{NAMES[at % 5]} {at}", one) for at, one in enumerate(others)]
    return (
        DotRow("Ekhult", "Ekhult", own, Role.OWN),
        *(DotRow(key, name, one, against=compare(own, one)) for key, name, one in at),
    )


def dots(found):
    return charts.dots(rows=rows(found))


def heap(found):
    return charts.dots(rows=rows(found), heaped=True)


def on_a_map(found):
    codes = {one.key: f"{at:04}" for at, one in enumerate(rows(found))}
    squares = {
        code: [[40 * at, 0, 40 * at + 30, 0, 40 * at + 30, 30, 40 * at, 30]]
        for at, code in enumerate(codes.values())
    }
    return charts.on_a_map(rows=rows(found), codes=codes, outlines=outlines_of(squares))


def multiples(found):
    fours = [tuple(found[at : at + 4]) for at in range(0, len(found) - 3, 4)]
    panels = [
        SmallTrend(str(at), f"{NAMES[at % 5]} {at}", four, Role.OTHER)
        for at, four in enumerate(fours)
    ]
    return charts.multiples(panels=tuple(panels), reference="0")


def heat(found):
    whole, *others = found
    names = tuple(f"{NAMES[at % 5]} {at}" for at in range(len(others)))
    cells = [
        HeatCell(name, one, compare(whole, one) if None not in (one.value, whole.value) else None)
        for name, one in zip(names, others, strict=True)
    ]
    row = HeatRow("a", "Minst E", "2025/26", whole, tuple(cells))
    return charts.heat(rows=(row,), places=names)


def gap(found):
    told = zip("MMMMKKKK", PERIODS[-4:] * 2, found, strict=False)
    values = [plotted(line, period, one.value, one.n, one.word) for line, period, one in told]
    given = spec(id="gap", lines=(Line("M", "Pojkar"), Line("K", "Flickor")),
                 periods=PERIODS[-4:], breaks=(), events=())  # fmt: skip
    return gap_chart(GapSpec(**vars(given), place="Ekhult"), values)


def control(found):
    own = [(one.value, one.n if one.value is not None else None) for one in found[:9]]
    return control_chart(
        ControlSpec(**vars(spec(id="control", breaks=())), shift=""), points(own=own)
    )


@pytest.mark.parametrize("make", [dots, heap, on_a_map, multiples, heat, gap, control])
@examples
@given(found=st.lists(measures(), min_size=9, max_size=40))
def test_what_is_drawn_told_and_tabled_is_the_same(make, found):
    chart = make(found)
    if not chart.svg or all(one.value is None for one in chart.values):
        return
    for rule in RULES:
        rule(chart)
