"""The administrator lets a rektor in, who chooses a password; with and without JavaScript."""

import pytest
from playwright.sync_api import expect
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory

from ska.access import Role


@pytest.fixture
def tove(db):
    ekhult = OrganizerFactory()
    SchoolUnitFactory(organizer=ekhult)
    person = PersonFactory(name="Tove Nyman")
    RoleAssignmentFactory(person=person, organizer=ekhult, role=Role.ORGANIZER_ADMIN)
    return person


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])
def test_a_rektor_is_let_in(reader, tove, javascript):
    page = reader(tove, javascript=javascript).open("/ekhult/personer")

    page.get_by_label("Vad heter personen?").fill("Robin Sand")
    page.get_by_label("E-postadress").fill("robin@ekhult.se")
    page.get_by_label("rektor", exact=True).check()
    page.get_by_label("I vilken enhet?").select_option(label="Ekhults centralskola")
    page.get_by_role("button", name="Lägg till personen").click()
    page.get_by_role("button", name="Gör en ny länk").click()
    link = page.locator("#link").inner_text()

    theirs = reader(javascript=javascript).open(link[link.index("/valkommen/") :])
    theirs.get_by_label("Lösenord").fill("tre vanliga ord räcker")
    theirs.get_by_role("button", name="Spara och logga in").click()
    expect(theirs.get_by_text("Lösenordet är sparat")).to_be_visible()


@pytest.mark.parametrize(("width", "dark"), [(1366, False), (320, True)])
def test_axe_finds_nothing(reader, tove, width, dark):
    tove_at = reader(tove, width=width, dark=dark)
    for path in ("/ekhult/personer", f"/ekhult/personer/{tove.id}"):
        page = tove_at.open(path)
        for fold in page.locator("main details").all():
            fold.locator("summary").click()
        tove_at.shoot(f"personer-{len(path) > 20}-{width}")
        assert tove_at.axe() == [], path
