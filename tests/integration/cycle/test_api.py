"""The year for programs: the same acts as the pages, one winner among many."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from tests.lindasa import UNITS, Lindasa, at
from tests.versions import seen

from ska.notices.mail import Folder
from ska.scheduler import Scheduler

API = "/api/v1/organizers/lindasa"
YEAR = f"{API}/years/2026-27"


@pytest.fixture
def lindasa(db):
    db.clock.now = at(date(2026, 8, 12))
    return Lindasa()


@pytest.fixture
def browse(db, lindasa):
    return db.browse(lindasa.director)


def test_the_steps_of_the_year_are_listed_and_filtered(lindasa, browse):
    every = browse.api("GET", f"{YEAR}/steps").json()
    unit = lindasa.steps[UNITS[1]].unit_id
    one = browse.api("GET", f"{YEAR}/steps?unit_id={unit}&state=not_started").json()

    assert len(every) == 5
    assert {step["due"] for step in every} == {"2026-08-31"}
    assert [step["unit_id"] for step in one] == [str(unit)]
    assert browse.api("GET", f"{YEAR}/steps?state=done").json() == []


def test_wheels_are_made_and_copied_and_follow_the_board(lindasa, browse):
    made = browse.api("POST", f"{YEAR}/wheels", json={"wheels": "organizer"})
    meeting = browse.api("POST", f"{YEAR}/board-dates", json={"day": "2026-11-26"})
    twice = browse.api("POST", f"{YEAR}/board-dates", json={"day": "2026-11-26"})
    steps = {s["key"]: s["due"] for s in browse.api("GET", f"{YEAR}/steps").json()}
    copied = browse.api("POST", f"{YEAR}/copy", json={})
    one = f"{YEAR}/board-dates/{meeting.json()['id']}"
    blind = browse.api("DELETE", one)
    gone = browse.api("DELETE", one, headers=seen(meeting.json()["version"]))

    assert (made.status_code, made.json()) == (201, {"made": 1})
    assert steps["kvalitetsrapport"] == "2026-11-12"
    assert twice.status_code == 409
    assert copied.json() == {"made": 6}
    assert (blind.status_code, gone.status_code) == (428, 204)
    assert browse.api("GET", f"{YEAR}/board-dates").json() == []


def test_an_act_needs_the_version_that_was_read(lindasa, browse):
    path = f"{API}/steps/{lindasa.steps[UNITS[0]].id}"
    move = {"due": "2026-09-15", "because": "Ny rektor"}
    etag = browse.api("GET", path).headers["etag"]

    without = browse.api("POST", f"{path}/move", json=move)
    moved = browse.api("POST", f"{path}/move", json=move, headers={"If-Match": etag})
    stale = browse.api("POST", f"{path}/complete", json={}, headers={"If-Match": etag})
    wrong = browse.api(
        "POST", f"{path}/snooze", json={"until": "snart"}, headers={"If-Match": etag}
    )

    assert without.status_code == 428
    assert moved.status_code == 200
    assert moved.json()["due"] == "2026-09-15"
    assert moved.headers["etag"] == '"1"'
    assert stale.status_code == 412
    assert wrong.status_code == 422
    assert {one["name"] for one in wrong.json()["invalid-params"]} == {"until", "reason"}


def test_every_act_of_a_step_has_its_address(lindasa, browse):
    path = f"{API}/steps/{lindasa.steps[UNITS[0]].id}"
    settings = {"responsible": "teacher", "lead_days": [14, 7], "last_working_day": True}
    states = []
    for act, body in (
        ("start", {}),
        ("snooze", {"until": "2026-08-20", "reason": "väntar på underlag"}),
        ("wake", {}),
        ("settings", settings),
        ("complete", {"note": "klart"}),
        ("reopen", {}),
    ):
        etag = browse.api("GET", path).headers["etag"]
        answer = browse.api("POST", f"{path}/{act}", json=body, headers={"If-Match": etag})
        assert answer.status_code == 200, (act, answer.text)
        states.append(answer.json()["state"])

    assert states == [
        "in_progress",
        "snoozed",
        "in_progress",
        "in_progress",
        "done",
        "in_progress",
    ]


def test_of_ten_who_move_the_same_version_one_wins(db, lindasa):
    path = f"{API}/steps/{lindasa.steps[UNITS[0]].id}/move"
    people = [db.browse(lindasa.director) for _ in range(10)]
    db.app  # noqa: B018  # built before the threads ask for it

    def move(number):
        body = {"due": f"2026-09-{number + 10}", "because": "samtidigt"}
        return people[number].api("POST", path, json=body, headers={"If-Match": '"0"'}).status_code

    with ThreadPoolExecutor(10) as pool:
        answers = sorted(pool.map(move, range(10)))

    assert answers == [200] + [412] * 9


def test_what_went_out_and_what_one_was_told_can_be_read(db, lindasa, browse, tmp_path):
    Scheduler(db.engine, db.settings, db.clock, Folder(tmp_path)).plan()
    robin = db.browse(lindasa.newcomer)

    sent = browse.api("GET", f"{API}/steps/{lindasa.steps[UNITS[0]].id}/reminders").json()
    told = robin.api("GET", f"{API}/notices").json()
    read = robin.api("POST", f"{API}/notices/{told[0]['id']}/read", json={}).json()
    rest = robin.api("POST", f"{API}/notices/read", json={})

    assert [(one["rule"], one["receivers"]) for one in sent] == [("lead-21", ["Nya Rektorn"])]
    assert told[0]["title"] == "Enhetsanalys klar, Björkbacka skola"
    assert read["read_at"] is not None
    assert rest.status_code == 204
    assert all(one["read_at"] for one in robin.api("GET", f"{API}/notices").json())
    assert browse.api("GET", f"{API}/notices").json() == []


def test_channels_and_calendar_addresses(db, lindasa, browse):
    channels = f"{API}/notices/channels"
    before = browse.api("GET", channels)
    chosen = {"reminder": "app", "escalation": "off"}
    etag = {"If-Match": before.headers["etag"]}
    after = browse.api("PATCH", channels, json=chosen, headers=etag).json()
    late = browse.api("PATCH", channels, json=chosen, headers=etag)
    feed = browse.api("POST", f"{API}/calendar-feeds", json={}).json()
    listed = browse.api("GET", f"{API}/calendar-feeds").json()
    address = "/kalender/" + feed["address"].rsplit("/", 1)[1]
    answers = db.browse().get(address).status_code
    one = f"{API}/calendar-feeds/{feed['id']}"
    closed = browse.api("DELETE", one, headers=seen(feed["version"]))

    assert before.json().items() >= {"reminder": "mail", "escalation": "mail"}.items()
    assert after.items() >= chosen.items()
    assert (late.status_code, closed.status_code) == (412, 204)
    assert listed[0]["address"] is None
    assert answers == 200
    assert db.browse().get(address).status_code == 404
