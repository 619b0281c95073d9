"""Story 1 through the API: the same rules, the same words, the same rows as in the browser."""

from tests.stories import first
from tests.stories.people import kim_in_ekhult
from tests.versions import read

HOME = "/api/v1/organizers/ekhult"


def tell(browse):
    """Do all that Kim does; return the addresses of the analysis and the insats."""

    def post(path, body, status=201, headers=None):
        answer = browse.api("POST", f"{HOME}{path}", json=body, headers=headers or {})
        assert answer.status_code == status, answer.text
        return answer.json()

    units = browse.api("GET", f"{HOME}/units").json()
    analysis = post(
        "/analyses",
        {
            "title": "Kunskapsresultat i årskurs 9",
            "level": "organizer",
            "about": [units[0]["id"]],
        },
    )
    parts = f"/analyses/{analysis['id']}"
    seen = [
        post(f"{parts}/observations", {k: v for k, v in one.items() if v not in ("", [])})["id"]
        for one in first.OBSERVATIONS
    ]
    finding = post(
        f"{parts}/findings",
        {
            "kind": "challenge",
            "text": first.FINDING,
            "observations": seen,
            "tags": ["sub_goal:gr-1"],
        },
    )
    refused = post(f"{parts}/areas", {"title": first.AREA}, 422)
    causes = [
        post(f"{parts}/causes", {"finding_id": finding["id"], **one})["id"] for one in first.CAUSES
    ]
    area = post(f"{parts}/areas", {"title": first.AREA, "causes": causes})
    post(f"{parts}/effects", {"area_id": area["id"], "text": first.EFFECT})
    action = post("/actions", {**first.ACTION, "area_id": area["id"]})
    now = read(browse, f"{HOME}/actions/{action['id']}")
    early = post(f"/actions/{action['id']}/in-force", {}, 422, now)
    for day in first.FOLLOW_UPS.split(", "):
        post(f"/actions/{action['id']}/follow-ups", {"planned_on": day})
    post(f"/actions/{action['id']}/in-force", {}, 200, now)
    return analysis["id"], action["id"], refused, early


def test_story_1(db):
    browse = db.browse(kim_in_ekhult())

    analysis, action, refused, early = tell(browse)
    whole = browse.api("GET", f"{HOME}/analyses/{analysis}").json()
    thread = browse.api("GET", f"{HOME}/thread?action={action}").json()["steps"]
    listed = browse.api("GET", f"{HOME}/analyses?year=2026/27").json()

    assert "skollagen 4 kap. 3 §" in refused["detail"]
    assert "följs upp" in early["detail"]
    assert first.rows_of(db) == first.expected_rows()
    values = whole["observations"][0]["values"]
    assert values[-1]["written"].replace("\u00a0", " ") == "61,8 % (42 av 68 elever)"
    assert values[-1]["interval"]
    assert "vanlig variation" in whole["observations"][0]["change"]
    kinds = [step["kind"] for step in thread if step["nodes"]]
    assert kinds[:6] == [
        "Underlag",
        "Fynd",
        "Orsak",
        "Utvecklingsområde",
        "Förväntad effekt",
        "Insats",
    ]
    items = listed["items"] if isinstance(listed, dict) else listed
    assert items[0]["title"] == "Kunskapsresultat i årskurs 9"
