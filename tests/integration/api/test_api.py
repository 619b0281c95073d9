"""What is asked twice under one key is done once; versions are minded; every address answers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from time import sleep

import pytest
from sqlalchemy import text
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.chain import ActionFactory, AnalysisFactory
from tests.factories.organizers import OrganizerFactory
from tests.places import STORY_DAY

from ska.access import Role

UNITS = "/api/v1/organizers/ekhult/units"
BODY = {"name": "Solrosens förskola", "school_type": "preschool"}
PROBLEM = "application/problem+json"
SOMEBODY_WAITS = (
    "SELECT EXISTS (SELECT FROM pg_locks"
    " WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))"
)


@pytest.fixture
def ekhult(db):
    return OrganizerFactory()


@pytest.fixture
def kim(db, ekhult):
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=ekhult)
    return person


def _make(browse, key="a", body=BODY, path=UNITS):
    return browse.api("POST", path, json=body, headers={"Idempotency-Key": key})


def test_the_same_twice_gives_the_first_answer(db, kim):
    browse = db.browse(kim)

    first, again = _make(browse), _make(browse)

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert again.headers["idempotency-replayed"] == "true"
    assert len(browse.api("GET", UNITS).json()) == 1


def test_a_key_used_for_something_else_is_refused(db, kim):
    browse = db.browse(kim)
    _make(browse)

    other = _make(browse, body={**BODY, "name": "Maskrosen"})

    assert other.status_code == 422
    assert other.headers["content-type"] == PROBLEM


def test_what_failed_may_be_tried_again_under_its_key(db, kim):
    browse = db.browse(kim)

    assert _make(browse, body={"name": ""}).status_code == 422
    assert _make(browse).status_code == 201


def test_a_key_is_forgotten_after_a_day(db, kim):
    browse = db.browse(kim)
    _make(browse)
    db.clock.now = STORY_DAY + timedelta(hours=24, minutes=1)

    later = db.browse(kim)
    assert _make(later).status_code == 409  # the name is taken: it was done anew
    assert _make(later, body={**BODY, "name": "Maskrosen"}).status_code == 201


@pytest.mark.parametrize("ended", ["done", "undone"])
def test_an_old_key_that_another_is_sweeping_is_used_anew(db, kim, ended):
    _make(db.browse(kim))
    db.clock.now = STORY_DAY + timedelta(hours=24, minutes=1)
    later, body = db.browse(kim), {**BODY, "name": "Maskrosen"}
    with db.owner.connect() as other, ThreadPoolExecutor(1) as asking:
        swept = other.execute(text("DELETE FROM once_answer RETURNING key")).scalars().all()
        answer = asking.submit(_make, later, body=body)
        while not answer.done() and not other.scalar(text(SOMEBODY_WAITS)):
            sleep(0.01)
        other.commit() if ended == "done" else other.rollback()
        made = answer.result(20)

    assert swept == ["a"]
    assert made.status_code == 201
    assert _make(later, body=body).headers["idempotency-replayed"] == "true"


def test_a_key_belongs_to_a_person_a_huvudman_and_an_address(db, ekhult, kim):
    lindasa, other = OrganizerFactory(name="Lindåsa"), PersonFactory()
    for organizer in (ekhult, lindasa):
        RoleAssignmentFactory(person=other, organizer=organizer)
    _make(db.browse(kim))
    theirs = db.browse(other)

    assert _make(theirs).status_code == 409  # not replayed: the name is taken
    assert _make(theirs, path="/api/v1/organizers/lindasa/units").status_code == 201


@pytest.mark.parametrize("key", ["", " ", "x" * 256])
def test_an_odd_key_is_refused(db, kim, key):
    assert _make(db.browse(kim), key=key).status_code == 422


def test_who_may_not_does_not_learn_of_keys(db, ekhult, kim):
    _make(db.browse(kim))
    teacher = PersonFactory()
    RoleAssignmentFactory(person=teacher, organizer=ekhult, role=Role.TEACHER)

    assert _make(db.browse(teacher)).status_code == 403


def test_of_many_at_once_one_is_done(db, kim):
    browses = [db.browse(kim) for _ in range(12)]
    cookies = dict(browses[0].cookies)
    headers = {"x-csrf-token": browses[0].token, "Idempotency-Key": "samma"}
    client = browses[0]._client

    def ask(_number):
        return client.post(UNITS, json=BODY, headers=headers).status_code

    client.cookies = cookies
    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(ask, range(12)))

    assert set(answers) <= {201, 409}
    assert 201 in answers
    assert len(browses[0].api("GET", UNITS).json()) == 1


def test_an_analysis_is_changed_on_the_version_that_was_read(db, ekhult, kim):
    analysis = AnalysisFactory(organizer=ekhult)
    path = f"/api/v1/organizers/ekhult/analyses/{analysis.id}"
    browse = db.browse(kim)
    etag = browse.api("GET", path).headers["etag"]
    change = {"title": "Ny rubrik", "state": "review"}

    blind = browse.api("PATCH", path, json=change)
    done = browse.api("PATCH", path, json=change, headers={"If-Match": etag})
    late = browse.api("PATCH", path, json=change, headers={"If-Match": etag})

    assert (blind.status_code, done.status_code, late.status_code) == (428, 200, 412)
    assert (done.json()["title"], done.json()["state"]) == ("Ny rubrik", "review")
    assert done.headers["etag"] != etag


@pytest.mark.parametrize(
    "body",
    [{"state": "established"}, {"version": 9}, {"organizer_id": "x"}, {"title": ""}],
)
def test_what_is_not_to_be_changed_here_is_refused(db, ekhult, kim, body):
    analysis = AnalysisFactory(organizer=ekhult)
    path = f"/api/v1/organizers/ekhult/analyses/{analysis.id}"

    answer = db.browse(kim).api("PATCH", path, json=body, headers={"If-Match": '"1"'})

    assert answer.status_code == 422


def test_an_insats_is_changed_field_by_field(db, ekhult, kim):
    action = ActionFactory(organizer=ekhult, description="Så här")
    path = f"/api/v1/organizers/ekhult/actions/{action.id}"
    browse = db.browse(kim)
    match = {"If-Match": browse.api("GET", path).headers["etag"]}

    wrong = browse.api("PATCH", path, json={"ends": "2020-01-01"}, headers=match)
    done = browse.api("PATCH", path, json={"title": "Kartlägg"}, headers=match)

    assert wrong.status_code == 422
    assert (done.json()["title"], done.json()["description"]) == ("Kartlägg", "Så här")
    assert browse.api("PATCH", path, json={}, headers=match).status_code == 412


def test_of_many_changes_on_one_version_one_wins(db, ekhult, kim):
    action = ActionFactory(organizer=ekhult)
    path = f"/api/v1/organizers/ekhult/actions/{action.id}"
    browse = db.browse(kim)
    headers = {"x-csrf-token": browse.token, "If-Match": '"1"'}
    client, cookies = browse._client, dict(browse.cookies)
    client.cookies = cookies

    def change(number):
        body = {"title": f"Rubrik {number}"}
        return client.patch(path, json=body, headers=headers).status_code

    with ThreadPoolExecutor(8) as pool:
        answers = sorted(pool.map(change, range(16)))

    assert answers == [200] + [412] * 15


def test_a_long_list_comes_page_by_page(db, ekhult, kim):
    for number in range(5):
        ActionFactory(organizer=ekhult, title=f"Insats {number}")
    browse = db.browse(kim)
    path, seen = "/api/v1/organizers/ekhult/actions?limit=2", []
    while path:
        answer = browse.api("GET", path)
        seen += [row["title"] for row in answer.json()]
        path = answer.links.get("next", {}).get("url")

    assert sorted(seen) == [f"Insats {number}" for number in range(5)]
    assert len(seen) == 5


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "limit=x", "cursor=åäö", "cursor=AAAA"])
def test_odd_pages_are_refused(db, ekhult, kim, query):
    ActionFactory(organizer=ekhult)

    answer = db.browse(kim).api("GET", f"/api/v1/organizers/ekhult/actions?{query}")

    assert answer.status_code == 422
    assert answer.headers["content-type"] == PROBLEM


def test_a_foreign_cursor_leads_nowhere(db, ekhult, kim):
    from base64 import urlsafe_b64encode

    lindasa = OrganizerFactory(name="Lindåsa")
    foreign = ActionFactory(organizer=lindasa, title="Kanariefågel")
    cursor = urlsafe_b64encode(str(foreign.id).encode()).decode()

    answer = db.browse(kim).api("GET", f"/api/v1/organizers/ekhult/actions?cursor={cursor}")

    assert answer.status_code == 422
    assert "Kanarie" not in answer.text


@pytest.mark.parametrize(
    "path", ["/api/v1/finns-inte", "/api/v2", "/api/v1/organizers/ekhult/x", "/api/v1/organizers"]
)
@pytest.mark.parametrize("method", ["GET", "POST", "PATCH", "DELETE"])
def test_an_unknown_address_is_a_problem(db, kim, path, method):
    answer = db.browse(kim).api(method, path)

    assert answer.status_code == 404
    assert answer.headers["content-type"] == PROBLEM


def test_a_method_that_is_not_there_is_named(db, kim):
    answer = db.browse(kim).api("DELETE", UNITS)

    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]
    assert answer.headers["content-type"] == PROBLEM


def test_the_front_door_and_options(db, kim):
    browse = db.browse(kim)

    index = browse.api("GET", "/api/v1").json()
    options = browse.api("OPTIONS", UNITS)

    assert index["openapi"] == "/api/v1/openapi.json"
    assert options.status_code == 204
    assert "POST" in options.headers["allow"]


@pytest.mark.parametrize(
    ("sent", "goes_on"),
    [
        ("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", True),
        ("00-00000000000000000000000000000000-00f067aa0ba902b7-01", False),
        ("skräp", False),
        ("", False),
    ],
)
def test_a_trace_goes_on_or_begins(db, kim, sent, goes_on):
    answer = db.browse(kim).api("GET", UNITS, headers={"traceparent": sent.encode()})

    told = answer.headers["traceparent"].split("-")
    assert (told[1] == "4bf92f3577b34da6a3ce929d0e0e4736") is goes_on
    assert [len(part) for part in told] == [2, 32, 16, 2]


def test_the_document_tells_of_problems_and_of_nothing_but_the_api(db, kim):
    document = db.browse(kim).api("GET", "/api/v1/openapi.json").json()

    assert document["openapi"].startswith("3.1")
    assert all(path.startswith("/api/v1/") for path in document["paths"])
    for path, item in document["paths"].items():
        for method in {"get", "post", "patch", "delete"} & item.keys():
            answers = item[method]["responses"]
            assert {"401", "403", "404", "422"} <= answers.keys(), path
            for status, answer in answers.items():
                if int(status) >= 400:
                    assert list(answer["content"]) == [PROBLEM], (path, method, status)
