"""Loads take turns on a shelf: no other shelf waits, and nobody waits for ever."""

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.organizers import OrganizerFactory
from tests.factories.values import own_table
from tests.places import answering_on

from ska.values.shelves import PUBLISHED, own_shelf, wait_for_turn

TABLE = own_table("Trygghet;12345679;Lillskolan;VT25;alla;7,9;52;index 0–10")
PATH = "/ekhult/resultat/las-in"


@pytest.fixture
def place(db):
    """Give the application on connections that wait a second for what another holds."""
    with answering_on(db, patience=1) as clone:
        yield clone


@pytest.fixture
def ekhult(db):
    return OrganizerFactory(slug="ekhult", organisation_number="2120009999")


@pytest.fixture
def waiting(place, ekhult):
    """Give a browser with a file that is tried, and the address of its answer."""
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=ekhult)
    browse = place.browse(person)
    tried = browse.post(PATH, files={"file": ("egna.csv", TABLE)})
    return browse, tried.headers["location"]


def test_a_huvudman_reads_in_while_national_numbers_are_loaded(place, ekhult, waiting):
    browse, address = waiting
    other = OrganizerFactory(slug="rinda")
    with place.owner.begin() as loading:
        wait_for_turn(loading, PUBLISHED)
        wait_for_turn(loading, own_shelf(other.id))
        done = browse.post(address, {"answer": "las-in"})

    assert done.status_code == 303
    assert "Ångra inläsningen" in browse.get(done.headers["location"]).text


def test_who_must_wait_too_long_is_told_so_and_has_lost_nothing(place, ekhult, waiting):
    browse, address = waiting
    with place.owner.begin() as loading:
        wait_for_turn(loading, own_shelf(ekhult.id))
        refused = browse.post(address, {"answer": "las-in"})
    done = browse.post(address, {"answer": "las-in"})

    assert refused.status_code == 409
    assert "Vänta en stund och försök igen. Det du nyss skickade är inte sparat." in refused.text
    assert place.engine.pool.checkedout() == 0
    assert done.status_code == 303
