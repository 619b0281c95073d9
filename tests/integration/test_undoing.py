"""What was planned and does not come about: a draft withdrawn, a follow-up cancelled."""

from datetime import date

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.chain import (
    ActionFactory,
    AnalysisFactory,
    DevelopmentAreaFactory,
    FollowUpFactory,
)
from tests.factories.organizers import OrganizerFactory

from ska.access import Role
from ska.audit import AuditEvent

API = "/api/v1/organizers/ekhult"


@pytest.fixture
def ekhult(db):
    return OrganizerFactory()


@pytest.fixture
def kim(db, ekhult):
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=ekhult)
    return db.browse(person)


def insats(ekhult, state):
    area = DevelopmentAreaFactory(analysis=AnalysisFactory(organizer=ekhult))
    return ActionFactory(organizer=ekhult, area=area, state=state, title="Läs varje dag")


def stored(db, thing):
    with db.as_owner() as session:
        return session.get_one(type(thing), thing.id)


def test_a_draft_is_withdrawn_with_a_reason_and_taken_up_again(db, ekhult, kim):
    action = insats(ekhult, "draft")
    page = f"/ekhult/insatser/{action.id}"

    blank = kim.post(f"{page}/aterta", {"reason": ""})
    done = kim.post(f"{page}/aterta", {"reason": "Pengarna räcker inte."})
    shown = kim.get(page).text
    again = kim.post(f"{page}/aterta", {"reason": "Igen."})
    kept_out = [kim.post(f"{page}/galler").status_code]
    kept_out.append(kim.post(f"{page}/uppfoljningar", {"planned_on": "2027-01-22"}).status_code)

    assert (blank.status_code, done.status_code) == (422, 303)
    assert "Skriv varför" in blank.text
    assert "Återtagen av Kim Ek: Pengarna räcker inte." in shown
    assert again.status_code == 422
    assert kept_out == [409, 422]
    assert "Återtagen" in kim.get("/ekhult/insatser").text
    assert kim.post(f"{page}/ateruppta").status_code == 303
    assert (stored(db, action).state, stored(db, action).withdrawn_reason) == ("draft", None)
    with db.as_owner() as session:
        acts = [one.act for one in session.query(AuditEvent).order_by(AuditEvent.id)]
    assert acts == ["action.withdraw", "action.resume"]


def test_what_is_withdrawn_is_no_insats_on_the_thread_and_not_for_those_who_see_no_drafts(
    db, ekhult, kim
):
    action = insats(ekhult, "draft")
    politician = PersonFactory()
    RoleAssignmentFactory(person=politician, organizer=ekhult, role=Role.POLITICIAN)
    kim.post(f"/ekhult/insatser/{action.id}/aterta", {"reason": "Pengarna räcker inte."})
    analysis = kim.api("GET", f"{API}/analyses").json()[0]["id"]

    whole = kim.get(f"/ekhult/2026-27/analyser/{analysis}").text

    assert "Ingen insats kopplad" in whole
    assert "Läs varje dag" in kim.get(f"/ekhult/insatser/{action.id}").text
    assert db.browse(politician).get(f"/ekhult/insatser/{action.id}").status_code == 404


def test_what_is_in_force_is_not_withdrawn(db, ekhult, kim):
    action = insats(ekhult, "in_force")

    seen = {"if-match": _seen(kim, action)}
    refused = kim.api(
        "POST", f"{API}/actions/{action.id}/withdraw", json={"reason": "Nej."}, headers=seen
    )

    assert refused.status_code == 409
    assert "avslutas med ett beslut" in refused.json()["detail"]
    assert stored(db, action).state == "in_force"


def _seen(kim, action, follow_up=None):
    """Return the version of an insats, or of one of its follow-ups, as a program reads it."""
    answer = kim.api("GET", f"{API}/actions/{action.id}")
    if follow_up is None:
        return answer.headers["etag"]
    rows = {row["id"]: row for row in answer.json()["follow_ups"]}
    return f'"{rows[str(follow_up.id)]["version"]}"'


def test_a_follow_up_is_cancelled_while_another_waits(db, ekhult, kim):
    action = insats(ekhult, "in_force")
    first = FollowUpFactory(action=action)
    page = f"/ekhult/uppfoljningar/{first.id}"

    only = kim.post(f"{page}/stall-in", {"reason": "Krockar med proven."})
    FollowUpFactory(action=action, planned_on=date(2027, 3, 1))
    done = kim.post(f"{page}/stall-in", {"reason": "Krockar med proven."})
    shown = kim.get(f"/ekhult/insatser/{action.id}").text
    closed = kim.get(page).text
    answered = kim.api(
        "POST",
        f"{API}/follow-ups/{first.id}/answer",
        json={
            "done_answer": "yes", "what_happened": "a", "effect_answer": "yes",
            "effect_ground": "b",
        },
        headers={"if-match": _seen(kim, action, first)},
    )  # fmt: skip

    assert only.status_code == 422
    assert "skollagen 4 kap. 3 §" in only.text
    assert done.status_code == 303
    assert "Kim Ek: Krockar med proven." in shown
    assert "Genomfördes insatsen?" not in closed
    assert "Ställ in uppföljningen" not in closed
    assert answered.status_code == 409
    (row,) = kim.api("GET", f"{API}/actions").json()
    assert row["next_follow_up"] == "2027-03-01"


@pytest.mark.parametrize("word", ["withdraw", "resume"])
def test_programs_withdraw_and_resume_what_they_have_read(db, ekhult, kim, word):
    action = insats(ekhult, "draft")
    if word == "resume":
        kim.post(f"/ekhult/insatser/{action.id}/aterta", {"reason": "Pengarna räcker inte."})
    before = stored(db, action).state
    address = f"{API}/actions/{action.id}/{word}"
    body = {"json": {"reason": "Nej."}} if word == "withdraw" else {}

    blind = kim.api("POST", address, **body)
    stale = kim.api("POST", address, headers={"if-match": '"9"'}, **body)

    assert (blind.status_code, stale.status_code) == (428, 412)
    assert stored(db, action).state == before


def test_programs_cancel_and_take_up_again(db, ekhult, kim):
    action = insats(ekhult, "draft")
    follow_up = FollowUpFactory(action=action)

    def cancel(version):
        address, seen = f"{API}/follow-ups/{follow_up.id}/cancel", {"if-match": version}
        return kim.api("POST", address, json={"reason": "Nej."}, headers=seen)

    def act(word, **more):
        seen = {"if-match": _seen(kim, action)}
        return kim.api("POST", f"{API}/actions/{action.id}/{word}", headers=seen, **more)

    read = _seen(kim, action, follow_up)
    cancelled, late = cancel(read), cancel(read)
    twice = cancel(cancelled.headers["etag"])
    withdrawn = act("withdraw", json={"reason": "Nej."})
    again = act("resume")
    force = act("in-force")

    assert cancelled.json()["cancel_reason"] == "Nej."
    assert (late.status_code, twice.status_code) == (412, 409)
    assert (withdrawn.json()["state"], again.json()["state"]) == ("withdrawn", "draft")
    assert force.status_code == 422  # its only follow-up is cancelled
    assert stored(db, follow_up).cancelled_at is not None
