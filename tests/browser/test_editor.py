"""Writing together in a real browser: saved while typing, never overwritten, also without JS."""

import random

import pytest
from sqlalchemy import update
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.organizers import OrganizerFactory
from tests.sizes import size

from ska.access import Role
from ska.core.readability import lix
from ska.writing.models import WrittenText

CUTS = size(4, 50)
SAVED = '#saved-causes[data-state="saved"]'
FIELD = "#field-text_causes"


@pytest.fixture
def ekhult(db):
    return OrganizerFactory(is_demo=True)


def _person(organizer, name, role):
    person = PersonFactory(name=name)
    RoleAssignmentFactory(person=person, organizer=organizer, role=role)
    return person


@pytest.fixture
def kim(db, ekhult):
    return _person(ekhult, "Kim Ek", Role.QUALITY_LEAD)


@pytest.fixture
def robin(db, ekhult):
    return _person(ekhult, "Robin Berg", Role.DIRECTOR)


@pytest.fixture
def address(db, kim):
    done = db.browse(kim).post(
        "/ekhult/2026-27/analyser/ny", {"title": "Kunskapsresultat", "level": "organizer"}
    )
    return f"{done.headers['location'].partition('#')[0]}/skriv"


def _stored(db) -> str:
    with db.as_owner() as session:
        return session.query(WrittenText).filter_by(key="causes").one().text


def _type(page, text: str) -> None:
    page.locator(FIELD).press("Control+End")
    page.locator(FIELD).press_sequentially(text)


def _ready(reader, person, address):
    page = reader(person).open(address)
    page.wait_for_selector("form[data-ready]", state="attached")
    return page


def test_a_section_saves_itself_while_one_types(reader, db, kim, address):
    page = _ready(reader, kim, address)

    _type(page, "Nya elever kartläggs sent.")
    page.wait_for_selector(SAVED)

    assert _stored(db) == "Nya elever kartläggs sent."
    assert "Sparat" in page.locator("#saved-causes").inner_text()


def test_how_hard_a_text_is_to_read_is_told_when_it_is_saved(reader, db, kim, address):
    page = _ready(reader, kim, address)
    told = page.locator("[data-section]").filter(has=page.locator(FIELD)).locator("[data-readable]")
    assert not told.is_visible()

    _type(page, "Nya elever kartläggs sent. Vi vet det. Ingen har ansvar för det i dag.")
    told.wait_for()

    assert told.inner_text().strip() == f"· läsbarhet (LIX) {lix(_stored(db))}"


def test_what_is_written_while_signed_out_is_saved_after_a_new_sign_in(reader, db, kim, address):
    page = _ready(reader, kim, address)
    context = page.context
    cookie = next(one for one in context.cookies() if one["name"] == "ska")
    context.clear_cookies()
    _type(page, "Nya elever kartläggs sent.")
    page.wait_for_selector('#saved-causes[data-state="signed-out"]')
    assert "Logga in i en ny flik" in page.locator("#saved-causes").inner_text()

    context.add_cookies([{**cookie, "value": db.sign_in(kim)}])
    page.wait_for_selector(SAVED)

    assert _stored(db) == "Nya elever kartläggs sent."


def test_without_javascript_the_button_saves_all(reader, db, kim, address):
    page = reader(kim, javascript=False).open(address)

    page.locator(FIELD).fill("Nya elever kartläggs sent.")
    page.get_by_role("button", name="Spara").last.click()

    page.get_by_text("Sparat.", exact=True).wait_for()
    assert _stored(db) == "Nya elever kartläggs sent."


def test_no_word_is_lost_when_the_network_is_cut(reader, db, kim, address):
    page = _ready(reader, kim, address)
    fate = random.Random(25)
    misfortunes = [fate.choice(["before", "after", "none"]) for _ in range(CUTS * 3)]

    def cut(route):
        writes = route.request.method == "PATCH"
        fate_now = misfortunes.pop() if misfortunes and writes else "none"
        if fate_now == "after":
            route.fetch()
        if fate_now == "none":
            route.continue_()
        else:
            route.abort()

    page.route("**/texts/**", cut)
    for number in range(CUTS):
        _type(page, f" Ord {number}.")
        page.evaluate("document.activeElement.blur()")
        page.wait_for_timeout(fate.randint(0, 120))
    misfortunes.clear()  # the route stays: taken away, it would answer for one under way
    page.evaluate("dispatchEvent(new Event('online'))")
    _type(page, " Slut.")
    page.wait_for_timeout(2000)
    page.wait_for_selector(SAVED, timeout=60000)

    assert _stored(db) == page.locator(FIELD).input_value()
    assert all(f"Ord {number}." in _stored(db) for number in range(CUTS))
    assert page.locator("[data-section] [data-conflict]:not([hidden])").count() == 0


def _write_as(db, person, address, text):
    db.browse(person).post(address, {"text_causes": text, "version_causes": 0, "was_causes": "-"})


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])
def test_two_who_write_at_once_lose_nothing(reader, db, kim, robin, address, javascript):
    page = reader(kim, javascript=javascript).open(address)
    _write_as(db, robin, address, "Robins text.")

    if javascript:
        _type(page, "Kims text.")
        page.get_by_role("button", name="Jämför texterna").click()
    else:
        page.locator(FIELD).fill("Kims text.")
        page.get_by_role("button", name="Spara").last.click()
    page.get_by_role("heading", name="Ni skrev samtidigt").wait_for()
    assert _stored(db) == "Robins text."
    page.get_by_label("Sammanslagen text").fill("Båda texterna.")
    page.get_by_role("button", name="Spara").click()
    page.get_by_text("Sparat.", exact=True).wait_for()

    assert _stored(db) == "Båda texterna."
    page.get_by_role("link", name="Tidigare versioner av Vad beror det på?").click()
    page.get_by_role("heading", name="Tidigare versioner av Vad beror det på?").wait_for()
    page.get_by_text("Robin Berg").first.wait_for()
    page.get_by_text("lagd åt sidan vid en krock").wait_for()


def test_what_is_written_while_another_establishes_stays_on_the_page(reader, db, kim, address):
    page = _ready(reader, kim, address)
    _type(page, "Före.")
    page.wait_for_selector(SAVED)
    with db.as_owner() as session:
        session.execute(update(WrittenText).values(frozen_at=db.clock()))

    _type(page, " Efter.")
    section = page.locator("[data-section]").filter(has=page.locator(FIELD))
    section.locator("[data-closed]").wait_for()

    assert "Inte sparat – texten är fastställd" in page.locator("#saved-causes").inner_text()
    assert page.locator(FIELD).input_value() == "Före. Efter."
    assert _stored(db) == "Före."


def test_a_personal_number_is_stopped_at_the_field(reader, db, kim, address):
    page = _ready(reader, kim, address)

    _type(page, "Eleven 850101-1236 kom sent.")
    section = page.locator("[data-section]").filter(has=page.locator(FIELD))
    section.locator("[data-refused]").wait_for()
    assert _stored(db) == ""
    assert section.locator("[data-words]").inner_text() == "3"
    section.get_by_role("button", name="Det är inte ett personnummer").click()
    page.wait_for_selector(SAVED)

    assert _stored(db) == "Eleven 850101-1236 kom sent."


@pytest.mark.parametrize(("width", "dark"), [(1366, False), (320, True)])
def test_axe_finds_nothing(reader, db, kim, robin, address, width, dark):
    at = reader(kim, width=width, dark=dark)
    page = at.open(address)
    at.shoot(f"skriv-{width}")
    assert at.axe() == []

    _write_as(db, robin, address, "Nya elever kartläggs sent. Studiero varierar.")
    page.locator(FIELD).fill("Nya elever kartläggs efter fem veckor. Studiero varierar.")
    page.get_by_role("button", name="Spara").last.click()
    page.get_by_role("heading", name="Ni skrev samtidigt").wait_for()
    at.shoot(f"krock-{width}")
    assert at.axe() == []

    page.get_by_label("Behåll min").check()
    page.get_by_role("button", name="Spara").click()
    at.open(f"{address}/causes/historik")
    at.shoot(f"historik-{width}")
    assert at.axe() == []
