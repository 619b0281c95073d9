"""The drawing library in the page is the one that checks our figures, and is ready to send."""

import gzip
from pathlib import Path

import pytest
from plotly.offline import get_plotlyjs_version

VENDOR = Path(__file__).parents[3] / "frontend" / "static" / "vendor"


def test_the_page_draws_with_the_version_that_checks_our_figures():
    assert f"plotly.js {get_plotlyjs_version()}," in (VENDOR / "plotly.js").read_text()[:200]


@pytest.mark.parametrize("name", ["plotly.js", "plotly.css"])
def test_the_compressed_twin_holds_the_same(name):
    assert gzip.decompress((VENDOR / f"{name}.gz").read_bytes()) == (VENDOR / name).read_bytes()


def test_the_library_stays_within_its_weight():
    assert (VENDOR / "plotly.js.br").stat().st_size < 440_000


def test_the_stylesheet_fetches_nothing():
    text = (VENDOR / "plotly.css").read_text()

    assert "url(" not in text
    assert "@import" not in text
