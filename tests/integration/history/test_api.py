"""Programs read a report in, arrange it, keep it and strike it as a person does."""

from __future__ import annotations

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory
from tests.factories.reports import PASTED, with_headings

from ska.access import Role

HISTORY = "/api/v1/organizers/ekhult/history"
WAITING = f"{HISTORY}/waiting"


@pytest.fixture
def robin(db):
    ekhult = OrganizerFactory()
    unit = SchoolUnitFactory(organizer=ekhult, name="Åby byskola", slug="aby")
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=ekhult, role=Role.PRINCIPAL, unit=unit)
    return db.browse(person)


def on(answer):
    return {"If-Match": answer.headers["etag"]}


def test_a_report_goes_all_the_way(robin):
    made = robin.api("POST", WAITING, json={"text": PASTED})
    at = f"{WAITING}/{made.json()['id']}"
    seen = robin.api("GET", at)
    told = seen.json()
    changes = {
        "title": "Kvalitetsrapport",
        "year": "2025/26",
        "unit_id": told["unit_id"],
        "headings": [one["start"] for one in told["sections"] if one["heading"]],
        "parts": {str(told["sections"][-1]["start"]): "conditions"},
        "promises": [told["promises"][0]["place"]],
    }
    early = robin.api("PUT", at, json=changes)
    arranged = robin.api("PUT", at, json=changes, headers=on(seen))
    stale = robin.api("POST", f"{at}/keep", headers=on(seen))
    kept = robin.api("POST", f"{at}/keep", headers=on(arranged))
    one = f"{HISTORY}/{kept.json()['id']}"
    whole = robin.api("GET", one)
    struck = robin.api("POST", f"{one}/strike", headers=on(whole))
    back = robin.api("POST", f"{one}/restore", headers=on(struck))

    assert (early.status_code, stale.status_code) == (428, 412)
    assert arranged.json()["sections"][-1]["part"] == "conditions"
    assert kept.status_code == 200, kept.text
    assert whole.json()["paragraphs"] == 22
    assert [line["text"] for line in whole.json()["all"]][1] == "Sammanfattning"
    assert [line["is_promise"] for line in whole.json()["all"]].count(True) == 1
    assert struck.json()["struck_by"]
    assert back.json()["struck_at"] is None
    assert robin.api("GET", WAITING).json() == []
    assert len(robin.api("GET", HISTORY).json()) == 1


def test_a_file_is_read_and_let_go(robin):
    files = {"file": ("rapport.docx", with_headings())}
    made = robin.api("POST", f"{WAITING}/file", files=files)
    at = f"{WAITING}/{made.json()['id']}"
    gone = robin.api("DELETE", at, headers=on(robin.api("GET", at)))

    assert made.status_code == 201, made.text
    assert made.json()["title"] == "Kvalitetsrapport Åby byskola"
    assert gone.status_code == 204
    assert robin.api("GET", at).status_code == 404


@pytest.mark.parametrize("files", [{}, {"file": ("a.pdf", b"%PDF-1.7")}])
def test_what_is_no_report_is_refused_with_what_to_do(robin, files):
    answer = robin.api("POST", f"{WAITING}/file", files=files or {"other": ("a", b"b")})

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
