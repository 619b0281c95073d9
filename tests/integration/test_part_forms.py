"""What a part's form understands, and what it says when it does not."""

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.chain import AnalysisFactory
from tests.factories.organizers import OrganizerFactory

API = "/api/v1/organizers/ekhult/analyses"


@pytest.fixture
def analysis(db):
    return AnalysisFactory(organizer=OrganizerFactory())


@pytest.fixture
def kim(analysis):
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer_id=analysis.organizer_id)
    return person


def test_who_took_part_was_offered_to(db, analysis, kim):
    at = db.browse(kim)
    page = f"/ekhult/2026-27/analyser/{analysis.id}"
    for group, ticks in (("teachers", {"took_part": "1"}), ("guardians", {})):
        how = {"group": group, "how": f"Så gick det till för {group}", **ticks}
        assert at.post(f"{page}/ny/medverkan", how).status_code == 303

    told = at.get(page).text
    kept = at.api("GET", f"{API}/{analysis.id}").json()["participation"]

    assert "erbjöds att delta och deltog. Så gick det till för teachers" in told
    assert "erbjöds inte att delta. Så gick det till för guardians" in told
    assert {one["group"]: one["offered"] for one in kept} == {"teachers": True, "guardians": False}


def test_an_underlag_with_only_a_month_is_told_what_to_write(db, analysis, kim):
    at = db.browse(kim)
    page = f"/ekhult/2026-27/analyser/{analysis.id}/ny/underlag"

    answer = at.post(page, {"kind": "voice", "text": "Det är lugnt", "observed_on": "mars 2026"})

    assert answer.status_code == 422
    assert "Skriv en dag också, till exempel 15 mars 2026" in answer.text
    assert 'value="mars 2026"' in answer.text
