"""The framework for programs: the same services, the same rows."""

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.framework import LocalGoalFactory, load_shipped
from tests.factories.organizers import OrganizerFactory
from tests.versions import seen

BASE = "/api/v1/organizers/ekhult"
GOAL = {"title": "Alla läser", "decided_by": "Nämnden", "valid_from": "2026-07-01"}
MEASURE = {
    "name": "Läsflyt",
    "unit": "%",
    "better": "higher",
    "definition": "Elever som läser med flyt.",
    "caution": "Läraren bedömer själv.",
    "smallest_group": 10,
}


@pytest.fixture
def ekhult(db):
    load_shipped()
    return OrganizerFactory()


@pytest.fixture
def api(db, ekhult):
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=ekhult)
    return db.browse(person).api


def test_editions_and_items_are_read_with_filters(api):
    editions = api("GET", f"{BASE}/framework/editions").json()
    goals = api("GET", f"{BASE}/framework/items?edition=nks-2023&kind=sub_goal").json()
    young = api("GET", f"{BASE}/framework/items?school_type=preschool").json()
    one = api("GET", f"{BASE}/framework/items/nks-2023/gr-alla-amnen-ak9").json()

    assert editions[0]["id"] == "nks-2023"
    assert [row["number"] for row in goals] == [1, 2, 3, 4, 5, 6]
    assert all("preschool" in row["school_types"] for row in young)
    assert one["definition"]["smallest_group"] == 10
    assert one["published_label"].startswith("Delmål 1: Andel (%) elever")
    assert api("GET", f"{BASE}/framework/items/nks-2023/hittepa").status_code == 404


def test_a_wording_is_proposed_kept_listed_and_withdrawn(api):
    page = {
        "edition": "nks-2023",
        "source_url": "https://www.skolverket.se/sida",
        "seen_on": "2026-09-03",
    }
    found = api(
        "POST",
        f"{BASE}/framework/wordings/proposals",
        json={**page, "text": "Grundskola\nDelmål 1: Alla når målen."},
    ).json()
    keep = {"kind": found[0]["kind"], "item_id": found[0]["item"], "text": found[0]["text"]}

    kept = api("POST", f"{BASE}/framework/wordings", json={**page, "wordings": [keep]})
    again = api("POST", f"{BASE}/framework/wordings", json={**page, "wordings": [keep]})
    one = f"{BASE}/framework/wordings/{kept.json()[0]['id']}"
    patch = api("GET", f"{BASE}/framework/wordings/patch")
    blind = api("DELETE", one)
    gone = api("DELETE", one, headers=seen(kept.json()[0]["version"]))

    assert found[0]["state"] == "new"
    assert patch.headers["content-type"].startswith("application/yaml")
    assert "text: Alla når målen." in patch.text
    assert kept.status_code == 201
    assert kept.json()[0]["item"] == "nks-2023/gr-1"
    assert again.json() == []
    assert (blind.status_code, gone.status_code) == (428, 204)
    assert api("GET", f"{BASE}/framework/wordings").json() == []


def test_goals_indicators_and_ties_live_through_the_api(api):
    goal = api("POST", f"{BASE}/local-goals", json=GOAL)
    at = f"{BASE}/local-goals/{goal.json()['id']}"
    tie = api("POST", f"{at}/ties", json={"item_id": "nks-2023/gr-5", "reason": "Läsning."})
    measure = api(
        "POST", f"{BASE}/local-indicators", json={**MEASURE, "local_goal_id": goal.json()["id"]}
    )
    etag = {"If-Match": api("GET", at).headers["etag"]}
    changed = api("PATCH", at, json={**GOAL, "title": "Alla läser säkert"}, headers=etag)
    late = api("PATCH", at, json={**GOAL, "title": "Alla skriver"}, headers=etag)
    blind = api("PATCH", at, json=GOAL)
    there = f"{BASE}/local-indicators/{measure.json()['id']}"

    assert (goal.status_code, tie.status_code, measure.status_code) == (201, 201, 201)
    assert (blind.status_code, late.status_code) == (428, 412)
    assert changed.headers["etag"] == f'"{changed.json()["version"]}"'
    assert changed.json()["title"] == "Alla läser säkert"
    assert changed.json()["ties"] == [tie.json()]
    assert api("GET", f"{BASE}/local-goals").json() == [changed.json()]
    index, read = {**MEASURE, "unit": "index"}, seen(measure.json()["version"])
    assert api("PATCH", there, json=index, headers=read).json()["unit"] == "index"
    assert api("PATCH", there, json=index, headers=read).status_code == 412
    assert api("GET", there).json()["unit"] == "index"
    assert len(api("GET", f"{BASE}/local-indicators").json()) == 1
    second = api("POST", f"{there}/ties", json={"item_id": "nks-2023/gr-5", "reason": "Mäter."})
    assert second.status_code == 201
    untied = f"{BASE}/local-ties/{tie.json()['id']}"
    assert api("DELETE", untied, headers=seen("x")).status_code == 412
    assert api("DELETE", untied, headers=seen(tie.json()["version"])).status_code == 204
    assert api("GET", at).json()["ties"] == []


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("local-goals", {"title": ""}, 422),
        ("local-goals", {**GOAL, "sneaky": "x"}, 422),
        ("local-indicators", {**MEASURE, "smallest_group": 2}, 422),
        ("framework/wordings", {"edition": "nks-2023"}, 422),
    ],
)
def test_what_is_off_is_a_problem_in_swedish(api, path, body, status):
    answer = api("POST", f"{BASE}/{path}", json=body)

    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("application/problem+json")


def test_a_name_is_given_once(api, ekhult):
    LocalGoalFactory(organizer=ekhult, title=GOAL["title"])

    assert api("POST", f"{BASE}/local-goals", json=GOAL).status_code == 409
