"""The still pictures: well formed, without inline style, and true to their gaps."""

import re
from xml.etree import ElementTree

import pytest
from tests.factories.charts import example

from ska.charts import sparkline

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


def test_the_narrow_picture_names_its_lines_below():
    assert 'width="340"' in example().svg_small
    for name in ("Ekhults centralskola", "Ekhult", "Riket"):
        assert name in example().svg_small
        assert name in example().svg
