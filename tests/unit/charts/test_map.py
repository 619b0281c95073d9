"""A map tells every value when pointed at, and what has no outline stands in the table."""

import json
import re

import pytest
from tests.factories.every_chart import on_a_map

from ska.charts.map import STEPS, step_of
from ska.charts.picture import Axis
from ska.settings import bundled


def test_every_place_with_a_value_tells_it_in_the_picture_and_in_the_table():
    chart = on_a_map()
    told = dict(re.findall(r"<title>([^:]+): ([^<]+)</title>", str(chart.svg)))

    assert set(told) == {row[0] for row in chart.table.rows}
    for row in chart.table.rows:
        assert told[row[0]].startswith(row[1])
    assert str(chart.svg).count(' own"') == 1
    assert chart.figure == {}


def test_a_place_that_is_nowhere_on_the_map_stands_in_the_table():
    chart = on_a_map(codes={})

    assert str(chart.svg) == ""
    assert len(chart.table.rows) == len(on_a_map().table.rows)


@pytest.mark.parametrize(("value", "step"), [(0, 0), (19.9, 0), (20, 1), (99, 4), (100, 4)])
def test_the_steps_are_equally_wide_and_hold_the_ends(value, step):
    assert step_of(Axis(0, 100, 20, "\u00a0%"), value) == step
    assert len(STEPS) == 5


def test_the_map_holds_every_municipality_once():
    seeds = bundled("seeds")
    lines = (seeds / "municipalities.csv").read_text(encoding="utf-8").splitlines()[1:]
    drawn = json.loads((seeds / "municipalities-map.json").read_text(encoding="utf-8"))

    assert set(drawn) == {line.split(",")[0] for line in lines}
    rings = [ring for shape in drawn.values() for ring in shape]
    assert all(len(ring) % 2 == 0 and len(ring) >= 6 for ring in rings)
    assert all(0 <= number <= 1000 for ring in rings for number in ring)
