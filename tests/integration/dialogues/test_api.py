"""A resultatdialog for programs: the same rows and the same refusals as on the pages."""

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.chain import AnalysisFactory, DevelopmentAreaFactory
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory

from ska.access import Role

HOME = "/api/v1/organizers/ekhult"


@pytest.fixture
def ekhult(db):
    return OrganizerFactory()


@pytest.fixture
def lo(db, ekhult):
    person = PersonFactory(name="Lo Lind")
    RoleAssignmentFactory(person=person, organizer=ekhult, role=Role.DIRECTOR)
    return db.browse(person)


def test_a_dialogue_from_opening_to_closing(db, lo, ekhult):
    aby = SchoolUnitFactory(organizer=ekhult, name="Åby byskola", slug="aby")
    area = DevelopmentAreaFactory(analysis=AnalysisFactory(organizer=ekhult, unit=aby))

    def send(method, path, body=None, version=None, status=200):
        headers = {"If-Match": version} if version else {}
        answer = lo.api(method, f"{HOME}{path}", json=body, headers=headers)
        assert answer.status_code == status, answer.text
        return answer

    day = {"held_on": "2026-09-04"}
    made = send("POST", "/results-dialogues", {"unit_id": str(aby.id), **day}, status=201)
    at = f"/results-dialogues/{made.json()['id']}"
    agreed = {"text": "Läs högt", "owner_role": "rektor", "due": "2027-01-22"}
    send("POST", f"{at}/agreements", {**agreed, "ground": str(area.id)}, status=201)
    need = send("POST", f"{at}/needs", {"need": "En psykolog"}, status=201).json()
    send("POST", f"{at}/close", {}, status=428)
    send("POST", f"{at}/close", {}, made.headers["etag"], status=422)
    met = send("PUT", at, {**day, "took_part": "Rektor och skolchef"}, made.headers["etag"])
    send("PUT", at, {**day, "took_part": "Någon annan"}, made.headers["etag"], status=412)
    whole = send("GET", at)
    note = whole.json()["notes"][0]["id"]
    text = send("PATCH", f"/texts/{note}", {"text": "Vi är överens."}, '"0"')
    send("POST", f"{at}/close", {}, whole.headers["etag"])
    kept = send("GET", at).json()
    send("PATCH", f"/texts/{note}", {"text": "Inte längre."}, text.headers["etag"], status=409)
    one = send("GET", f"/needs/{need['id']}")
    said = {"answer_kind": "yes", "answer": "En dag i veckan."}
    send("POST", f"/needs/{need['id']}/answer", said, one.headers["etag"])

    assert whole.headers["etag"] == met.headers["etag"]
    assert kept["closed_by"] == "Lo Lind"
    assert [one["text"] for one in kept["agreements"]] == ["Läs högt"]
    assert [one["text"] for one in kept["notes"] if one["text"]] == ["Vi är överens."]
    assert kept["prepared"]["handover"]["years"][0]["analyses"][0]["text"]
    assert [one["answer"] for one in send("GET", "/needs").json()] == ["En dag i veckan."]
    assert [one["id"] for one in send("GET", "/results-dialogues").json()] == [kept["id"]]
