"""A network's tavla: what one shares beside the others' copies, and nothing before one shares."""

from html import unescape

import pytest
from tests.factories.organizers import OrganizerFactory
from tests.factories.story_2 import STORY_2_DAY, share_all, story_2

from ska.sharing.models import ShareViewing

PAGE = "/ekhult/tavlor/natverk/natverk-mellanslatt"


@pytest.fixture
def made(db):
    db.clock.now = STORY_2_DAY
    found = story_2()
    share_all(db, found, ("Lindåsa", "Sjövalla"))
    return found


def test_before_one_shares_nothing_of_the_others_is_seen(db, made):
    page = unescape(db.browse(made["Ekhult"][1]).get(PAGE).text)

    assert "Ni delar inget i nätverket än" in page
    assert "83,1" not in page


def test_what_one_shares_stands_beside_the_others_and_the_reading_is_noted(db, made, statements):
    share_all(db, made, ("Ekhult",))
    browse = db.browse(made["Ekhult"][1])
    browse.get(PAGE)
    statements.clear()
    page = unescape(browse.get(PAGE).text).replace("\u00a0", " ")

    assert len(statements) <= 6
    assert "Ekhult: 77,3 % (51 av 66 elever)" in page
    assert "Lindåsa (83,1 %)" in page
    with db.as_owner() as session:
        assert session.query(ShareViewing).count() == 2 * 2  # both times, with both who share


def test_every_reading_is_told_to_those_who_share(db, made):
    share_all(db, made, ("Ekhult",))
    reader = db.browse(made["Ekhult"][1])
    for _time in range(3):
        reader.get(PAGE)

    giver = db.browse(made["Sjövalla"][1])
    page = unescape(giver.get("/sjovalla/natverk/natverk-mellanslatt").text).replace("\u00a0", " ")
    told = giver.get("/api/v1/organizers/sjovalla/networks/natverk-mellanslatt").json()["viewed"]

    assert ", Ekhult: 3 gånger på 1 dag, senast" in page
    assert [(one["viewer"], one["times"], one["days"]) for one in told] == [("Ekhult", 3, 1)]


def test_a_network_that_one_is_not_in_does_not_exist(db, made):
    other = OrganizerFactory(name="Annan kommun", slug="annan")
    assert db.browse(made["Ekhult"][1]).get(PAGE.replace("ekhult", other.slug)).status_code == 404
    assert db.browse(made["Ekhult"][1]).get("/ekhult/tavlor/natverk/finns-inte").status_code == 404
