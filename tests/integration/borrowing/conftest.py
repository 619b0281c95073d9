"""Story 2's network, with Lindåsa's lästimme lent in it."""

import pytest
from tests.factories.borrowing import TOLD, reading_hour
from tests.factories.story_2 import ITEM, STORY_2_DAY, share_all, story_2

from ska.organizers.models import NetworkMember


@pytest.fixture
def network(db):
    db.clock.now = STORY_2_DAY
    made = story_2()
    share_all(db, made, ("Lindåsa", "Sjövalla"))
    return {name: (db.browse(person), organizer) for name, (organizer, person) in made.items()}


@pytest.fixture
def network_id(db, network):
    with db.as_owner() as session:
        return str(session.query(NetworkMember).first().network_id)


@pytest.fixture
def lent(network, network_id):
    """Return the address of Lindåsa's lästimme as another huvudman reads it."""
    action = reading_hour(network["Lindåsa"][1])
    sent = {"network_id": network_id, "item": ITEM} | TOLD
    done = network["Lindåsa"][0].post(f"/lindasa/insatser/{action.id}/lana-ut", sent)
    assert done.status_code == 303, done.text
    return done.headers["location"].split("?")[0].removeprefix("/lindasa")
