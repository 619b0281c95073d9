"""A refused request keeps no connection: not for nobody, not for a stranger, not for a role."""

import gc

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.organizers import OrganizerFactory

from ska.access import Role


@pytest.fixture
def no_collector():
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def test_the_pool_is_whole_after_every_kind_of_refusal(db, no_collector):
    own = OrganizerFactory()
    OrganizerFactory(name="Lindåsa")
    teacher = PersonFactory()
    RoleAssignmentFactory(person=teacher, organizer=own, role=Role.TEACHER)
    nobody, someone = db.browse(), db.browse(teacher)

    for _ in range(5):
        assert nobody.api("GET", "/api/v1/organizers/ekhult/units").status_code == 401
        assert someone.api("GET", "/api/v1/organizers/lindasa/units").status_code == 404
        assert someone.get("/lindasa/enheter").status_code == 404
        assert someone.post("/ekhult/enheter", {"name": "X"}).status_code == 403
        assert someone.get("/ekhult/2026-99/analyser").status_code == 404

    assert db.engine.pool.checkedout() == 0
