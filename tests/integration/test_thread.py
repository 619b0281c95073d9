"""Röd tråd both ways from everything on it, and the thread of a brist (skollagen 4:7)."""

import pytest
from sqlalchemy import select
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.organizers import OrganizerFactory
from tests.versions import seen
from tests.written_forms import form_with

from ska.access import Role
from ska.organizers.models import Organizer

HOME = "/api/v1/organizers/ekhult"
ACTION = {
    "title": "Kartlägg nya elever",
    "level": "preventive",
    "governance_level": "principals",
    "horizon": "short",
    "owner_role": "rektor",
    "starts": "2026-09-15",
}
ANSWER = {
    "done_answer": "yes",
    "what_happened": "Alla kartlades.",
    "effect_answer": "partly",
    "effect_ground": "Proven i november.",
}


@pytest.fixture
def kim(db):
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=OrganizerFactory())
    return db.browse(person)


def _post(at, path, version=None, **body):
    headers = seen(version) if version else {}
    answer = at.api("POST", f"{HOME}{path}", json=body, headers=headers)
    assert answer.status_code in {200, 201}, answer.text
    return answer.json()


def _branch(at, analysis, name):
    """Write one whole chain of the analysis; return its ids in the order of the work."""
    parts = f"/analyses/{analysis['id']}"
    ids = [_post(at, f"{parts}/observations", kind="voice", text=f"{name} röst")["id"]]
    ids.append(_post(at, f"{parts}/findings", kind="challenge", text=name, observations=ids)["id"])
    ids.append(
        _post(at, f"{parts}/causes", finding_id=ids[1], text=f"{name} orsak", certainty="possible")[
            "id"
        ]
    )
    ids.append(_post(at, f"{parts}/areas", title=f"{name} område", causes=[ids[2]])["id"])
    ids.append(_post(at, f"{parts}/effects", area_id=ids[3], text=f"{name} effekt")["id"])
    action = _post(
        at,
        "/actions",
        **{**ACTION, "title": f"{name} insats"},
        area_id=ids[3],
        follow_ups="2026-10-01",
        come_into_force="1",
    )
    follow_up, version = action["follow_ups"][0]["id"], action["follow_ups"][0]["version"]
    told = _post(at, f"/follow-ups/{follow_up}/answer", version, **ANSWER)
    decided = _post(
        at, f"/follow-ups/{follow_up}/decision", told["version"], kind="continue", reason="Det går"
    )
    return [*ids, action["id"], follow_up, decided["id"]]


def test_the_thread_goes_both_ways_from_everything_on_it(kim):
    analysis = _post(kim, "/analyses", title="Resultat", level="organizer")
    mine, _other = _branch(kim, analysis, "Studiero"), _branch(kim, analysis, "Närvaro")

    for place, focus in enumerate(mine):
        thread = kim.api("GET", f"{HOME}/thread?analysis={analysis['id']}&of={focus}").json()
        page = kim.get(f"/ekhult/2026-27/analyser/{analysis['id']}/trad/{focus}")

        steps = thread["steps"]
        words = [node["label"] for step in steps for node in step["nodes"]]
        assert [len(step["nodes"]) for step in steps] == [1] * 8
        assert not any("Närvaro" in word for word in words)
        assert [step["nodes"][0]["current"] for step in steps].index(True) == place
        assert page.status_code == 200
        assert page.text.count('aria-current="true"') == 2


def test_a_thing_of_another_analysis_is_not_on_the_thread(kim):
    analysis = _post(kim, "/analyses", title="Resultat", level="organizer")
    other = _post(kim, "/analyses", title="Trygghet", level="organizer")
    theirs = _branch(kim, other, "Trygghet")[0]

    answer = kim.api("GET", f"{HOME}/thread?analysis={analysis['id']}&of={theirs}")

    assert answer.status_code == 404


def test_a_gap_is_closed_by_those_who_may_and_only_told_to_others(db, kim):
    analysis = _post(kim, "/analyses", title="Resultat", level="organizer")
    with db.as_owner() as session:
        ekhult = session.scalars(select(Organizer)).one()
    auditor = PersonFactory(email="revisor@example.se")
    RoleAssignmentFactory(person=auditor, organizer=ekhult, role=Role.AUDITOR)
    address = f"/ekhult/2026-27/analyser/{analysis['id']}"

    assert f'href="{address}/ny/fynd"' in kim.get(address).text
    shown = db.browse(auditor).get(address).text
    assert "Inget fynd" in shown
    assert f'href="{address}/ny/fynd"' not in shown


def test_a_brist_ends_in_an_atgard_before_it_is_mended(kim):
    noted = kim.post("/ekhult/brister/ny", {"text": "Skolläkare saknas", "source": "Tillsyn"})
    address = noted.headers["location"]

    early = kim.post(f"{address}/avhjalpt")
    bare = kim.post(f"{address}/atgard", {**ACTION, "come_into_force": "1"})
    planned = kim.post(
        f"{address}/atgard",
        {**ACTION, "title": "Anställ", "come_into_force": "1", "follow_ups": "2026-10-01"},
    )
    action = planned.headers["location"]
    shown = kim.get(action).text
    one = kim.api("GET", f"{HOME}/actions/{action.rsplit('/', 1)[1]}").json()
    kim.post(f"/ekhult/uppfoljningar/{one['follow_ups'][0]['id']}", ANSWER)
    mended = kim.post(f"{address}/avhjalpt")

    assert (early.status_code, bare.status_code) == (422, 422)
    assert "skollagen 4 kap. 7 §" in early.text
    assert ACTION["title"] in bare.text
    assert one["kind"] == "remedy"
    assert "Skolläkare saknas" in shown
    assert mended.status_code == 303
    assert "Avhjälpt" in kim.get(address).text


def test_two_who_change_a_brist_lose_no_words(kim):
    address = kim.post("/ekhult/brister/ny", {"text": "Skolläkare saknas"}).headers["location"]
    mine = form_with(kim.get(address).text, "seen")
    kim.post(address, {**mine, "text": "Skolläkare saknas sedan maj"})

    met = kim.post(address, {**mine, "text": "Skolläkare och kurator saknas"})

    assert met.status_code == 412
    assert "Skolläkare och kurator saknas" in met.text
    assert "Skolläkare saknas sedan maj" in met.text


def test_a_program_changes_a_brist_on_what_it_read(kim):
    noted = _post(kim, "/deficiencies", text="Skolläkare saknas")
    address = f"{HOME}/deficiencies/{noted['id']}"
    etag = {"If-Match": kim.api("GET", address).headers["etag"]}

    changed = kim.api("PUT", address, json={"text": "Kurator saknas"}, headers=etag)
    late = kim.api("PUT", address, json={"text": "Psykolog saknas"}, headers=etag)
    now = seen(changed.json()["version"])
    early = kim.api("POST", f"{address}/mended", json={}, headers=now)
    stale = kim.api("POST", f"{address}/mended", json={}, headers=etag)
    opened = kim.api("POST", f"{address}/reopen", json={}, headers=etag)

    assert (changed.status_code, late.status_code, early.status_code) == (200, 412, 409)
    assert (stale.status_code, opened.status_code) == (412, 412)
    assert changed.json()["text"] == "Kurator saknas"
