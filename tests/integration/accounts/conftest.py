"""A huvudman with its administrator and somebody who works there."""

import pytest
from tests.administering import PASSWORD
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.organizers import OrganizerFactory

from ska.access import Role
from ska.accounts import services


@pytest.fixture
def ekhult(db):
    return OrganizerFactory()


@pytest.fixture
def tove(db, ekhult):
    person = PersonFactory(name="Tove Nyman", email="tove@ekhult.se")
    RoleAssignmentFactory(person=person, organizer=ekhult, role=Role.ORGANIZER_ADMIN)
    return person


@pytest.fixture
def robin(db, ekhult):
    """Someone who may read and observe, in a role that began long ago."""
    person = PersonFactory(name="Robin Sand", email="robin@ekhult.se")
    RoleAssignmentFactory(person=person, organizer=ekhult, role=Role.TEACHER)
    return person


@pytest.fixture
def kim(db):
    person = PersonFactory(password_hash=services._hasher.hash(PASSWORD), email="kim@ekhult.se")
    RoleAssignmentFactory(person=person, organizer=OrganizerFactory())
    return person
