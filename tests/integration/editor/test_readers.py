"""Who reads an analysis but does not write it: what they are shown, and what is refused."""

import pytest
from tests.editing import form_of, person_of, text_in

from ska.access import Role
from ska.core.ids import new_id


@pytest.mark.parametrize("role", [Role.TEACHER, Role.AUDITOR, Role.POLITICIAN])
def test_who_only_reads_is_offered_no_page_to_write_on(db, ekhult, kim, address, role):
    kim.post(address, form_of("Nya elever kartläggs sent."))
    reader, analysis = db.browse(person_of(ekhult, role)), address.removesuffix("/skriv")
    sees_drafts = role is not Role.POLITICIAN

    shown, page = reader.get(analysis), reader.get(address)
    behind = {
        path: reader.post(f"{analysis}/{path}", sent).status_code
        for path, sent in {
            "skriv": form_of("Mitt.", version=1), "skriv/krock": form_of("Mitt.", version=1),
            "skriv/causes/historik": {"version_id": str(new_id()), "seen": "1"},
            "andra": {"title": "Mitt"}, "faststall": {}, "hamta": {},
            "ny/fynd": {"kind": "strength", "text": "Mitt"}, "ny/omrade": {"title": "Mitt"},
        }.items()
    }  # fmt: skip
    forms = {
        path: reader.get(f"{analysis}/{path}").status_code
        for path in ("andra", "ny/fynd", "ny/orsak", "ny/belagg", "ny/omrade", "ny/effekt")
    }
    patched = reader.api("PATCH", f"/api/v1/organizers/ekhult/texts/{text_in(db).id}",
                         json={"text": "Mitt."}, headers={"If-Match": '"1"'})  # fmt: skip

    assert (shown.status_code, page.status_code) == (200 if sees_drafts else 404, 403)
    assert ("Nya elever kartläggs sent." in shown.text) is sees_drafts
    assert 'skriv"' not in shown.text
    assert "Din roll räcker inte till det här." in page.text
    assert set(behind.values()) <= {403, 404}, behind
    assert set(forms.values()) <= {403, 404}, forms
    assert patched.status_code in {403, 404}
    assert text_in(db).text == "Nya elever kartläggs sent."


def test_who_only_reads_finds_the_earlier_versions_from_the_analysis(db, ekhult, kim, address):
    kim.post(address, form_of("Nya elever kartläggs sent."))
    auditor = db.browse(person_of(ekhult, Role.AUDITOR))

    shown = auditor.get(address.removesuffix("/skriv")).text
    history = auditor.get(f"{address}/causes/historik")

    assert f'href="{address}/causes/historik"' in shown
    assert history.status_code == 200
    assert f'href="{address}"' not in history.text
