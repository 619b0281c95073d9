"""A page where something is missing says what comes first, and leads there."""

import re
from datetime import date

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.chain import (
    ActionFactory,
    AnalysisFactory,
    CauseFactory,
    DevelopmentAreaFactory,
    FindingFactory,
    FollowUpFactory,
)
from tests.factories.organizers import OrganizerFactory


@pytest.fixture
def ekhult(db):
    return OrganizerFactory()


@pytest.fixture
def kim(db, ekhult):
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=ekhult)
    return db.browse(person)


@pytest.fixture
def analysis(ekhult):
    return AnalysisFactory(organizer=ekhult)


@pytest.mark.parametrize(
    ("part", "first"), [("orsak", "fynd"), ("omrade", "orsak"), ("effekt", "omrade")]
)
def test_a_form_that_rests_on_nothing_yet_leads_to_what_comes_first(kim, analysis, part, first):
    at = f"/ekhult/2026-27/analyser/{analysis.id}/ny"
    page = kim.get(f"{at}/{part}").text

    assert f'href="{at}/{first}"' in page
    assert kim.post(f"{at}/{part}", {"text": "Nya elever", "title": "Nya"}).status_code == 422


def test_what_there_is_only_one_of_is_chosen_already(kim, analysis):
    at = f"/ekhult/2026-27/analyser/{analysis.id}/ny/orsak"
    FindingFactory(analysis=analysis)
    one = kim.get(at).text
    FindingFactory(analysis=analysis)

    assert re.search(r'<option value="[0-9a-f-]{36}" selected', one)
    assert not re.search(r'<option value="[0-9a-f-]{36}" selected', kim.get(at).text)


def test_a_single_cause_is_ticked_and_a_single_area_chosen(kim, analysis):
    at = f"/ekhult/2026-27/analyser/{analysis.id}/ny"
    cause = CauseFactory(analysis=analysis)
    area = DevelopmentAreaFactory(analysis=analysis)

    assert re.search(rf'value="{cause.id}" checked', kim.get(f"{at}/omrade").text)
    assert f'<option value="{area.id}" selected' in kim.get(f"{at}/effekt").text


def test_numbers_are_asked_for_when_somebody_wants_to_write_them(kim, analysis):
    at = f"/ekhult/2026-27/analyser/{analysis.id}/ny/underlag"
    fold = '<details class="fold" open><summary>Skriv in siffror'
    wrong = kim.post(at, {"kind": "survey", "text": "Enkät", "period_1": "2026", "value_1": "5,9"})

    assert fold not in kim.get(at).text
    assert (wrong.status_code, fold in wrong.text) == (422, True)


def test_a_decision_leads_to_the_analysis_of_the_year_after_it(db, kim, ekhult, analysis):
    area = DevelopmentAreaFactory(analysis=analysis)
    action = ActionFactory(organizer=ekhult, area=area, state="in_force")
    follow_up = FollowUpFactory(action=action, planned_on=date(2026, 6, 1))
    at, now = f"/ekhult/uppfoljningar/{follow_up.id}", db.clock.now
    db.clock.now = now.replace(month=6, day=11)
    said = {"done_answer": "yes", "what_happened": "Gjort", "effect_answer": "cannot_tell",
            "effect_ground": "För tidigt"}  # fmt: skip
    assert kim.post(at, said).status_code == 303
    assert kim.post(f"{at}/beslut", {"kind": "continue", "reason": "För tidigt"}).status_code == 303
    db.clock.now = now

    assert 'href="/ekhult/2026-27/analyser/ny"' in kim.get(at).text


def test_an_insats_says_which_follow_up_is_late_and_leads_to_it(kim, ekhult, analysis):
    area = DevelopmentAreaFactory(analysis=analysis)
    action = ActionFactory(organizer=ekhult, area=area, state="in_force")
    for day in (date(2026, 8, 31), date(2026, 12, 1)):
        FollowUpFactory(action=action, planned_on=day)
    page = " ".join(kim.get(f"/ekhult/insatser/{action.id}").text.split())
    assert page.count("Följ upp nu") == 1
    late, planned = re.findall(r">(Följ upp \d[^<]+)</a>(.*?)</li>", page)

    assert (late[0], "Försenad" in late[1]) == ("Följ upp 31 augusti 2026", True)
    assert (planned[0], "Planerad" in planned[1]) == ("Följ upp 1 december 2026", True)


def test_a_comparison_of_nothing_says_what_to_choose(kim):
    assert "Välj en indikator först" in kim.get("/ekhult/jamfor?vad=&vilka=enheter").text
    assert "Välj en indikator först" not in kim.get("/ekhult/jamfor").text
