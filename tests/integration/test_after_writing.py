"""What is written can be changed afterwards: the analysis, the insats, the day of a follow-up."""

import re
from datetime import date

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.chain import (
    ActionFactory,
    AnalysisFactory,
    DeficiencyFactory,
    DevelopmentAreaFactory,
    FindingFactory,
    FollowUpFactory,
)
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory
from tests.versions import read, seen
from tests.written_forms import form_with

from ska.access import Role

HOME = "/api/v1/organizers/ekhult"
ANSWER = {
    "done_answer": "yes",
    "what_happened": "Alla kartlades.",
    "effect_answer": "partly",
    "effect_ground": "Proven i november.",
}


@pytest.fixture
def ekhult(db):
    return OrganizerFactory()


@pytest.fixture
def kim(db, ekhult):
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=ekhult)
    return db.browse(person)


def _in_force(ekhult):
    area = DevelopmentAreaFactory(analysis=AnalysisFactory(organizer=ekhult))
    return ActionFactory(area=area, state="in_force")


def test_an_insats_is_changed_on_its_page_and_no_words_are_lost(ekhult, kim):
    action = ActionFactory(organizer=ekhult, level="preventive")
    address = f"/ekhult/insatser/{action.id}/andra"
    mine = form_with(kim.get(address).text, "seen")

    wrong = kim.post(address, {**mine, "title": "Kartlägg alla", "ends": "2020-01-01"})
    done = kim.post(address, {**mine, "level": "promoting"})
    met = kim.post(address, {**mine, "title": "Kartlägg alla nya"})
    again = kim.post(address, {**form_with(met.text, "seen"), "title": "Kartlägg alla nya"})

    assert [one.status_code for one in (wrong, done, met, again)] == [422, 303, 412, 303]
    assert "Kartlägg alla" in wrong.text
    assert "Kartlägg alla nya" in met.text
    assert "Kartlägg alla nya" in kim.get(f"/ekhult/insatser/{action.id}").text


def _lines(page):
    """Return what the notice about two who wrote says, a line a field, without its tags."""
    found = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page)
    return {name: re.sub(r"<[^>]+>", " ", said) for name, said in found}


def test_two_who_change_an_insats_see_both_their_words(ekhult, kim):
    action = ActionFactory(organizer=ekhult, level="preventive")
    address = f"/ekhult/insatser/{action.id}/andra"
    mine = form_with(kim.get(address).text, "seen")
    kim.post(address, {**mine, "title": "Läs varje dag", "level": "promoting"})

    met = kim.post(address, {**mine, "title": "Kartlägg alla nya", "ends": "2027-06-01"})

    said = _lines(met.text)
    assert met.status_code == 412
    assert "Läs varje dag" in said["Vad som ska göras"]
    assert "Du skrev: Kartlägg alla nya" in said["Vad som ska göras"]
    assert "Främjande" in said["Främjande, förebyggande eller åtgärdande"]
    assert "Du skrev: Förebyggande" in said["Främjande, förebyggande eller åtgärdande"]
    assert "Du skrev: 1 juni 2027" in said["Klar senast"]
    assert len(said) == 3
    assert form_with(met.text, "seen")["title"] == "Kartlägg alla nya"


def test_two_who_change_an_analysis_see_both_their_words(ekhult, kim):
    unit = SchoolUnitFactory(organizer=ekhult, name="Björkbacka skola")
    analysis = AnalysisFactory(organizer=ekhult, title="Läsning")
    address = f"/ekhult/2026-27/analyser/{analysis.id}/andra"
    mine = form_with(kim.get(address).text, "seen")
    kim.post(address, {**mine, "title": "Läsning i årskurs 3", "about": str(unit.id)})

    met = kim.post(address, {**mine, "title": "Läsförståelse", "state": "review"})
    again = kim.post(address, {**form_with(met.text, "seen"), "about": ""})

    said = _lines(met.text)
    assert met.status_code == 412
    assert "Läsning i årskurs 3" in said["Vad analysen handlar om"]
    assert "Du skrev: Läsförståelse" in said["Vad analysen handlar om"]
    assert "Du skrev: Klar för granskning" in said["Var den står"]
    assert "Björkbacka skola" in said["Enheter"]
    assert again.status_code == 303
    assert "Läsförståelse" in kim.get(address.removesuffix("/andra")).text


def test_the_forms_of_the_chain_can_be_left(ekhult, kim):
    area = DevelopmentAreaFactory(analysis=AnalysisFactory(organizer=ekhult))
    analysis = f"/ekhult/2026-27/analyser/{area.analysis_id}"
    follow_up = FollowUpFactory(action=_in_force(ekhult))
    insats = f"/ekhult/insatser/{follow_up.action_id}"
    brist = DeficiencyFactory(organizer=ekhult)
    forms = {
        "/ekhult/2026-27/analyser/ny": "/ekhult/2026-27/analyser",
        f"{analysis}/ny/underlag": analysis,
        f"{analysis}/omraden/{area.id}/insats": analysis,
        f"{insats}/andra": insats,
        f"/ekhult/uppfoljningar/{follow_up.id}": insats,
        "/ekhult/brister/ny": "/ekhult/brister",
        f"/ekhult/brister/{brist.id}/atgard": f"/ekhult/brister/{brist.id}",
    }

    for address, back in forms.items():
        leave = re.search(
            r'<a[^>]+href="([^"]+)"[^>]*>(?:\s|<[^>]+>)*Avbryt', kim.get(address).text
        )
        assert leave, address
        assert leave[1] == back


def test_a_follow_up_is_moved_until_it_is_answered(ekhult, kim):
    action = _in_force(ekhult)
    first, second = (
        FollowUpFactory(action=action, planned_on=date(2027, month, 1)) for month in (1, 6)
    )
    address = f"/ekhult/uppfoljningar/{first.id}"

    taken = kim.post(f"{address}/dag", {"planned_on": "2027-06-01"})
    moved = kim.post(f"{address}/dag", {"planned_on": "2027-02-01"})
    read = kim.api("GET", f"{HOME}/actions/{action.id}").json()["follow_ups"][-1]
    day, headers = {"planned_on": "2027-05-01"}, seen(read["version"])
    by_program = kim.api("PATCH", f"{HOME}/follow-ups/{second.id}", json=day, headers=headers)
    late = kim.api("PATCH", f"{HOME}/follow-ups/{second.id}", json=day, headers=headers)
    blind = kim.api("PATCH", f"{HOME}/follow-ups/{second.id}", json=day)

    assert (taken.status_code, moved.status_code) == (422, 303)
    assert "redan en uppföljning" in taken.text
    assert by_program.json()["planned_on"] == "2027-05-01"
    assert (late.status_code, blind.status_code) == (412, 428)


def test_who_moves_or_cancels_a_follow_up_keeps_what_they_had_begun_to_answer(ekhult, kim):
    action = _in_force(ekhult)
    first = FollowUpFactory(action=action, planned_on=date(2027, 1, 1))
    FollowUpFactory(action=action, planned_on=date(2027, 6, 1))
    address = f"/ekhult/uppfoljningar/{first.id}"
    form = form_with(kim.get(address).text, "planned_on")
    begun = {**form, "what_happened": "Hälften kartlades.", "done_answer": "partly"}

    early = kim.post(address, {**begun, "planned_on": "2027-02-01"})
    moved = kim.post(f"{address}/dag", {**begun, "planned_on": "2027-02-01"})
    cancelled = kim.post(f"{address}/stall-in", {**begun, "reason": "Krockar med proven."})
    answered = kim.post(address, {**form_with(moved.text, "planned_on"), **ANSWER})

    assert {"what_happened", "learned", "planned_on", "reason"} <= set(form)
    assert (early.status_code, moved.status_code, cancelled.status_code) == (422, 200, 422)
    assert "Uppföljningen är flyttad. Svaret du har börjat på är inte sparat" in moved.text
    assert "1 februari 2027" in moved.text
    assert "Du har börjat svara." in cancelled.text
    assert "Krockar med proven." in cancelled.text
    for page in (early, moved, cancelled):
        assert "Hälften kartlades." in page.text
        assert 'value="partly" checked' in page.text
    assert answered.status_code == 303


def test_a_new_day_that_is_sent_by_enter_moves_the_follow_up(ekhult, kim):
    follow_up = FollowUpFactory(action=_in_force(ekhult))
    address = f"/ekhult/uppfoljningar/{follow_up.id}"
    form = form_with(kim.get(address).text, "planned_on")

    kim.post(address, {**form, "planned_on": "2027-02-01"})

    assert "1 februari 2027" in kim.get(address).text


def test_an_answer_that_came_second_is_shown_not_lost(ekhult, kim):
    action = _in_force(ekhult)
    follow_up = FollowUpFactory(action=action)
    address = f"/ekhult/uppfoljningar/{follow_up.id}"
    kim.post(address, ANSWER)

    late = kim.post(address, {**ANSWER, "what_happened": "Hälften kartlades."})
    kim.post(f"{address}/beslut", {"kind": "continue", "reason": "Det går åt rätt håll"})
    also = kim.post(f"{address}/beslut", {"kind": "stop", "reason": "Det kostar för mycket"})

    assert (late.status_code, also.status_code) == (422, 422)
    assert "Hälften kartlades." in late.text
    assert "Det kostar för mycket" in also.text


def test_an_analysis_gets_another_title_and_goes_to_review(ekhult, kim):
    analysis = AnalysisFactory(organizer=ekhult)
    address = f"/ekhult/2026-27/analyser/{analysis.id}"
    form = form_with(kim.get(f"{address}/andra").text, "seen")

    empty = kim.post(f"{address}/andra", {**form, "title": ""})
    kim.post(f"{address}/andra", {**form, "title": "Läsning", "state": "review"})

    assert empty.status_code == 422
    assert "Klar för granskning" in kim.get(address).text
    assert "Läsning" in kim.get(address).text


def test_a_huvudmans_analysis_gathers_its_units(db, ekhult, kim):
    unit = SchoolUnitFactory(organizer=ekhult)
    theirs = AnalysisFactory(organizer=ekhult, unit=unit, state="review")
    FindingFactory(analysis=theirs, text="Barnen leker mer ute")
    draft = AnalysisFactory(organizer=ekhult, unit=unit)
    FindingFactory(analysis=draft, text="Ett utkast")
    analysis = AnalysisFactory(organizer=ekhult)
    address = f"/ekhult/2026-27/analyser/{analysis.id}"

    kim.post(f"{address}/hamta")
    blind = kim.api("POST", f"{HOME}/analyses/{analysis.id}/gather", json={})
    headers = read(kim, f"{HOME}/analyses/{analysis.id}")
    again = kim.api("POST", f"{HOME}/analyses/{analysis.id}/gather", json={}, headers=headers)
    shown = kim.get(address).text

    assert (blind.status_code, again.json()) == (428, {"new": 0})
    assert shown.count("Utmaning: Barnen leker mer ute</p>") == 1
    assert "Ett utkast" not in shown


def test_a_rektor_does_not_change_the_huvudmans_analysis(db, ekhult):
    unit = SchoolUnitFactory(organizer=ekhult)
    robin = PersonFactory(email="robin@example.se")
    RoleAssignmentFactory(person=robin, organizer=ekhult, unit=unit, role=Role.PRINCIPAL)
    analysis = AnalysisFactory(organizer=ekhult, state="draft")
    at = db.browse(robin)

    assert at.get(f"/ekhult/2026-27/analyser/{analysis.id}/andra").status_code == 404
    assert at.post(f"/ekhult/2026-27/analyser/{analysis.id}/hamta").status_code == 404


def test_a_huvudmans_analysis_is_about_other_units_until_it_is_established(db, ekhult, kim):
    first = SchoolUnitFactory(organizer=ekhult, name="Norra", slug="norra")
    second = SchoolUnitFactory(organizer=ekhult, name="Södra", slug="sodra")
    ended = SchoolUnitFactory(
        organizer=ekhult, name="Gamla", slug="gamla", valid_to=date(2026, 6, 30)
    )
    analysis = AnalysisFactory(organizer=ekhult)
    page = f"/ekhult/2026-27/analyser/{analysis.id}/andra"
    form = {"title": analysis.title, "state": "draft"}

    def about():
        read = kim.api("GET", f"/api/v1/organizers/ekhult/analyses/{analysis.id}")
        return [one["name"] for one in read.json()["about"]]

    kim.post(page, {**form, "seen": "1", "about": ["", str(first.id), str(second.id)]})
    both = about()
    over = kim.post(page, {**form, "seen": "2", "about": ["", str(ended.id)]})
    kim.post(page, {**form, "seen": "2", "about": ["", str(second.id)]})
    one = about()
    kim.post(page, {**form, "seen": "3", "about": ""})

    assert both == ["Norra", "Södra"]
    assert over.status_code == 422
    assert "Gamla har upphört." in over.text
    assert one == ["Södra"]
    assert about() == []
