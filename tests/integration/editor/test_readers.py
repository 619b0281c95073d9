"""Who reads an analysis but does not write it: what they are shown, and what is refused."""

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.organizers import OrganizerFactory

from ska.access import Role
from ska.core.ids import new_id
from ska.writing.models import WrittenText
from ska.writing.rules import digest


@pytest.fixture
def ekhult(db):
    return OrganizerFactory()


def _person(organizer, role=Role.QUALITY_LEAD):
    person = PersonFactory(email=f"{role}@example.se")
    RoleAssignmentFactory(person=person, organizer=organizer, role=role)
    return person


@pytest.fixture
def kim(db, ekhult):
    return db.browse(_person(ekhult))


@pytest.fixture
def address(kim):
    done = kim.post("/ekhult/2026-27/analyser/ny", {"title": "Resultat", "level": "organizer"})
    return f"{done.headers['location'].partition('#')[0]}/skriv"


def _form(text, *, version=0):
    return {"text_causes": text, "version_causes": version, "was_causes": digest("")}


def _text(db):
    with db.as_owner() as session:
        return session.query(WrittenText).filter_by(key="causes").one()


@pytest.mark.parametrize("role", [Role.TEACHER, Role.AUDITOR, Role.POLITICIAN])
def test_who_only_reads_is_offered_no_page_to_write_on(db, ekhult, kim, address, role):
    kim.post(address, _form("Nya elever kartläggs sent."))
    reader, analysis = db.browse(_person(ekhult, role)), address.removesuffix("/skriv")
    sees_drafts = role is not Role.POLITICIAN

    shown, page = reader.get(analysis), reader.get(address)
    behind = {
        path: reader.post(f"{analysis}/{path}", sent).status_code
        for path, sent in {
            "skriv": _form("Mitt.", version=1), "skriv/krock": _form("Mitt.", version=1),
            "skriv/causes/historik": {"version_id": str(new_id()), "seen": "1"},
            "andra": {"title": "Mitt"}, "faststall": {}, "hamta": {},
            "ny/fynd": {"kind": "strength", "text": "Mitt"}, "ny/omrade": {"title": "Mitt"},
        }.items()
    }  # fmt: skip
    forms = {
        path: reader.get(f"{analysis}/{path}").status_code
        for path in ("andra", "ny/fynd", "ny/orsak", "ny/belagg", "ny/omrade", "ny/effekt")
    }
    patched = reader.api("PATCH", f"/api/v1/organizers/ekhult/texts/{_text(db).id}",
                         json={"text": "Mitt."}, headers={"If-Match": '"1"'})  # fmt: skip

    assert (shown.status_code, page.status_code) == (200 if sees_drafts else 404, 403)
    assert ("Nya elever kartläggs sent." in shown.text) is sees_drafts
    assert 'skriv"' not in shown.text
    assert "Din roll räcker inte till det här." in page.text
    assert set(behind.values()) <= {403, 404}, behind
    assert set(forms.values()) <= {403, 404}, forms
    assert patched.status_code in {403, 404}
    assert _text(db).text == "Nya elever kartläggs sent."


def test_who_only_reads_finds_the_earlier_versions_from_the_analysis(db, ekhult, kim, address):
    kim.post(address, _form("Nya elever kartläggs sent."))
    auditor = db.browse(_person(ekhult, Role.AUDITOR))

    shown = auditor.get(address.removesuffix("/skriv")).text
    history = auditor.get(f"{address}/causes/historik")

    assert f'href="{address}/causes/historik"' in shown
    assert history.status_code == 200
    assert f'href="{address}"' not in history.text
