"""The flow's title: how many have come to the end, also when there is only one."""

import pytest
from tests.factories.every_chart import flow

DONE = ("Läsning", "Lästimme", "Uppföljd", "Fortsätta")
WAITS = ("Läsning", "Lästimme", "Uppföljd", "Inget beslut än")


@pytest.mark.parametrize(
    ("paths", "title"),
    [
        ((DONE,), "1 tråd har lett till beslut"),
        ((WAITS,), "1 tråd har inte lett till beslut än"),
        ((DONE, DONE), "2 trådar: alla har lett till beslut"),
        ((WAITS, WAITS), "2 trådar: ingen har lett till beslut än"),
        ((DONE, WAITS, WAITS), "3 trådar: 1 har lett till beslut"),
    ],
)
def test_it_tells_how_many_have_come_to_the_end(paths, title):
    assert flow(paths=paths, counted=("tråd", "trådar")).title.replace("\u00a0", " ") == title
