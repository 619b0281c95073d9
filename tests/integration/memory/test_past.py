"""A value's history: each version with when and from where; what today hides is in none."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import text
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.organizers import OrganizerFactory
from tests.factories.shelves import store_values
from tests.factories.story_1 import story_1
from tests.factories.values import own_table
from tests.integration.memory.test_known import revised_value
from tests.integration.values.test_own import read_in

from ska.access import Role
from ska.errors import Missing
from ska.values import queries, services
from ska.values.own import own_cells
from ska.values.past import past_of

OWN = own_table("Trygghet;12345678;Ekskolan;VT25;alla;8,2;52;index 0–10")


@pytest.fixture
def ekhult(session):
    return OrganizerFactory()


@pytest.fixture
def kim(acting, ekhult):
    return acting(Role.QUALITY_LEAD, ekhult)


def newest(session, actor, organizer):
    return own_cells(session, actor, organizer.id)["value_id"].to_list()[0]


def test_versions_stand_with_their_imports_and_an_undone_one_is_marked(session, kim, ekhult):
    read_in(session, kim, ekhult, OWN, "vår.csv")
    changed = read_in(session, kim, ekhult, OWN.replace(b"8,2", b"8,4"), "rättad.csv")
    second = newest(session, kim, ekhult)
    made = queries.import_by_id(session, kim, ekhult.id, UUID(changed.import_id))
    services.undo_import(session, kim, made=made)

    past = past_of(session, kim, ekhult.id, second)

    assert [(one.written, one.file, one.is_undone) for one in past.versions] == [
        ("8,2", "vår.csv", False),
        ("8,4", "rättad.csv", True),
        ("8,2", "vår.csv", False),
    ]
    assert past.versions[0].superseded_at is None
    assert past.versions[1].superseded_at == past.versions[0].recorded_at


def test_what_is_hidden_today_is_in_no_version(session, kim, ekhult):
    read_in(session, kim, ekhult, OWN)
    read_in(session, kim, ekhult, OWN.replace(b"8,2;52", b"7,9;4"))

    past = past_of(session, kim, ekhult.id, newest(session, kim, ekhult))

    assert [(one.value, one.n, one.written) for one in past.versions] == [
        (None, None, "för få elever, eller skydd för en grupp med få")
    ] * 2


def test_a_foreign_value_does_not_exist(session, acting, kim, ekhult):
    read_in(session, kim, ekhult, OWN)
    value = newest(session, kim, ekhult)
    other = OrganizerFactory(name="Lindåsa")
    alex = acting(Role.QUALITY_LEAD, other)

    for organizer in (ekhult, other):
        with pytest.raises(Missing):
            past_of(session, alex, organizer.id, value)


def test_the_page_is_reached_from_the_indicator_and_the_evidence(db, statements):
    organizer, _unit = story_1()
    store_values(*revised_value())
    kim = PersonFactory()
    RoleAssignmentFactory(person=kim, organizer=organizer)
    browse = db.browse(kim)
    where = "/ekhult/resultat/gr-alla-amnen-ak9"
    with db.as_owner() as session:
        value = session.scalar(text("SELECT id FROM value WHERE value = 63.0"))
    link = f"/ekhult/resultat/varde/{value}"
    seen = browse.post(
        f"{where}/underlag?enhet=ekhults-centralskola", {"text": "Färre.", "analysis_id": ""}
    ).headers["location"]

    assert link in browse.get(f"{where}?enhet=ekhults-centralskola").text
    assert link in browse.get(seen.partition("#")[0]).text
    statements.clear()
    page = browse.get(link).text
    assert len(statements) <= 6
    assert "10 juni 2026" in page
    assert page.index("63,0") < page.index("58,0")
    versions = browse.api("GET", f"/api/v1/organizers/ekhult/values/{value}/versions").json()
    assert [one["value"] for one in versions] == [63.0, 58.0]
    assert datetime.fromisoformat(versions[1]["recorded_at"]) == datetime(2026, 6, 10, tzinfo=UTC)
    assert browse.get("/ekhult/resultat/varde/999999999").status_code == 404
