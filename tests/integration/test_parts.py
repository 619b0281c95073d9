"""Every part of an analysis can be changed, struck with a reason and put back: pages and API."""

import re
from datetime import date
from uuid import UUID

import pytest
from tests import versions
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.chain import ActionFactory, AnalysisFactory, CauseFactory, StruckPartFactory
from tests.factories.organizers import OrganizerFactory
from tests.written_forms import form_with

from ska.access import Role

API = "/api/v1/organizers/ekhult/analyses"
LATER = "2027-01-15"


def _form(page):
    return form_with(page.text, "seen")


@pytest.fixture
def chain(db):
    """An analysis with one part of each kind, written by a program."""
    ekhult = OrganizerFactory()
    analysis = AnalysisFactory(organizer=ekhult)
    kim, robin = PersonFactory(), PersonFactory(name="Robin Berg", email="robin@example.se")
    for person in (kim, robin):
        RoleAssignmentFactory(person=person, organizer=ekhult)
    at = db.browse(kim)

    def add(path, **body):
        answer = at.api("POST", f"{API}/{analysis.id}/{path}", json=body)
        assert answer.status_code == 201, answer.text
        return answer.json()["id"]

    numbers = [{"period": "2026", "value": "61,8", "n": 68}]
    ids = {
        "observations": add(
            "observations", kind="survey", text="Enkät", source="Vår egen", values=numbers
        )
    }
    ids["findings"] = add(
        "findings", kind="challenge", text="Studieron varierar", observations=[ids["observations"]]
    )
    ids["causes"] = add(
        "causes",
        finding_id=ids["findings"],
        text="Vikarier",
        certainty="possible",
        evidence_for="Bemanningen",
    )
    ids["evidence"] = add("evidence", cause_id=ids["causes"], side="against", text="Enkäten")
    ids["areas"] = add("areas", title="Stabil undervisning", causes=[ids["causes"]])
    ids["effects"] = add("effects", area_id=ids["areas"], text="Index 6,5")
    ids["participation"] = add("participation", group="pupils", offered="1", how="Elevrådet")
    return analysis, ids, at, db.browse(robin)


CHANGED = {
    "observations": ("text", "Enkät i oktober", "underlag"),
    "findings": ("text", "Studieron varierar mycket", "fynd"),
    "causes": ("text", "Många vikarier", "orsak"),
    "evidence": ("text", "Enkäten i oktober", "belagg"),
    "areas": ("title", "Stabil matematik", "omrade"),
    "effects": ("text", "Index 7", "effekt"),
    "participation": ("how", "Elevrådet i oktober", "medverkan"),
}


@pytest.mark.parametrize("path", CHANGED)
def test_a_program_changes_a_part_on_what_it_read(chain, path):
    analysis, ids, at, _robin = chain
    name, words, _slug = CHANGED[path]
    address = f"{API}/{analysis.id}/{path}/{ids[path]}"
    read = at.api("GET", address)
    said = {**read.json()["says"], name: words}

    etag = {"If-Match": read.headers["etag"]}
    without = at.api("PUT", address, json=said)
    changed = at.api("PUT", address, json=said, headers=etag)
    late = at.api("PUT", address, json={**said, name: "Sen"}, headers=etag)

    assert (without.status_code, changed.status_code, late.status_code) == (428, 200, 412)
    assert at.api("GET", address).json()["says"] == {**read.json()["says"], name: words}


@pytest.mark.parametrize("path", CHANGED)
def test_a_page_changes_a_part_and_loses_no_words_when_two_do(chain, path):
    analysis, ids, at, robin = chain
    name, words, slug = CHANGED[path]
    address = f"/ekhult/2026-27/analyser/{analysis.id}/andra/{slug}/{ids[path]}"
    mine, theirs = _form(at.get(address)), _form(robin.get(address))

    late = robin.post(address, {**theirs, name: "Robins ord"})
    met = at.post(address, {**mine, name: words})
    again = at.post(address, {**_form(met), name: words})

    assert (late.status_code, met.status_code, again.status_code) == (303, 412, 303)
    assert words in met.text
    assert "Robins ord" in met.text
    assert at.api("GET", f"{API}/{analysis.id}/{path}/{ids[path]}").json()["says"][name] == words


def test_two_who_change_a_part_see_field_by_field_where_they_differ(chain):
    analysis, ids, at, robin = chain
    address = f"/ekhult/2026-27/analyser/{analysis.id}/andra/orsak/{ids['causes']}"
    mine, theirs = _form(at.get(address)), _form(robin.get(address))
    robin.post(address, {**theirs, "certainty": "likely", "is_open": "1", "owner_role": "rektor",
                         "answer_by": "15 november"})  # fmt: skip

    met = at.post(address, {**mine, "is_external": "1"})

    kept = robin.api("GET", f"{API}/{analysis.id}/causes/{ids['causes']}").json()["says"]
    assert kept["answer_by"] == "2026-11-15"  # a day without its year, as when it was added
    assert met.status_code == 412
    for name, now, wrote in (
        ("Öppen fråga", "ja", "nej"),
        ("Utanför er kontroll", "nej", "ja"),
        ("Ansvarig", "rektor", "inget"),
        ("Svar senast", "15 november 2026", "inget"),
    ):
        said = f"<dt>{name}</dt><dd>Så här står det nu: <strong>{now}</strong><br>Du skrev: {wrote}"
        assert said in met.text, name
    assert "<dt>Text</dt>" not in met.text


@pytest.mark.parametrize("path", ["participation", "evidence", "effects"])
def test_a_struck_part_comes_back_as_it_was(chain, path):
    analysis, ids, at, _robin = chain
    whole = at.api("GET", f"{API}/{analysis.id}").json()
    slug = CHANGED[path][2]
    page = f"/ekhult/2026-27/analyser/{analysis.id}"

    silent = at.post(f"{page}/andra/{slug}/{ids[path]}/stryk", {"reason": ""})
    done = at.post(f"{page}/andra/{slug}/{ids[path]}/stryk", {"reason": "Skrevs två gånger"})
    shown = at.get(page).text
    struck = at.api("GET", f"{API}/{analysis.id}/struck").json()
    back = at.post(f"{page}/struket/{struck[0]['id']}", {})

    assert (silent.status_code, done.status_code, back.status_code) == (422, 303, 303)
    assert "Skriv varför det stryks" in silent.text
    assert "Skrevs två gånger" in shown
    assert at.api("GET", f"{API}/{analysis.id}").json() == whole


def test_what_others_rest_on_is_struck_last_and_put_back_first(chain):
    analysis, ids, at, _robin = chain
    whole = at.api("GET", f"{API}/{analysis.id}").json()

    def strike(path):
        address = f"{API}/{analysis.id}/{path}/{ids[path]}"
        headers = versions.read(at, address)
        return at.api("POST", f"{address}/strike", json={"reason": "Fel"}, headers=headers)

    assert strike("findings").status_code == 409
    assert "utvecklingsområde" in strike("causes").json()["detail"]
    struck = {path: strike(path).json() for path in ("areas", "causes", "findings")}

    def back(path):
        address = f"{API}/{analysis.id}/struck/{struck[path]['id']}/put-back"
        return at.api("POST", address, json={}, headers=versions.seen(struck[path]["version"]))

    blind = at.api("POST", f"{API}/{analysis.id}/struck/{struck['areas']['id']}/put-back")

    assert (blind.status_code, back("areas").status_code) == (428, 409)
    assert [back(path).status_code for path in ("findings", "causes", "areas")] == [200] * 3
    assert at.api("GET", f"{API}/{analysis.id}").json() == whole


def test_an_area_with_insatser_is_not_struck(db, chain):
    analysis, ids, at, _robin = chain
    ActionFactory(organizer_id=analysis.organizer_id, area_id=UUID(ids["areas"]))
    address = f"{API}/{analysis.id}/areas/{ids['areas']}"
    headers = versions.read(at, address)

    refused = at.api("POST", f"{address}/strike", json={"reason": "Fel"}, headers=headers)
    blind = at.api("POST", f"{address}/strike", json={"reason": "Fel"})
    stale = at.api("POST", f"{address}/strike", json={"reason": "Fel"}, headers=versions.seen("x"))

    assert (refused.status_code, blind.status_code, stale.status_code) == (409, 428, 412)
    assert "Insatser vilar på området" in refused.json()["detail"]


def test_the_law_holds_when_parts_are_changed(chain):
    analysis, ids, at, _robin = chain
    address = f"{API}/{analysis.id}/areas/{ids['areas']}"
    read = at.api("GET", address)

    bare = {**read.json()["says"], "causes": []}
    answer = at.api("PUT", address, json=bare, headers={"If-Match": read.headers["etag"]})

    assert answer.status_code == 422
    assert "skollagen 4 kap. 3 §" in answer.json()["detail"]


def test_an_underlag_is_struck_and_taken_back_by_a_program(chain):
    analysis, ids, at, _robin = chain
    address = f"{API}/{analysis.id}/observations/{ids['observations']}"

    headers = versions.read(at, address)

    struck = at.api("POST", f"{address}/strike", json={}, headers=headers)
    kept = at.api("POST", f"{address}/put-back", json={}, headers=headers)
    stale = at.api("POST", f"{address}/strike", json={}, headers=versions.seen("x"))

    assert (struck.json()["is_kept"], kept.json()["is_kept"]) == (False, True)
    assert stale.status_code == 412


def test_nothing_in_an_established_analysis_changes(db, chain):
    analysis, ids, at, _robin = chain
    now = versions.read(at, f"{API}/{analysis.id}")
    established = at.api("POST", f"{API}/{analysis.id}/establish", json={}, headers=now)
    assert established.status_code == 200, established.text
    for path, (name, words, slug) in CHANGED.items():
        page = f"/ekhult/2026-27/analyser/{analysis.id}/andra/{slug}/{ids[path]}"
        answer = at.post(page, {**_form(at.get(page)), name: words})
        assert answer.status_code == 422
        assert "fastställd" in answer.text
        assert words in answer.text


def test_what_was_struck_is_not_for_those_who_read_what_is_established(db, chain):
    analysis, _ids, at, _robin = chain
    StruckPartFactory(analysis=analysis, label="Struken mening")
    now = versions.read(at, f"{API}/{analysis.id}")
    at.api("POST", f"{API}/{analysis.id}/establish", json={}, headers=now)
    politician = PersonFactory(email="namnd@example.se")
    RoleAssignmentFactory(
        person=politician, organizer_id=analysis.organizer_id, role=Role.POLITICIAN
    )

    page = db.browse(politician).get(f"/ekhult/2026-27/analyser/{analysis.id}")

    assert page.status_code == 200
    assert not re.search("Struken mening", page.text)


def test_changing_a_part_asks_few_questions(chain, statements):
    analysis, ids, at, _robin = chain
    for path, (_name, _words, slug) in CHANGED.items():
        statements.clear()
        at.get(f"/ekhult/2026-27/analyser/{analysis.id}/andra/{slug}/{ids[path]}")
        assert len(statements) <= 6, (path, statements)


def test_an_open_question_is_to_be_answered_on_a_day_ahead(chain):
    analysis, ids, at, _robin = chain
    page = f"/ekhult/2026-27/analyser/{analysis.id}"
    question = {"finding_id": ids["findings"], "text": "Varför?", "certainty": "unknown",
                "owner_role": "rektor", "answer_by": "2026-01-15"}  # fmt: skip

    early = at.post(f"{page}/ny/orsak", question)
    for_programs = at.api("POST", f"{API}/{analysis.id}/causes", json=question)
    asked = at.api("POST", f"{API}/{analysis.id}/causes", json={**question, "answer_by": LATER})

    assert (early.status_code, for_programs.status_code, asked.status_code) == (422, 422, 201)
    assert "Dagen har varit. Välj en dag framåt." in early.text
    assert "Varför?" in early.text
    assert for_programs.json()["invalid-params"][0]["name"] == "answer_by"


def test_an_open_question_whose_day_has_been_is_changed_without_a_new_day(db, chain):
    analysis, ids, at, _robin = chain
    asked = CauseFactory(
        analysis=analysis, finding_id=UUID(ids["findings"]), is_open=True, certainty="unknown",
        owner_role="rektor", answer_by=date(2026, 1, 15),
    )  # fmt: skip
    address = f"/ekhult/2026-27/analyser/{analysis.id}/andra/orsak/{asked.id}"
    form = _form(at.get(address))

    moved = at.post(address, {**form, "answer_by": "2026-01-20"})
    told = at.post(address, {**form, "text": "Varför just nu?"})

    assert (moved.status_code, told.status_code) == (422, 303)
    assert "Dagen har varit. Välj en dag framåt." in moved.text
