"""A shift of level that people have accepted is told with the numbers of a dialogue."""

import re

import pytest
from sqlalchemy import text
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.framework import load_shipped
from tests.factories.indicator_values import unit_value, value
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory
from tests.factories.shelves import store_values
from tests.factories.shifts import AcceptedShiftFactory

from ska.access import Role

SAID = "Nivåskifte från 2022/23 godtaget 1 oktober 2026 av Kim Ek (kvalitetsutvecklare): {}."
UNIT, WHOLE = "Två skolor blev en", "Ny upptagning"
YEARS = ("2021/22", "2022/23", "2023/24", "2024/25", "2025/26")


@pytest.fixture
def ekhult(db):
    load_shipped()
    return OrganizerFactory(organisation_number="2120001234", municipality_code="1499")


@pytest.fixture
def aby(ekhult):
    unit = SchoolUnitFactory(organizer=ekhult, name="Åby", slug="aby", school_unit_code="12345678")
    store_values(
        *(unit_value(year, 80.0 + at, 100) for at, year in enumerate(YEARS)),
        *(value(year, 70.0 + at, 300) for at, year in enumerate(YEARS)),
    )
    AcceptedShiftFactory(organizer=ekhult, unit_id=unit.id, reason=UNIT)
    AcceptedShiftFactory(organizer=ekhult, reason=WHOLE)
    return unit


@pytest.fixture
def kim(db, ekhult, aby):
    person = PersonFactory(name="Kim Ek")
    RoleAssignmentFactory(person=person, organizer=ekhult, role=Role.QUALITY_LEAD)
    return db.browse(person)


def opened(kim, unit):
    at = kim.post(
        "/ekhult/resultatdialoger", {"unit_id": str(unit.id), "held_on": "2026-09-04"}
    ).headers["location"]
    seen = re.search(r'name="seen" value="([0-9a-f]+)"', kim.get(at).text)[1]
    kim.post(at, {"held_on": "2026-09-04", "took_part": "Rektor och skolchef", "seen": seen})
    return at


def test_a_units_dialogue_tells_its_own_shifts_and_keeps_them(db, kim, aby, statements):
    at = opened(kim, aby)
    statements.clear()
    page = kim.get(at).text

    assert len(statements) <= 6
    assert SAID.format(UNIT) in page
    assert WHOLE not in page
    program = at.replace("/ekhult/resultatdialoger", "/api/v1/organizers/ekhult/results-dialogues")
    (line,) = kim.api("GET", program.partition("?")[0]).json()["prepared"]["measures"]
    assert [UNIT in one for one in line["shifts"]] == [True]

    assert kim.post(f"{at}/avsluta").status_code == 303
    with db.as_owner() as session:
        session.execute(
            text(
                "UPDATE accepted_shift SET withdrawn_at = now(), withdrawn_by = 'Kim',"
                " withdrawn_reason = 'Fel'"
            )
        )
        session.commit()
    assert UNIT in kim.get(at).text  # it is as it was
    assert UNIT not in kim.get(opened(kim, aby)).text


def test_what_was_closed_before_shifts_were_told_is_read_as_it_was(db, kim, aby):
    at = opened(kim, aby)
    assert kim.post(f"{at}/avsluta").status_code == 303
    with db.as_owner() as session:
        session.execute(
            text(
                "UPDATE dialogue_pack SET content = jsonb_set(content, '{measures}', (SELECT"
                " jsonb_agg(one - 'shifts') FROM jsonb_array_elements(content->'measures') one))"
            )
        )
        session.commit()

    page = kim.get(at)
    assert page.status_code == 200
    assert "84,0" in page.text
    assert UNIT not in page.text


def test_the_states_dialogue_tells_the_huvudmans(kim, aby, statements):
    statements.clear()
    page = kim.get("/ekhult/kvalitetsdialog").text

    assert len(statements) <= 6
    assert SAID.format(WHOLE) in page
    assert UNIT not in page
