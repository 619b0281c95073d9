"""One afternoon: three years of reports, of three shapes, become a unit's history."""

import re

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory
from tests.factories.reports import PASTED, paragraphs_in, with_bold_lines, with_headings

from ska.access import Role

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def robin(db):
    ekhult = OrganizerFactory()
    unit = SchoolUnitFactory(organizer=ekhult, name="Åby byskola", slug="aby")
    person = PersonFactory(name="Robin Berg")
    RoleAssignmentFactory(person=person, organizer=ekhult, role=Role.PRINCIPAL, unit=unit)
    return person


def _file(page, name, content):
    page.get_by_role("link", name="Läs in en rapport").first.click()
    page.get_by_label("Vilken Word-fil?").set_input_files(
        {"name": name, "mimeType": DOCX, "buffer": content}
    )
    page.get_by_role("button", name="Visa hur den läses").click()
    page.get_by_role("heading", name="Så här läses rapporten").wait_for()


def _whole(page):
    """Return how many paragraphs there are; all of them have a place."""
    placed, found = re.search(r"(\d+) av (\d+) stycken", page.locator("main").inner_text()).groups()
    assert placed == found
    return int(found)


def _keep(page):
    page.get_by_role("button", name="Spara som historik").click()
    page.get_by_text("Rapporten är sparad som historik.").wait_for()


@pytest.mark.parametrize(
    ("javascript", "width", "dark"), [(True, 1366, False), (False, 320, True)], ids=["js", "no-js"]
)
def test_three_years_of_history_in_an_afternoon(reader, robin, javascript, width, dark):
    at = reader(robin, javascript=javascript, width=width, dark=dark)
    page = at.open("/ekhult/historia")

    _refused(page)
    page = at.open("/ekhult/historia")
    _file(page, "Kvalitetsrapport 2023-24.docx", with_headings())
    assert _whole(page) == paragraphs_in(with_headings())
    assert page.get_by_label("Vilket läsår gäller den?").input_value() == "2023/24"
    page.locator("section.card").last.get_by_role("combobox").select_option("process")
    page.get_by_label("Två lärare i matematik på tisdagar").check()
    page.get_by_role("button", name="Visa med mina ändringar").click()
    page.get_by_text("Så här läses rapporten nu.").wait_for()
    assert page.locator("section.card").last.get_by_role("combobox").input_value() == "process"
    at.shoot(f"historik-vantar-{width}")
    if javascript:
        assert at.axe() == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    _keep(page)
    assert _whole(page) == paragraphs_in(with_headings())
    page.goto(at.site + "/ekhult/historia")

    _file(page, "redovisning.docx", with_bold_lines())
    assert page.get_by_label("Vilket läsår gäller den?").input_value() == "2024/25"
    assert _whole(page) == paragraphs_in(with_bold_lines())
    _keep(page)
    assert _whole(page) == paragraphs_in(with_bold_lines())
    page.goto(at.site + "/ekhult/historia")

    page.get_by_role("link", name="Läs in en rapport").first.click()
    page.get_by_label("Eller klistra in texten").fill(PASTED)
    page.get_by_role("button", name="Visa hur den läses").click()
    page.get_by_role("heading", name="Så här läses rapporten").wait_for()
    assert _whole(page) == len([line for line in PASTED.splitlines() if line.strip()])
    _keep(page)
    at.shoot(f"historik-rapport-{width}")
    if javascript:
        assert at.axe() == []

    page.goto(at.site + "/ekhult/historia")
    at.shoot(f"historik-{width}")
    listed = page.locator("#history").inner_text()
    assert [year in listed for year in ("2023/24", "2024/25", "2025/26")] == [True] * 3
    page.goto(at.site + "/ekhult/enheter/aby/overlamning")
    handed = page.locator("main").inner_text()
    at.shoot(f"historik-overlamning-{width}")
    for words in ("Läsåret 2023/24", "Läsåret 2024/25", "Läsåret 2025/26", "Läsveckorna tog tid",
                  "Rastvakterna byts varje dag", "Fasta rastvakter infördes"):  # fmt: skip
        assert words in handed
    page.goto(at.site + "/ekhult/insatser")
    page.get_by_text("Två lärare i matematik på tisdagar").first.wait_for()


def _refused(page):
    page.get_by_role("link", name="Läs in en rapport").first.click()
    page.get_by_label("Vilken Word-fil?").set_input_files(
        {"name": "rapport.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    )
    page.get_by_role("button", name="Visa hur den läses").click()
    page.get_by_text("Det är en PDF.").first.wait_for()
