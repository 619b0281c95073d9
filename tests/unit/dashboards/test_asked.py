"""Whatever a page with a chart shows, its address gives a tile or says why there is none."""

import pytest

from ska.comparisons.pictures import Shape as Side
from ska.dashboards.asked import tile_asked_for
from ska.errors import Missing
from ska.overview.rules.shapes import Shape


@pytest.mark.parametrize("side", Side)
def test_every_picture_of_places_has_its_tile(side):
    tile = tile_asked_for("jamfor", {"vad": "gr-ma-ak9", "vilka": "liknande", "som": side})
    assert (tile.show.is_beside, str(tile.show)) == (True, str(side))


@pytest.mark.parametrize("shape", Shape)
def test_every_picture_of_one_place_has_its_tile(shape):
    tile = tile_asked_for("resultat", {"vad": "gr-ma-ak9", "som": shape})
    assert (tile.show.is_of_one_place, str(tile.show)) == (True, str(shape))


@pytest.mark.parametrize("what", ["salsa:alla-amnen", "salsa:x", "np-betyg-ak9:ma"])
@pytest.mark.parametrize("page", ["jamfor", "resultat"])
def test_what_has_a_page_of_its_own_is_on_no_other(page, what):
    with pytest.raises(Missing):
        tile_asked_for(page, {"vad": what, "vilka": "enheter"})
