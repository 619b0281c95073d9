"""Every page that takes an address, found from the application: six questions at most, and as
many however much there is.
"""

from datetime import date

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.cycle import AnnualCycleFactory, BoardDateFactory, CycleStepFactory
from tests.factories.framework import (
    LocalGoalFactory,
    LocalIndicatorFactory,
    LocalTieFactory,
    load_shipped,
)
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory
from tests.house.test_isolation import NOT_MADE, ROUTES, _fill, _parts
from tests.isolation import FILLERS, chain_parts

from ska.access import Role

MOST = 6
LEADS_ON = {"/{organizer:str}/jamfor/vyer/{view_id:uuid}"}
"""What shows nothing of its own: a saved view leads to its comparison, which is among the pages."""
PAGES = [
    path
    for path, method in ROUTES
    if method == "GET" and "/api/" not in path and not NOT_MADE.search(path)
]


def _more(ekhult, number):
    """Make one more of each thing that the lists hold."""
    chain_parts(ekhult)
    unit = SchoolUnitFactory(organizer=ekhult, name=f"Skola {number}", slug=f"skola-{number}")
    CycleStepFactory(cycle=AnnualCycleFactory(organizer=ekhult, unit=unit))
    goal = LocalGoalFactory(organizer=ekhult, title=f"Mål {number}")
    LocalTieFactory(goal=goal)
    LocalIndicatorFactory(organizer=ekhult, name=f"Mått {number}")
    BoardDateFactory(organizer=ekhult, day=date(2027, 2, 1 + number))
    FILLERS["made"](ekhult)


@pytest.fixture
def ekhult(db):
    load_shipped()
    return OrganizerFactory(name="Ekhult")


def test_no_page_asks_more_than_six_however_much_there_is(db, ekhult, statements):
    kim = PersonFactory()
    for role in (Role.QUALITY_LEAD, Role.ORGANIZER_ADMIN):
        RoleAssignmentFactory(person=kim, organizer=ekhult, role=role)
    browse = db.browse(kim)
    parts = _parts(ekhult)

    def asked() -> dict[str, int]:
        counts = {}
        for path in PAGES:
            browse.get(_fill(path, ekhult.slug, parts))
            statements.clear()
            answer = browse.get(_fill(path, ekhult.slug, parts))
            assert answer.status_code == (303 if path in LEADS_ON else 200), path
            counts[path] = len(statements)
        return counts

    few = asked()
    for number in range(3):
        _more(ekhult, number)
    many = asked()

    assert {path: count for path, count in few.items() if count > MOST} == {}
    assert many == few
