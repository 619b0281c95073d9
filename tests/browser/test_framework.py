"""The framework in a browser: pasted, tied, browsed; with and without JavaScript; axe is silent."""

import re

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.chain import AnalysisFactory, FindingFactory
from tests.factories.framework import (
    FindingTagFactory,
    LocalIndicatorFactory,
    LocalTieFactory,
    WordingFactory,
    load_shipped,
)
from tests.factories.indicator_values import value
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory, UnitSchoolTypeFactory
from tests.factories.shelves import store_values

PAGE = "Grundskolan\nDelmål 1: Alla når målen i den påhittade skolan.\n"


@pytest.fixture
def ekhult(db):
    load_shipped()
    organizer = OrganizerFactory(organisation_number="2120001234")
    unit = SchoolUnitFactory(organizer=organizer)
    UnitSchoolTypeFactory(unit=unit)
    return organizer


@pytest.fixture
def kim(ekhult):
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=ekhult)
    return person


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])
def test_a_page_is_pasted_once_compared_and_shown(reader, kim, javascript):
    at = reader(kim, javascript=javascript)

    page = at.open("/ekhult/malsattningar")
    page.get_by_role("link", name="Klistra in från Skolverket").click()
    page.get_by_label("Sidans text").fill(PAGE)
    page.get_by_role("button", name="Dela upp och jämför").click()
    page.get_by_role("heading", name="Jämför innan du sparar").wait_for()
    page.get_by_role("button", name="Spara det som är förbockat").click()
    page.get_by_text("1 ordalydelser är sparade.").wait_for()
    page.goto(f"{at.site}/ekhult/malsattningar/nks-2023/gr-1")

    assert "Alla når målen i den påhittade skolan." in page.locator("main").inner_text()
    assert at.problems == []


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])
def test_a_local_goal_is_set_and_tied_to_a_delmal(reader, kim, javascript):
    at = reader(kim, javascript=javascript)

    page = at.open("/ekhult/egna-mal")
    page.get_by_role("link", name="Lägg till mål").click()
    page.get_by_label("Vad vill ni nå?").fill("Alla läser i årskurs 3")
    page.get_by_label("Vem har beslutat målet?").fill("Nämnden")
    page.get_by_label("Första dagen").fill("2026-07-01")
    page.get_by_role("button", name="Spara målet").click()
    page.get_by_label("Vad hör det ihop med?").select_option("nks-2023/gr-5")
    page.get_by_label("Varför hör de ihop?").fill("Läsning bär ämnet.")
    page.get_by_role("button", name="Spara kopplingen").click()
    page.get_by_text("Kopplingen är sparad.").wait_for()
    page.goto(f"{at.site}/ekhult/oversikt/var-star-vi")

    row = page.get_by_role("row", name=re.compile("^Delmål 5"))
    assert "Alla läser i årskurs 3" in row.inner_text()
    assert at.problems == []


@pytest.fixture
def full(ekhult):
    """Fill every kind of thing once."""
    store_values(value("2024/25", 71.0))
    tie = LocalTieFactory(goal__organizer=ekhult)
    measure = LocalIndicatorFactory(organizer=ekhult)
    WordingFactory(organizer=ekhult)
    analysis = AnalysisFactory(organizer=ekhult)
    finding = FindingFactory(analysis=analysis)
    FindingTagFactory(analysis=analysis, finding_id=finding.id)
    return [
        "malsattningar",
        "malsattningar/nks-2023/mal-gr",
        "malsattningar/nks-2023/gr-1",
        "malsattningar/nks-2023/gr-alla-amnen-ak9",
        "malsattningar/nks-2023/kandidat-gr-meritvarde",
        "malsattningar/nks-2023/ff-ska-undervisning",
        "malsattningar/curriculum-areas",
        "malsattningar/klistra-in",
        "oversikt/var-star-vi",
        "krav",
        "krav/skollagen-4-3",
        "egna-mal",
        "egna-mal/nytt",
        f"egna-mal/{tie.local_goal_id}",
        "egna-indikatorer/ny",
        f"egna-indikatorer/{measure.id}",
        f"2026-27/analyser/{analysis.id}",
        f"2026-27/analyser/{analysis.id}/ny/fynd",
    ]


@pytest.mark.parametrize(
    ("width", "dark"), [(1366, False), (320, True)], ids=["wide-light", "phone-dark"]
)
def test_axe_finds_nothing_and_nothing_leaves_the_machine(reader, kim, full, width, dark):
    at = reader(kim, width=width, dark=dark)

    for path in full:
        page = at.open(f"/ekhult/{path}")
        for fold in page.locator("details:not([open]) > summary").all():
            if fold.is_visible() and fold.locator("xpath=ancestor::main").count():
                fold.click()
        at.shoot(f"framework-{path.replace('/', '-')[:40]}-{width}")
        assert at.axe() == [], path
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, (path, wide)
    assert at.problems == []


def test_axe_finds_nothing_in_what_is_off(reader, kim):
    at = reader(kim)

    for path, button in (
        ("egna-mal/nytt", "Spara målet"),
        ("egna-indikatorer/ny", "Spara indikatorn"),
        ("malsattningar/klistra-in", "Dela upp och jämför"),
    ):
        page = at.open(f"/ekhult/{path}")
        page.get_by_role("button", name=button).click()
        page.locator("#error-summary").wait_for()
        assert at.axe() == [], path
    page = at.open("/ekhult/malsattningar/klistra-in")
    page.get_by_label("Sidans text").fill(PAGE)
    page.get_by_role("button", name="Dela upp och jämför").click()
    page.get_by_role("heading", name="Jämför innan du sparar").wait_for()
    at.shoot("framework-compare")
    assert at.axe() == []
