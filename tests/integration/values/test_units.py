"""Huvudmän and units from registers: added once, people's own rows left alone."""

import pytest
from sqlalchemy import text
from tests.factories.base import current
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory

from ska.organizers.loading import load_sheet, report_of
from ska.organizers.register import OrganizerRow, Sheet, UnitRow, municipalities
from ska.organizers.rules import SchoolType

EKHULT = OrganizerRow("2120009999", "Ekhult", "municipal", "register")
SCHOOLS = (SchoolType.COMPULSORY_SCHOOL,)


def unit(code="12345678", name="Ekskolan", number="2120009999", types=SCHOOLS):
    return UnitRow(number, code, name, types, "register")


@pytest.fixture
def owner(session):
    with current.as_owner() as one:
        connection = one.connection()
        connection.execute(text("SET LOCAL ROLE ska_owner"))
        yield connection
        connection.execute(text("RESET ROLE"))


def names(connection):
    connection.execute(text("RESET ROLE"))
    rows = connection.execute(text("SELECT name, slug FROM school_unit ORDER BY slug")).all()
    connection.execute(text("SET LOCAL ROLE ska_owner"))
    return [tuple(row) for row in rows]


def test_a_register_is_loaded_once(owner):
    sheet = Sheet("r.csv", "register", [EKHULT], [unit(), unit("12345679", "Ekskolan")])

    first, again = load_sheet(owner, sheet), load_sheet(owner, sheet)

    assert (first.new, again.new, again.unchanged) == (3, 0, 3)
    assert names(owner) == [("Ekskolan", "ekskolan"), ("Ekskolan", "ekskolan-12345679")]
    assert report_of(sheet, again)["cells"] == 3


def test_what_people_added_stays(owner):
    ekhult = OrganizerFactory(organisation_number="2120009999")
    SchoolUnitFactory(organizer=ekhult, name="Solrosens förskola", kind="preschool_unit")
    owner.execute(text("SET LOCAL ROLE ska_owner"))

    load_sheet(owner, Sheet("r.csv", "register", [EKHULT], [unit(name="Solrosens förskola")]))

    assert [slug for _, slug in names(owner)] == [
        "solrosens-forskola",
        "solrosens-forskola-12345678",
    ]


def test_a_school_type_more_is_a_revision(owner):
    load_sheet(owner, Sheet("r.csv", "register", [EKHULT], [unit()]))
    more = (*SCHOOLS, SchoolType.PRESCHOOL_CLASS)

    loaded = load_sheet(owner, Sheet("r.csv", "register", [], [unit(types=more)]))

    assert (loaded.new, loaded.revised) == (0, 1)


def test_units_of_an_unknown_huvudman_are_told(owner):
    sheet = Sheet("r.csv", "register", [], [unit(number="5560009999")])

    report = report_of(sheet, load_sheet(owner, sheet))

    assert "1 enheter hör till en huvudman som inte är inläst" in report["warnings"][0]


def test_the_municipalities_all_get_an_address_of_their_own(owner):
    assert load_sheet(owner, municipalities()).new == 290
    slugs = owner.execute(text("SELECT slug FROM organizer ORDER BY slug")).scalars().all()
    assert len(set(slugs)) == 290
    assert {"habo", "habo-0305"} <= set(slugs) or {"habo", "habo-0643"} <= set(slugs)
