"""Sambedömningar: who writes them, what they say together, and that they can be taken back."""

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.story_6 import STORY_6_DAY, story_6

from ska.access import Role

FORM = {
    "held_on": "2026-05-12", "subject": "matematik", "stage": "9", "texts": "28",
    "agreed_before": "86", "agreed_after": "96", "marking_hours": "14", "analysis_hours": "3",
    "learned": "Läsförståelse blev utvecklingsområde.",
}  # fmt: skip
API = "/api/v1/organizers/ekhult/moderation-sessions"


@pytest.fixture
def made(db):
    db.clock.now = STORY_6_DAY
    ekhult, unit, robin = story_6()
    return ekhult, unit, db.browse(robin)


def note(made, **own):
    _ekhult, unit, robin = made
    return robin.post("/ekhult/sambedomning/ny", FORM | {"unit_id": str(unit.id)} | own)


def test_a_session_is_noted_changed_struck_and_taken_back(made):
    robin = made[2]
    home = note(made).headers["location"]
    page = robin.get(home)
    seen = page.text.split('name="seen" value="')[1].split('"')[0]

    assert "28 elevtexter, 86 % samma bedömning före samtal, 96 % efter." in page.text.replace(
        "\u00a0", " "
    )
    changed = FORM | {"unit_id": str(made[1].id), "seen": seen, "texts": "30"}
    assert robin.post(home, changed).status_code == 303
    assert robin.post(home, changed).status_code == 412  # what was read is not what stands
    assert "30\u00a0elevtexter" in robin.get(home).text
    assert robin.post(f"{home}/stryk", {"reason": ""}).status_code == 422
    assert robin.post(f"{home}/stryk", {"reason": "Skrevs två gånger"}).status_code == 303
    assert "Struken av Robin Rektor: Skrevs två gånger" in robin.get(home).text
    assert robin.post(home, changed).status_code in {409, 412}
    assert robin.post(f"{home}/ta-tillbaka", {}).status_code == 303
    assert "Struken av" not in robin.get(home).text


def test_what_is_wrong_is_told_and_what_was_typed_is_kept(made):
    tomorrow = note(made, held_on="2026-11-13")
    name = note(made, learned="Skriv till anna.svensson@skola.se")

    assert tomorrow.status_code == name.status_code == 422
    assert "Dagen har inte varit än" in tomorrow.text
    assert "ser ut att innehålla" in name.text
    assert "anna.svensson@skola.se" in name.text


def test_a_rektor_writes_for_the_own_unit_only_and_a_teacher_reads(db, made):
    ekhult, unit, robin = made
    elsewhere = robin.post("/ekhult/sambedomning/ny", FORM | {"unit_id": ""})
    teacher = PersonFactory()
    RoleAssignmentFactory(person=teacher, organizer=ekhult, role=Role.TEACHER, unit_id=unit.id)
    home = note(made).headers["location"]
    reader = db.browse(teacher)

    assert elsewhere.status_code == 422
    assert reader.get(home).status_code == 200
    assert "Stryk sambedömningen" not in reader.get(home).text
    assert reader.post(f"{home}/stryk", {"reason": "Nej"}).status_code == 403


def test_programs_do_as_people_do(made):
    _ekhult, unit, robin = made
    out = robin.api("POST", API, json=FORM | {"unit_id": str(unit.id)})
    one = f"{API}/{out.json()['id']}"
    tag = {"If-Match": f'"{out.json()["version"]}"'}
    analysis = robin.api(
        "POST", "/api/v1/organizers/ekhult/analyses",
        json={"title": "Bedömning", "level": "unit", "unit_id": str(unit.id)},
    )  # fmt: skip

    assert out.status_code == 201
    assert robin.api("GET", API).json()[0]["agreed_after"] == "96"
    tied = robin.api(
        "POST", f"{one}/analysis", json={"analysis_id": analysis.json()["id"]}, headers=tag
    )
    assert tied.json()["analysis_id"] == analysis.json()["id"]
    tag = {"If-Match": f'"{tied.json()["version"]}"'}
    again = robin.api(
        "POST", f"{one}/analysis", json={"analysis_id": analysis.json()["id"]}, headers=tag
    )
    assert again.status_code == 409
    struck = robin.api("POST", f"{one}/strike", json={"reason": "Dubblett"}, headers=tag)
    assert struck.json()["struck_reason"] == "Dubblett"
    assert robin.api("GET", API).json() == []
