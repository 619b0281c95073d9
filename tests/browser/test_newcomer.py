"""The first minutes: to a first saved analysis, and what each role is offered."""

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory

from ska.access import Role


@pytest.fixture
def ekhult(db):
    return OrganizerFactory()


def _person(organizer, role, **more):
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=organizer, role=role, **more)
    return person


@pytest.fixture
def rektor(ekhult):
    unit = SchoolUnitFactory(organizer=ekhult, name="Backskolan")
    return _person(ekhult, Role.PRINCIPAL, unit=unit)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_rektor_saves_a_first_analysis_in_four_clicks(reader, rektor, javascript):
    seat = reader(rektor, javascript=javascript)
    page = seat.open("/ekhult/oversikt")  # the first click was on the sign-in page

    page.get_by_role("link", name="Börja analysera").click()
    page.get_by_text("Det blir en analys för Backskolan").wait_for()
    page.get_by_label("Vad handlar analysen om?").fill("Lugna starter på lektionerna")
    page.get_by_role("button", name="Börja", exact=True).click()

    assert page.get_by_role("heading", level=1).inner_text() == "Lugna starter på lektionerna"
    page.get_by_role("link", name="Översikt", exact=True).first.click()
    page.get_by_text("Lugna starter på lektionerna").wait_for()


def test_one_who_only_reads_is_offered_nothing_they_may_not_do(reader, ekhult):
    member = _person(ekhult, Role.POLITICIAN)
    seat = reader(member, width=320)
    page = seat.open("/ekhult/oversikt")

    assert page.get_by_role("link", name="Ny", exact=True).count() == 0
    assert page.get_by_role("link", name="Analyser").first.is_visible()
    assert page.get_by_role("heading", name="Kom igång").count() == 0


def test_a_page_under_a_room_says_which_and_a_name_is_said_once(reader, ekhult):
    leader = _person(ekhult, Role.QUALITY_LEAD)
    seat = reader(leader)
    page = seat.open("/ekhult/kalender")

    here = page.locator("nav[aria-label=Huvudmeny] [aria-current]")
    assert here.inner_text() == "Årshjul"
    assert page.get_by_role("link", name="Notiser", exact=True).count() == 1


def test_a_word_without_end_breaks_instead_of_pushing_the_page(reader, rektor):
    seat = reader(rektor, width=320)
    page = seat.open("/ekhult/oversikt")
    page.get_by_role("link", name="Börja analysera").click()
    page.get_by_label("Vad handlar analysen om?").fill("kunskapsresultatsutveckling" * 5)
    page.get_by_role("button", name="Börja", exact=True).click()

    page.get_by_text("Analysen är påbörjad.").wait_for()
    for path in ("", "/ekhult/oversikt", "/ekhult/2026-27/analyser"):
        seat.open(path) if path else None
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
