"""The national quality system's own table, as exported, fills every huvudman's coverage page."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, select, text
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.framework import load_shipped
from tests.factories.organizers import OrganizerFactory

from ska.framework.models import FrameworkItem
from ska.values.models import Measure
from ska.values.services import load_files

TABLE = "skolverket/ufa/Underlag_for_analys_grundskola_2024_25.xlsx"


@pytest.fixture
def loaded(db, real_data: Path):
    """Load the framework and the table into this test's own database."""
    load_shipped()
    engine = create_engine(db.owner.url)
    with engine.begin() as connection:
        (report,) = load_files(connection, [real_data / TABLE])
    engine.dispose()
    return report


@pytest.mark.real
def test_every_measure_is_an_indicator_and_any_huvudman_opens_its_own_coverage(db, loaded):
    with db.as_owner() as session:
        labels = set(session.scalars(select(FrameworkItem.published_label)))
        titles = set(session.scalars(select(Measure.title)))
        organizers = session.execute(
            text("SELECT code, name FROM area WHERE area_type = 'organizer' ORDER BY code")
        ).all()
    assert {label.rstrip("* ").strip() for label in labels if label} == titles
    assert len(organizers) == 875
    person = PersonFactory()
    chosen = [organizers[0], organizers[437], organizers[-1]]
    for number, (code, _name) in enumerate(chosen):
        home = OrganizerFactory(name=f"Huvudman {number}", organisation_number=code)
        RoleAssignmentFactory(person=person, organizer=home)
    browse = db.browse(person)

    for number, (code, _name) in enumerate(chosen):
        page = browse.get(f"/huvudman-{number}/oversikt/var-star-vi")
        answer = browse.api("GET", f"/api/v1/organizers/huvudman-{number}/coverage").json()
        rows = {row["code"]: row for row in answer["rows"]}
        with db.as_owner() as session:
            known = session.scalar(
                text(
                    "SELECT count(DISTINCT m.title) FROM measure m JOIN series s"
                    " ON s.measure_id = m.id JOIN value v ON v.series_id = s.id"
                    " JOIN area a ON a.id = v.area_id WHERE a.organizer_number = :code"
                    " AND v.status = 'value' AND m.title LIKE 'Delmål %'"
                ),
                {"code": code},
            )
        measured = sum(rows[f"gr-{n}"]["indicators_with_values"] for n in range(1, 7))
        assert page.status_code == 200
        assert measured == known
        assert all(rows[f"gr-{n}"]["indicators"] > 0 for n in range(1, 7))
