"""Units: one read and one write, through the service, the page and the API."""

import pytest
from sqlalchemy import text
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory

from ska.access import Role
from ska.audit import AuditEvent
from ska.db.session import Scope
from ska.errors import Conflict, NotAllowed
from ska.organizers.forms import UnitForm
from ska.organizers.queries import units_of
from ska.organizers.services import add_unit

PRESCHOOL = UnitForm(name="Solrosens förskola", school_type="preschool")


def test_a_preschool_is_added_and_the_act_is_recorded(session, acting):
    ekhult = OrganizerFactory()
    kim = acting(Role.QUALITY_LEAD, ekhult)

    unit = add_unit(session, kim, organizer_id=ekhult.id, form=PRESCHOOL)

    assert [one.name for one in units_of(session, kim, ekhult.id)] == ["Solrosens förskola"]
    assert unit.kind == "preschool_unit"
    assert session.query(AuditEvent).one().act == "unit.add"


def test_a_name_is_given_once(session, acting):
    ekhult = OrganizerFactory()
    kim = acting(Role.QUALITY_LEAD, ekhult)
    add_unit(session, kim, organizer_id=ekhult.id, form=PRESCHOOL)

    with pytest.raises(Conflict, match="redan"):
        add_unit(session, kim, organizer_id=ekhult.id, form=PRESCHOOL)


def test_a_teacher_adds_no_units(session, acting):
    ekhult = OrganizerFactory()
    teacher = acting(Role.TEACHER, ekhult)

    with pytest.raises(NotAllowed):
        add_unit(session, teacher, organizer_id=ekhult.id, form=PRESCHOOL)


def test_units_of_others_are_not_seen_even_by_raw_sql(session, acting):
    ekhult, lindasa = OrganizerFactory(), OrganizerFactory(name="Lindåsa")
    SchoolUnitFactory(organizer=lindasa)
    kim = acting(Role.QUALITY_LEAD, ekhult)

    assert units_of(session, kim, lindasa.id) == []
    assert session.scalar(text("SELECT count(*) FROM school_unit")) == 0
    touched = session.execute(text("UPDATE school_unit SET name = 'stulen'"))
    assert touched.rowcount == 0


@pytest.fixture
def ekhult(db):
    return OrganizerFactory()


@pytest.fixture
def kim(db, ekhult):
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=ekhult)
    return person


def test_the_page_lists_units_and_takes_a_new_one(db, ekhult, kim):
    browse = db.browse(kim)

    empty = browse.get("/ekhult/enheter")
    done = browse.post(
        "/ekhult/enheter", {"name": "Solrosens förskola", "school_type": "preschool"}
    )
    after = browse.get(done.headers["location"])

    assert "Här samlas era skolor" in empty.text
    assert done.status_code == 303
    assert "Solrosens förskola är tillagd." in after.text


def test_a_form_that_is_off_keeps_what_was_written(db, ekhult, kim):
    answer = db.browse(kim).post("/ekhult/enheter", {"name": "Solrosen", "school_type": "x"})

    assert answer.status_code == 422
    assert 'value="Solrosen"' in answer.text
    assert "Välj skolform" in answer.text
    assert "Fel: " in answer.text


def test_a_name_without_letters_is_told_not_an_error(db, ekhult, kim):
    answer = db.browse(kim).post("/ekhult/enheter", {"name": "★ 𝒯", "school_type": "preschool"})
    signs = db.browse(kim).post("/ekhult/enheter", {"name": "★", "school_type": "preschool"})

    assert answer.status_code == 303
    assert signs.status_code == 422
    assert "minst en bokstav" in signs.text


def test_the_api_gives_the_same_result(db, ekhult, kim):
    browse = db.browse(kim)
    body = {"name": "Solrosens förskola", "school_type": "preschool"}

    made = browse.api("POST", "/api/v1/organizers/ekhult/units", json=body)
    twice = browse.api("POST", "/api/v1/organizers/ekhult/units", json=body)
    wrong = browse.api("POST", "/api/v1/organizers/ekhult/units", json={"name": " "})
    listed = browse.api("GET", "/api/v1/organizers/ekhult/units")

    assert made.status_code == 201
    assert twice.status_code == 409
    assert twice.headers["content-type"] == "application/problem+json"
    assert wrong.status_code == 422
    assert {one["name"] for one in wrong.json()["invalid-params"]} == {"name", "school_type"}
    assert [one["name"] for one in listed.json()] == ["Solrosens förskola"]


def test_the_page_asks_few_questions_however_many_units(db, ekhult, kim, statements):
    browse = db.browse(kim)
    for number in range(2):
        SchoolUnitFactory(organizer=ekhult, name=f"Skola {number}")
    statements.clear()
    browse.get("/ekhult/enheter")
    few = len(statements)
    for number in range(2, 22):
        SchoolUnitFactory(organizer=ekhult, name=f"Skola {number}")
    statements.clear()
    browse.get("/ekhult/enheter")

    assert len(statements) == few <= 6


def test_row_level_security_alone_gives_no_foreign_row(db, ekhult):
    lindasa = OrganizerFactory(name="Lindåsa")
    SchoolUnitFactory(organizer=lindasa)
    with db.session(Scope(frozenset({ekhult.id}), ekhult.id)) as session:
        assert session.execute(text("SELECT id FROM school_unit")).all() == []
