"""Paper is white: a dark page is printed with dark ink, and without what only a screen can use."""

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.organizers import OrganizerFactory

INK = "getComputedStyle(document.querySelector('h1')).color"


@pytest.mark.parametrize("theme", [None, "dark"])
def test_a_dark_page_is_printed_with_dark_ink(reader, db, theme):
    person = PersonFactory(theme=theme)
    RoleAssignmentFactory(person=person, organizer=OrganizerFactory())
    page = reader(person, dark=True).open("/ekhult/oversikt/var-star-vi")
    on_screen = page.evaluate(INK)

    page.emulate_media(media="print", color_scheme="dark")

    assert on_screen == "rgb(230, 234, 240)"
    assert page.evaluate(INK) == "rgb(27, 31, 36)"
    assert not page.locator(".main-nav").is_visible()
    assert not page.locator("nav.tabs").first.is_visible()
