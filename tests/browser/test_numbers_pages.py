"""The pages about where numbers come from: report with findings, history, as known, pupil files."""

import pytest
from sqlalchemy import text
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.framework import load_shipped
from tests.factories.indicator_values import value
from tests.factories.organizers import OrganizerFactory
from tests.factories.shelves import store_values

HEAD = "mått;område;områdesnamn;period;kön;värde;antal;enhet"
ZEROS = "\n".join([HEAD, *(f"Närvaro;Skola {n};;2024/25;alla;0;40;%" for n in range(12)), ""])


@pytest.mark.parametrize(("width", "dark"), [(1366, False), (320, True)])
def test_axe_finds_nothing_where_numbers_are_looked_into(reader, db, width, dark):
    ekhult = OrganizerFactory(organisation_number="2120001234")
    kim = PersonFactory(name="Kim Ek")
    RoleAssignmentFactory(person=kim, organizer=ekhult)
    load_shipped()
    store_values(value("2023/24", 60.2), value("2024/25", 61.7), value("2025/26", 58.0))
    file = {"file": ("egna.csv", ZEROS.encode())}
    made = db.browse(kim).api("POST", "/api/v1/organizers/ekhult/imports", files=file).json()
    with db.owner.begin() as connection:
        number = connection.scalar(text("SELECT max(id) FROM value"))
    kim_at = reader(kim, width=width, dark=dark)

    for name, path, words in (
        ("rapport", f"inlasningar/{made['import_id']}", "Samma värde överallt"),
        ("historia", f"varde/{number}", "Värdets historia"),
        ("kant", "gr-alla-amnen-ak9?kant=2026-09-01", "1 september 2026"),
    ):
        page = kim_at.open(f"/ekhult/resultat/{path}")
        page.get_by_text(words).first.wait_for()
        kim_at.shoot(f"siffror-{name}-{width}")
        assert kim_at.axe() == [], name
    page = kim_at.open("/ekhult/resultat/las-in")
    page.get_by_text("Filer med en rad för varje elev").first.click()
    kim_at.shoot(f"siffror-elevfil-{width}")
    assert kim_at.axe() == []
    kim_at.open("/ekhult/rontgen")
    kim_at.shoot(f"siffror-rontgen-{width}")
    assert kim_at.axe() == []
