"""A quality lead adds a preschool, with and without JavaScript."""

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.organizers import OrganizerFactory


@pytest.fixture
def kim(db):
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=OrganizerFactory())
    return person


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])
def test_a_preschool_is_added(reader, kim, javascript):
    kim_at = reader(kim, javascript=javascript)
    page = kim_at.open("/ekhult/enheter")

    page.get_by_label("Vad heter enheten?").fill("Solrosens förskola")
    page.get_by_label("Vilken skolform är det?").select_option(label="förskola")
    page.get_by_role("button", name="Lägg till enheten").click()

    page.get_by_text("Solrosens förskola är tillagd.").wait_for()
    assert page.get_by_role("heading", name="Solrosens förskola").is_visible()


@pytest.mark.parametrize(("width", "dark"), [(1366, False), (320, True)])
def test_axe_finds_nothing(reader, kim, width, dark):
    kim_at = reader(kim, width=width, dark=dark)
    for path in ("/ekhult/enheter", "/hjalp"):
        kim_at.open(path)
        kim_at.shoot(f"{path.strip('/').replace('/', '-')}-{width}")
        assert kim_at.axe() == [], path
    out = reader(width=width, dark=dark)
    out.open("/logga-in")
    out.shoot(f"logga-in-{width}")
    assert out.axe() == []
