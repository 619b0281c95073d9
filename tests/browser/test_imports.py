"""A quality lead reads in the huvudman's own values, with and without JavaScript."""

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory
from tests.factories.values import own_table

TABLE = own_table(
    "Trygghet, egen enkät;12345678;Ekskolan;VT25;alla;8,2;52;index 0–10",
    "Trygghet, egen enkät;12345679;Lillskolan;VT25;alla;många;40;index 0–10",
    "Närvaro;Förskolan Kotten;;2024/25;alla;91,5;60;%",
)


@pytest.fixture
def ekhult(db):
    return OrganizerFactory()


@pytest.fixture
def kim(db, ekhult):
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=ekhult)
    return person


@pytest.mark.parametrize(
    ("javascript", "width", "dark"), [(True, 1366, False), (False, 320, True)], ids=["js", "no-js"]
)
def test_a_file_is_tried_read_in_and_undone(reader, kim, javascript, width, dark):
    kim_at = reader(kim, javascript=javascript, width=width, dark=dark)
    page = kim_at.open("/ekhult/resultat/las-in")

    page.get_by_label("Vilken fil?").set_input_files(
        {"name": "egna.csv", "mimeType": "text/csv", "buffer": TABLE}
    )
    page.get_by_role("button", name="Provläs").click()
    page.get_by_text("Inget är sparat än.").wait_for()
    assert page.get_by_role("cell", name="många").is_visible()
    kim_at.shoot(f"provlasning-{width}")
    if javascript:
        assert kim_at.axe() == []
    page.get_by_role("button", name="Läs in filen").click()
    page.get_by_text("2 nya värden").wait_for()
    page.get_by_role("button", name="Ångra inläsningen").click()
    page.get_by_text("Inläsningen är ångrad.").wait_for()
    kim_at.shoot(f"inlasningar-{width}")


@pytest.mark.parametrize(("width", "dark"), [(1366, False), (320, True)])
def test_axe_finds_nothing(reader, kim, width, dark):
    kim_at = reader(kim, width=width, dark=dark)
    kim_at.open("/ekhult/resultat/las-in")

    kim_at.shoot(f"las-in-{width}")
    assert kim_at.axe() == []


ANSWERS = "\n".join(
    [
        "Starttid;E-post;Skola;Hur trygg är du?;Hur är det på lektionerna?",
        *(f"2026-03-01;e{i}@skola.se;Ekskola;{6 + i % 4};Lugnt" for i in range(12)),
    ]
).encode()


@pytest.mark.parametrize(("width", "dark"), [(1366, False), (320, True)])
def test_a_survey_is_taught_and_its_unit_named(reader, kim, ekhult, width, dark):
    SchoolUnitFactory(organizer=ekhult, name="Ekskolan", school_unit_code="12345678")
    kim_at = reader(kim, width=width, dark=dark)
    page = kim_at.open("/ekhult/resultat/las-in")
    page.get_by_label("Vilken fil?").set_input_files(
        {"name": "enkat.csv", "mimeType": "text/csv", "buffer": ANSWERS}
    )
    page.get_by_role("button", name="Provläs").click()
    page.get_by_text("har tagits bort och sparas inte").wait_for()
    page.get_by_label("Vilken period gäller tabellen?").fill("VT26")
    page.get_by_label("Vad står i kolumnen?").nth(2).select_option("share")
    page.get_by_label("Svar som räknas i andelen").nth(2).fill("Lugnt")
    page.get_by_role("button", name="Visa hur den läses").click()
    page.get_by_role("heading", name="Så läses tabellen").wait_for()
    kim_at.shoot(f"tolka-{width}")
    assert kim_at.axe() == []
    page.get_by_role("button", name="Spara tolkningen och provläs").click()
    page.get_by_role("heading", name="Namn som inte känns igen").wait_for()
    kim_at.shoot(f"namn-{width}")
    assert kim_at.axe() == []
    page.get_by_role("button", name="Spara namnen").click()
    page.get_by_text("frågas inte om igen").wait_for()
    assert not page.get_by_role("heading", name="Namn som inte känns igen").is_visible()
    page.get_by_role("button", name="Läs in filen").click()
    page.get_by_text("2 nya värden").wait_for()
