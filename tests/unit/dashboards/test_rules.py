"""A tavla's tiles are moved, taken away and added; what is shipped is whole."""

import pytest

from ska.dashboards.definitions import MOST_TILES, Show, Tile
from ska.dashboards.held import shipped
from ska.dashboards.rules import Act, rearranged, with_tile
from ska.errors import Conflict
from ska.overview.queries.derived import derived_items
from ska.settings import bundled

TILES = tuple(Tile(show=Show.TREND, indicator=name) for name in "abc")


def order(tiles):
    return "".join(tile.indicator for tile in tiles)


@pytest.mark.parametrize(
    ("act", "at", "after"),
    [
        (Act.UP, 1, "bac"),
        (Act.UP, 0, "abc"),
        (Act.DOWN, 1, "acb"),
        (Act.DOWN, 2, "abc"),
        (Act.AWAY, 0, "bc"),
    ],
)
def test_a_tile_moves_one_step_or_goes_away(act, at, after):
    assert order(rearranged(TILES, act, at)) == after


def test_a_tile_that_is_gone_is_told():
    with pytest.raises(Conflict, match="finns inte längre"):
        rearranged(TILES, Act.UP, 3)


def test_a_full_tavla_takes_no_more():
    with pytest.raises(Conflict, match="rymmer"):
        with_tile(TILES * (MOST_TILES // 3), TILES[0])


def test_every_shipped_tile_names_an_indicator_that_is_shipped():
    known = {file.stem for file in (bundled("indicators") / "nks-2023/indicators").glob("*.yaml")}
    known |= {one.code for one in derived_items()}
    named = {tile.indicator for board in shipped().values() for tile in board.tiles}

    assert named - known == {""}
    assert set(shipped()) == {"huvudman", "enhet", "namnd"}
