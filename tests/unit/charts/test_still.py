"""The still pictures: well formed, without inline style, and true to their gaps."""

import re
from xml.etree import ElementTree

import pytest
from tests.factories.charts import example
from tests.factories.every_chart import EXAMPLES, flow, multiples

from ska.charts import DotRow, DotSpec, dot_chart, sparkline
from ska.charts.picture import axis_over
from ska.statistics import Measure

WELL_FORMED = [
    example().svg,
    example().svg_small,
    sparkline([1.0, None, 2.0, 3.0]),
    sparkline([]),
    sparkline([5.0]),
    sparkline([4.0, 4.0]),
]


@pytest.mark.parametrize("svg", WELL_FORMED)
def test_a_picture_is_well_formed_and_keeps_to_the_strict_csp(svg):
    ElementTree.fromstring(svg)

    assert "style=" not in svg
    assert 'aria-hidden="true"' in svg


def test_a_sparkline_keeps_its_gap_and_ends_in_a_dot():
    svg = sparkline([70.0, 71.0, None, 68.1, 61.8])

    assert svg.count("<polyline") == 2
    assert len(re.findall(r'<circle[^>]*r="4"', svg)) == 1


def test_higher_values_lie_higher():
    points = re.findall(r'points="([^"]+)"', sparkline([1.0, 9.0]))[0].split()
    first, last = (float(point.split(",")[1]) for point in points)

    assert last < first


LEAVES = 254
"""What a page of 320 px leaves for a picture, between its margins and the chart's."""


@pytest.mark.parametrize("kind", EXAMPLES, ids=lambda kind: kind.__name__)
def test_words_are_at_least_14_px_on_the_narrowest_page(kind):
    for svg in (EXAMPLES[kind]().svg, EXAMPLES[kind]().svg_small):
        sizes = [float(one) for one in re.findall(r'font-size="([\d.]+)"', svg)]
        assert all(one >= 14 for one in sizes), sizes
    width = re.search(r'width="(\d+)"', EXAMPLES[kind]().svg_small)
    assert width is None or int(width[1]) <= LEAVES


def test_the_narrow_picture_names_its_lines_below():
    for name in ("Ekhults centralskola", "Ekhult", "Riket"):
        assert name in example().svg_small
        assert name in example().svg


def test_on_a_narrow_page_no_word_leaves_the_paper():
    """Nor do the years of neighbouring boxes run into each other."""
    rows = (
        DotRow("a", "Ekhult", Measure(70.0, 60)),
        DotRow("b", "Mosslunda", Measure(None, word="för få elever, eller skydd för en grupp")),
    )
    dots = dot_chart(DotSpec(id="x", name="E", source="s", rows=rows, period="2025/26"))

    assert "eller skydd för…" in dots.svg_small
    assert "eller skydd för en grupp<" in dots.svg
    assert ">22/23<" in multiples().svg_small
    assert ">2022/23<" in multiples().svg


def test_a_value_that_hardly_moves_has_a_flat_line():
    """One step of an index of 0–10 must not fill the picture."""
    axis = axis_over([5.7, 5.8], share=False)

    assert axis.high - axis.low >= 1.0
    assert axis_over([0.02, 0.03], share=False, decimals=2).high < 0.2


def test_a_long_name_in_a_flow_ends_before_the_next_step():
    long = "Kunskapsresultat i årskurs 9 på Ekhults centralskola"
    chart = flow(paths=((long, "Insats", "Uppföljd", "Fortsätt"),))

    assert f"{long} (1)" in str(chart.figure)
    assert long not in chart.svg
    assert "… (1)<" in chart.svg
