"""The page of open data: what came, what is missing, what is proposed, what comes when."""

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.fetching import FetchFactory
from tests.factories.framework import load_shipped
from tests.factories.organizers import OrganizerFactory


@pytest.mark.parametrize(("width", "dark"), [(1366, False), (320, True)])
def test_the_page_tells_and_axe_finds_nothing(reader, db, width, dark):
    ekhult = OrganizerFactory(municipality_code="1497")
    kim = PersonFactory()
    RoleAssignmentFactory(person=kim, organizer=ekhult)
    load_shipped()
    FetchFactory(organizer=ekhult)
    kim_at = reader(kim, width=width, dark=dark)

    page = kim_at.open("/ekhult/resultat/hamta")

    page.get_by_text("har flyttat från kod 24 till 26").wait_for()
    kim_at.shoot(f"hamta-{width}")
    assert kim_at.axe() == []
    page.get_by_label("Delmål 1: Andel (%) som ingen hört talas om").check()
    page.get_by_role("button", name="Lägg till som egna indikatorer").click()
    page.get_by_text("Tillagt bland era egna indikatorer.").wait_for()
    assert page.get_by_label("Delmål 1: Andel (%) som ingen hört talas om").count() == 0
    assert page.get_by_label("Delmål 99: Okänt delmål").count() == 1
