"""The pages of comparison ask at most six questions, however many places there are."""

import pytest
from tests.factories.organizers import OrganizerFactory
from tests.factories.sharing import (
    NetworkMemberFactory,
    SharedValueFactory,
    ShareGrantFactory,
)
from tests.factories.story_2 import ITEM, STORY_2_DAY, story_2

from ska.organizers.models import Network

MOST = 6
NETWORK = "natverk:natverk-mellanslatt"


@pytest.fixture
def kim(db):
    db.clock.now = STORY_2_DAY
    made = story_2()
    with db.as_owner() as session:
        network = session.query(Network).one()
    return made["Ekhult"], network


@pytest.mark.parametrize(
    "path",
    [
        "/ekhult/jamfor",
        f"/ekhult/jamfor?vad={ITEM}&vilka=enheter",
        f"/ekhult/jamfor?vad={ITEM}&vilka={NETWORK}",
        f"/ekhult/jamfor/dela?vad={ITEM}",
        "/ekhult/natverk",
        "/ekhult/natverk/natverk-mellanslatt",
    ],
)
def test_no_page_asks_more_than_six_and_more_members_ask_no_more(db, kim, statements, path):
    (ekhult, person), network = kim
    mine = ShareGrantFactory(organizer=ekhult, network=network, membership=Standing(network))
    SharedValueFactory(grant=mine)
    browse = db.browse(person)
    counts = []
    for more in (0, 12):
        for number in range(more):
            other = OrganizerFactory(name=f"Kommun {number}")
            NetworkMemberFactory(network=network, organizer=other)
            grant = ShareGrantFactory(
                organizer=other, network=network, membership=Standing(network)
            )
            SharedValueFactory(grant=grant)
        statements.clear()
        assert browse.get(path).status_code == 200
        counts.append(len(statements))

    assert max(counts) <= MOST
    assert counts[0] == counts[1] or path.endswith(NETWORK)  # the trace of reading is written


class Standing:
    """The membership that stands already."""

    def __init__(self, network: Network) -> None:
        self.network_id = network.id
