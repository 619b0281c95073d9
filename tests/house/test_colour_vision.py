"""What colour tells apart is told apart by all eyes, in both themes, and never by colour alone."""

import re
from itertools import combinations, pairwise

import pytest
from tests.bare_templates import FRONTEND
from tests.colours import EYES, apart, seen
from tests.factories.every_chart import EXAMPLES
from tests.house.test_contrast import COLOURS

DICHROMATS = [eyes for eyes in EYES if eyes != "no colours"]
THEMES = {"light": 0, "dark": 1}
SERIES = [f"series-{number}" for number in range(1, 6)]
LEAST = 17.9  # the guide's own figure, §6
PICTURE = (FRONTEND / "static/css/picture.css").read_text(encoding="utf-8")
STEPS = re.findall(r"\.step-\d { fill: light-dark\((#[0-9A-F]{6}), (#[0-9A-F]{6})\)", PICTURE)


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_distances_are_those_of_the_papers_table(one, other, distance):
    assert apart(one, other) == pytest.approx(distance, abs=5e-5)


@pytest.mark.parametrize("eyes", DICHROMATS)
@pytest.mark.parametrize("theme", THEMES)
def test_series_are_told_apart_by_all_eyes(theme, eyes):
    colours = [seen(COLOURS[name][THEMES[theme]], eyes) for name in SERIES]

    assert min(apart(*pair) for pair in combinations(colours, 2)) >= LEAST - 0.05


@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize("theme", THEMES)
def test_the_maps_steps_are_told_apart_and_grow_one_way(theme, eyes):
    """Also without any colours: then only how light a step is tells."""
    steps = [seen(pair[THEMES[theme]], eyes) for pair in STEPS]
    panel = seen(COLOURS["panel"][THEMES[theme]], eyes)
    lightness = [one[0] for one in (panel, *steps)]

    assert len(steps) == 5
    assert min(apart(*pair) for pair in pairwise(steps)) >= 7.5
    assert apart(panel, steps[0]) >= 4.5
    assert lightness == sorted(lightness, reverse=theme == "light")


def _look(trace):
    """Return what tells a trace from another when there are no colours."""
    marker, line = trace.get("marker") or {}, trace.get("line") or {}
    symbols = marker.get("symbol", "circle") if "markers" in trace.get("mode", "") else ""
    symbols = symbols if isinstance(symbols, str) else symbols[0]
    dash, width = (line.get("dash"), line.get("width")) if "lines" in trace["mode"] else ("", "")
    return symbols.removesuffix("-open"), symbols.endswith("-open"), dash, width


def _colour(trace):
    return (trace.get("marker") or {}).get("color") or (trace.get("line") or {}).get("color")


@pytest.mark.parametrize("kind", EXAMPLES, ids=lambda kind: kind.__name__)
def test_no_two_things_in_a_picture_differ_by_colour_alone(kind):
    traces = EXAMPLES[kind]().figure.get("data", ())
    for one, other in combinations(traces, 2):
        if one.get("xaxis") == other.get("xaxis") and _colour(one) != _colour(other):
            assert _look(one) != _look(other), (one["name"], other["name"])


@pytest.mark.parametrize("kind", EXAMPLES, ids=lambda kind: kind.__name__)
def test_what_is_only_an_outline_in_a_still_picture_is_seen_in_both_themes(kind):
    chart = EXAMPLES[kind]()
    for colour in set(re.findall(r'class="mark open ([\w-]+)"', f"{chart.svg}{chart.svg_small}")):
        assert re.search(rf"\.mark\.{colour} {{[^}}]*stroke: var", PICTURE), colour
