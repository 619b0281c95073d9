"""Names stand as in a Swedish index wherever one chooses among them: Å before Ä, whoever asks."""

import re

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.framework import LocalIndicatorFactory
from tests.factories.organizers import SchoolUnitFactory
from tests.factories.story_1 import story_1
from tests.integration.dashboards.test_made_boards import make

NAMES = ["äldre skolan", "Alskolan", "Zetaskolan", "Åsskolan", "Ängsskolan", "Örskolan"]
RIGHT = ["Alskolan", "Zetaskolan", "Åsskolan", "äldre skolan", "Ängsskolan", "Örskolan"]


@pytest.fixture
def browse(db):
    organizer, _unit = story_1()
    for at, name in enumerate(NAMES):
        SchoolUnitFactory(organizer=organizer, slug=f"skola-{at}", name=name)
        LocalIndicatorFactory(organizer=organizer, name=f"{name} trivs")
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=organizer)
    return db.browse(person)


def options(browse, path, select="enhet"):
    page = browse.get(f"/ekhult{path}").text
    found = re.search(rf'<select id="{select}".*?</select>', page, re.S)[0]
    return [one for one in re.findall(r">([^<]+)</option>", found) if one in NAMES]


@pytest.mark.parametrize(
    "path", ["/resultat", "/resultat/gr-alla-amnen-ak9", "/np-betyg", "/tavlor/enhet"]
)
def test_units_are_chosen_in_swedish_order(browse, path):
    assert options(browse, path) == RIGHT


def test_own_indicators_stand_in_swedish_order(browse):
    page = browse.get("/ekhult/resultat").text
    found = re.findall(r">([^<>]+) trivs<", page)

    assert list(dict.fromkeys(found)) == RIGHT


def test_own_boards_stand_in_swedish_order(browse):
    for name in NAMES:
        make(browse, name=name)
    page = browse.get("/ekhult/tavlor").text

    assert re.findall(r'tavlor/[0-9a-f-]{36}">([^<]+)</a>', page) == RIGHT
