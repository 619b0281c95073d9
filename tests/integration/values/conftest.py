"""A huvudman that files of own values name, and its quality lead."""

import pytest
from tests.factories.group_files import NUMBER
from tests.factories.organizers import OrganizerFactory

from ska.access import Role


@pytest.fixture
def ekhult(session):
    return OrganizerFactory(organisation_number=NUMBER)


@pytest.fixture
def kim(acting, ekhult):
    return acting(Role.QUALITY_LEAD, ekhult)
