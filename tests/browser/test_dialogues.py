"""Dialogues in a browser: rektor and skolchef hold one; the huvudman prepares for the state's."""

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.chain import (
    AnalysisFactory,
    CauseFactory,
    DevelopmentAreaFactory,
    FindingFactory,
)
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory

from ska.access import Role
from ska.accounts.models import Person

LIST = "/ekhult/resultatdialoger"


def person(organizer, role, name, unit=None):
    one = PersonFactory(name=name)
    RoleAssignmentFactory(person=one, organizer=organizer, role=role, unit=unit)
    return one


def sideways(page):
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


def opened(someone, day):
    page = someone.open(f"{LIST}?enhet=aby")
    page.get_by_label("Vilken dag ses ni?").fill(day)
    page.get_by_role("button", name="Öppna och se underlaget").click()
    return page


def test_rektor_and_skolchef_hold_a_resultatdialog(db, reader):
    ekhult = OrganizerFactory()
    aby = SchoolUnitFactory(organizer=ekhult, name="Åby byskola", slug="aby")
    analysis = AnalysisFactory(organizer=ekhult, unit=aby, title="Läsningen i åk 6")
    finding = FindingFactory(analysis=analysis, text="Färre når målen i läsning")
    CauseFactory(analysis=analysis, finding_id=finding.id, text="Många vikarier")
    DevelopmentAreaFactory(analysis=analysis, title="Läsa varje dag")
    robin = reader(person(ekhult, Role.PRINCIPAL, "Robin Berg", aby))
    skolchef = person(ekhult, Role.DIRECTOR, "Lo Lind")
    lo = reader(skolchef, javascript=False)
    small = reader(skolchef, width=320, dark=True)

    page = opened(robin, "2026-09-04")
    page.get_by_text("Färre når målen i läsning").wait_for()
    at = page.url.removeprefix(robin.site)
    robin.shoot("resultatdialog-1366")
    assert robin.axe() == []
    page.get_by_role("link", name="Skriv tillsammans").click()
    page.locator("form[data-ready]").wait_for()
    page.get_by_role("textbox", name="Vad ser vi tillsammans?").fill("Läsningen har vänt.")
    page.get_by_role("textbox", name="Vad är viktigast nu?").focus()
    page.wait_for_selector('[id^="saved-"][data-state="saved"]')

    other = lo.open(f"{at}/skriv")
    assert (
        other.get_by_role("textbox", name="Vad ser vi tillsammans?").input_value()
        == "Läsningen har vänt."
    )
    lo.open(at)
    other.get_by_label("Vilka deltar?").fill("Rektor och skolchef")
    other.get_by_role("button", name="Spara", exact=True).first.click()
    other.get_by_text("Lägg till en överenskommelse").click()
    other.get_by_label("Vad ska göras?").fill("Läs högt varje dag")
    other.get_by_label("Vilken dag följs det upp?").fill("2027-01-22")
    other.get_by_label("Vad vilar det på?").select_option(index=1)
    other.get_by_role("button", name="Spara överenskommelsen").click()
    other.get_by_text("Lägg till ett behov").click()
    other.get_by_label("Vad behöver enheten?").fill("En psykolog en dag i veckan")
    other.get_by_role("button", name="Spara behovet").click()
    for path in (at, f"{at}/skriv", "/ekhult/behov"):
        assert sideways(small.open(path)) <= 0
        small.shoot(f"resultatdialog-320-{path[-5:]}".replace("/", ""))
        assert small.axe() == [], path
    other.get_by_role("button", name="Avsluta dialogen").click()
    other.get_by_text("Avslutad av Lo Lind").wait_for()
    lo.open("/ekhult/behov")
    other.get_by_role("link", name="En psykolog en dag i veckan").click()
    other.get_by_label("Nej").check()
    other.get_by_label("Vad händer nu, eller varför inte?").fill("Pengarna finns inte i år.")
    other.get_by_role("button", name="Spara svaret").click()

    robin.open(at)
    page.get_by_text("Pengarna finns inte i år.").wait_for()
    opened(robin, "2026-09-05")
    since = page.get_by_role("region", name="Sedan förra dialogen")
    since.get_by_text("Läs högt varje dag").wait_for()
    since.get_by_text("Pengarna finns inte i år.").wait_for()


@pytest.fixture
def of_norrforsa(db, demo):
    def who(email):
        with db.as_owner() as session:
            return session.query(Person).filter_by(email=f"{email}@norrforsa.example").one()

    return who


def test_norrforsa_prepares_for_the_state(reader, of_norrforsa):
    home = "/norrforsa/kvalitetsdialog"
    elin = reader(of_norrforsa("elin"))
    page = elin.open(home)
    elin.shoot("kvalitetsdialog-1366")
    for words in (
        "Fritidshem", "Anpassad grundskola", "Komvux köps av grannkommunen",
        "Orsaksanalys i enheternas rapporter", "Mallen frågar efter resultat",
        "Läs varandras analyser i rektorsgruppen", "Hur får vi rektorer att dela orsaksanalys",
        "Nämnden till stor del och skolchefen till viss del", "egna värden, inläst",
        "indikatorer har inga värden", "Självskattning: rektorerna har inte svarat än",
    ):  # fmt: skip
        assert page.get_by_text(words).first.is_visible(), words
    assert elin.axe() == []

    karl = reader(of_norrforsa("karl"), width=320, dark=True)
    other = karl.open(home)
    assert sideways(other) <= 0
    karl.shoot("kvalitetsdialog-320")
    assert karl.axe() == []
    other.get_by_role("link", name="Svara på självskattningen").click()
    other.get_by_label("Till viss del").check()
    other.get_by_label("Vad bygger svaret på?").fill("Vi läste varandras analyser tre gånger.")
    assert karl.axe() == []
    other.get_by_role("button", name="Spara svaret").click()

    elin.open(home)
    page.get_by_text("Vi läste varandras analyser tre gånger.").wait_for()
    page.get_by_role("button", name="Spara version").click()
    page.get_by_text("Så här såg underlaget ut").wait_for()
    elin.open("/norrforsa/namndbeslut")
    page.get_by_text("Skriv in ett beslut").click()
    page.get_by_label("Diarienummer").fill("BUN 2026/0147")
    page.get_by_label("Vilken dag?").select_option(index=3)
    page.get_by_label("Vad beslutade nämnden?").fill("Nämnden avsätter tid för analys.")
    page.get_by_label("Vad gäller beslutet?").select_option(index=1)
    page.get_by_role("button", name="Spara beslutet").click()
    page.get_by_role("heading", name="BUN 2026/0147").wait_for()
    assert elin.axe() == []
