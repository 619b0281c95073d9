"""The drawing library in the page is the one that checks our figures, and is ready to send."""

import gzip
import re
from pathlib import Path

import pytest
from plotly.offline import get_plotlyjs_version
from tests.factories.every_chart import EXAMPLES

VENDOR = Path(__file__).parents[3] / "frontend" / "static" / "vendor"


def test_the_page_draws_with_the_version_that_checks_our_figures():
    assert f"plotly.js {get_plotlyjs_version()}," in (VENDOR / "plotly.js").read_text()[:200]


@pytest.mark.parametrize("name", ["plotly.js", "plotly.css"])
def test_the_compressed_twin_holds_the_same(name):
    assert gzip.decompress((VENDOR / f"{name}.gz").read_bytes()) == (VENDOR / name).read_bytes()


def test_the_library_stays_within_its_weight():
    assert (VENDOR / "plotly.js.br").stat().st_size < 340_000


def test_every_module_is_marked_as_one_that_runs_at_once():
    text = (VENDOR / "plotly.js").read_text()

    assert text.count("({m:(function(") > 300
    assert "({m:function" not in text
    assert "({m(" not in text


def test_the_stylesheet_fetches_nothing():
    text = (VENDOR / "plotly.css").read_text()

    assert "url(" not in text
    assert "@import" not in text


def test_the_library_can_draw_whatever_our_charts_hold():
    entry = (VENDOR.parents[1] / "vendor-recipe" / "plotly.entry.cjs").read_text()
    known = {"scatter", *re.findall(r'"plotly\.js/lib/([a-z]+)"', entry)}

    for example in EXAMPLES.values():
        assert {trace["type"] for trace in example().figure.get("data", ())} <= known
