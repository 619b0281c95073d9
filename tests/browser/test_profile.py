"""The profile page: a key is made and ended, with and without JavaScript."""

import pytest
from playwright.sync_api import expect
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.organizers import OrganizerFactory


@pytest.fixture
def kim(db):
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=OrganizerFactory())
    return person


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])
def test_a_key_is_made_and_ended(reader, kim, javascript):
    page = reader(kim, javascript=javascript).open("/profil")

    page.get_by_text("Skapa en nyckel").click()
    page.get_by_label("Vad ska nyckeln användas till?").fill("Rapportverktyg")
    page.get_by_label("läsa utkast").check()
    page.get_by_role("button", name="Skapa nyckeln").click()
    expect(page.locator("#secret")).to_contain_text("ska_")
    page.get_by_role("button", name="Återkalla Rapportverktyg").click()

    page.get_by_text("Nyckeln gäller inte längre.").wait_for()
    expect(page.get_by_text("återkallad")).to_be_visible()


@pytest.mark.parametrize(("width", "dark"), [(1366, False), (320, True)])
def test_axe_finds_nothing(reader, kim, width, dark):
    kim_at = reader(kim, width=width, dark=dark)
    page = kim_at.open("/profil")
    page.get_by_text("Skapa en nyckel").click()
    kim_at.shoot(f"profil-{width}")
    assert kim_at.axe() == []
