"""A quality lead reads in the huvudman's own values, with and without JavaScript."""

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.organizers import OrganizerFactory
from tests.factories.values import own_table

TABLE = own_table(
    "Trygghet, egen enkät;12345678;Ekskolan;VT25;alla;8,2;52;index 0–10",
    "Trygghet, egen enkät;12345679;Lillskolan;VT25;alla;många;40;index 0–10",
    "Närvaro;Förskolan Kotten;;2024/25;alla;91,5;60;%",
)


@pytest.fixture
def kim(db):
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=OrganizerFactory())
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
    page.get_by_role("button", name="Provläs filen").click()
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
