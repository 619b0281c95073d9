"""An analysis of a huvudman, and the page it is written on."""

import pytest
from tests.editing import YEAR, person_of
from tests.factories.organizers import OrganizerFactory


@pytest.fixture
def ekhult(db):
    return OrganizerFactory()


@pytest.fixture
def kim(db, ekhult):
    return db.browse(person_of(ekhult))


@pytest.fixture
def address(kim):
    done = kim.post(f"{YEAR}/ny", {"title": "Kunskapsresultat", "level": "organizer"})
    assert done.status_code == 303, done.text
    return f"{done.headers['location'].partition('#')[0]}/skriv"
