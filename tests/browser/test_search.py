"""Searching with the keyboard, and with nothing but a form."""

import pytest
from playwright.sync_api import expect
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.chain import ActionFactory, AnalysisFactory
from tests.factories.organizers import OrganizerFactory


@pytest.fixture
def kim(db):
    person, ekhult = PersonFactory(), OrganizerFactory()
    RoleAssignmentFactory(person=person, organizer=ekhult)
    AnalysisFactory(organizer=ekhult, title="Studiero i årskurs 8")
    ActionFactory(organizer=ekhult, title="Studiero <b>varje</b> dag")
    return person


def test_ctrl_k_finds_and_goes_with_the_keyboard_alone(reader, kim):
    page = reader(kim).open("/ekhult/enheter")

    page.keyboard.press("Control+k")
    box = page.get_by_role("combobox", name="Sök eller gå till")
    expect(box).to_be_focused()
    page.keyboard.type("studie")
    expect(page.locator("#palette [role=option]")).to_have_count(2)
    expect(page.get_by_role("option", name="<b>varje</b>")).to_be_visible()
    expect(page.locator("#palette mark").first).to_have_text("Studiero")
    expect(page.locator("#palette [role=option]").first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    name = page.locator("[role=option][aria-selected=true] .name").text_content()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def test_esc_closes_and_gives_focus_back(reader, kim):
    page = reader(kim).open("/ekhult/sok")
    page.get_by_label("Vad letar du efter?").focus()

    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_label("Vad letar du efter?")).to_be_focused()


def test_enter_without_a_hit_shows_the_search_page(reader, kim):
    page = reader(kim).open("/ekhult/enheter")

    page.keyboard.press("Control+k")
    page.keyboard.type("xyzzy")
    expect(page.locator("#palette-status")).to_contain_text("Inget hittades")
    page.keyboard.press("Enter")

    page.get_by_role("heading", name="Inget hittades på ”xyzzy”").wait_for()


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])
def test_the_field_in_the_header_is_a_plain_form(reader, kim, javascript):
    page = reader(kim, javascript=javascript).open("/ekhult/enheter")

    page.locator("#search").fill("årskurs")
    page.locator("#search").press("Enter")
    page.get_by_role("link", name="Studiero i årskurs 8").click()

    page.get_by_role("heading", name="Studiero i årskurs 8", level=1).wait_for()


@pytest.mark.parametrize(("width", "dark"), [(1366, False), (320, True)])
def test_axe_finds_nothing(reader, kim, width, dark):
    kim_at = reader(kim, width=width, dark=dark)
    for path in ("/ekhult/sok", "/ekhult/sok?q=studiero", "/ekhult/sok?q=xyzzy"):
        page = kim_at.open(path)
        kim_at.shoot(f"sok-{path[-5:]}-{width}")
        assert kim_at.axe() == [], path
    page.keyboard.press("Control+k")
    page.keyboard.type("studie")
    expect(page.locator("#palette [role=option]")).to_have_count(2)
    kim_at.shoot(f"palett-{width}")
    assert kim_at.axe() == []
