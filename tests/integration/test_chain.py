"""The law's order, and what a role may do, through the chain's services."""

from datetime import date, datetime

import pytest
from tests.factories.chain import (
    ActionFactory,
    AnalysisFactory,
    AreaCauseFactory,
    CauseFactory,
    DevelopmentAreaFactory,
    EvidenceFactory,
    FollowUpFactory,
)
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory
from tests.places import STOCKHOLM

from ska.access import Role
from ska.actions import services as actions
from ska.actions.forms import DecisionForm, FollowUpForm
from ska.actions.queries import action_by_id
from ska.analyses import services
from ska.analyses.forms import AreaForm, CauseForm, EvidenceForm, ObservationForm
from ska.analyses.queries import analyses_of_year, analysis_by_id
from ska.core.school_year import SchoolYear
from ska.errors import Conflict, Invalid, Missing, NotAllowed

NOW = datetime(2026, 9, 4, 9, 0, tzinfo=STOCKHOLM)
ANSWER = {
    "done_answer": "yes",
    "what_happened": "Alla nya elever kartlades.",
    "effect_answer": "cannot_tell",
    "effect_ground": "Kartläggningen är klar, men proven skrivs först i mars.",
}


@pytest.fixture
def ekhult(session):
    return OrganizerFactory()


def _area_with_cause(analysis, **cause):
    area = DevelopmentAreaFactory(analysis=analysis)
    made = CauseFactory(analysis=analysis, **cause)
    AreaCauseFactory(analysis=analysis, area_id=area.id, cause_id=made.id)
    return area, made


def test_no_area_without_a_cause(session, acting, ekhult):
    analysis = AnalysisFactory(organizer=ekhult)
    kim = acting(Role.QUALITY_LEAD, ekhult)

    with pytest.raises(Invalid, match=r"skollagen 4 kap\. 3 §"):
        services.choose_area(session, kim, analysis=analysis, form=AreaForm(title="Studiero"))


def test_a_units_area_names_the_units_paragraph(session, acting, ekhult):
    unit = SchoolUnitFactory(organizer=ekhult)
    analysis = AnalysisFactory(organizer=ekhult, unit=unit)
    rektor = acting(Role.PRINCIPAL, ekhult, unit)

    with pytest.raises(Invalid, match=r"skollagen 4 kap\. 4 §"):
        services.choose_area(session, rektor, analysis=analysis, form=AreaForm(title="Studiero"))


def test_a_cause_of_another_analysis_does_not_count(session, acting, ekhult):
    analysis = AnalysisFactory(organizer=ekhult)
    elsewhere = CauseFactory(analysis=AnalysisFactory(organizer=ekhult, title="En annan"))
    kim = acting(Role.QUALITY_LEAD, ekhult)

    with pytest.raises(Invalid, match="Välj igen"):
        services.choose_area(
            session, kim, analysis=analysis, form=AreaForm(title="X", causes=[elsewhere.id])
        )


def test_an_open_question_has_owner_and_date():
    with pytest.raises(ValueError, match="Skriv vem som tar reda på svaret"):
        CauseForm.model_validate(
            {
                "finding_id": "018f0000-0000-7000-8000-000000000000",
                "text": "Har frånvaron ökat?",
                "certainty": "unknown",
                "is_open": "1",
            }
        )


def test_who_does_not_know_yet_has_an_open_question():
    with pytest.raises(ValueError, match="Skriv vem som tar reda på svaret"):
        CauseForm.model_validate(
            {
                "finding_id": "018f0000-0000-7000-8000-000000000000",
                "text": "Har frånvaron ökat?",
                "certainty": "unknown",
            }
        )


def test_an_open_question_is_enough_to_draft_but_not_to_establish(session, acting, ekhult):
    analysis = AnalysisFactory(organizer=ekhult)
    area, _cause = _area_with_cause(
        analysis, is_open=True, owner_role="rektor", answer_by=date(2026, 10, 15)
    )
    kim = acting(Role.QUALITY_LEAD, ekhult)

    with pytest.raises(Conflict, match="undersöka"):
        actions.establish_analysis(session, kim, analysis=analysis, now=NOW)
    ActionFactory(area=area, is_investigation=True)
    actions.establish_analysis(session, kim, analysis=analysis, now=NOW)

    assert (analysis.established_by, analysis.established_role) == ("Kim Ek", "kvalitetsutvecklare")


def test_a_cause_with_evidence_lets_the_analysis_be_established(session, acting, ekhult):
    analysis = AnalysisFactory(organizer=ekhult)
    _area, cause = _area_with_cause(analysis)
    kim = acting(Role.QUALITY_LEAD, ekhult)
    with pytest.raises(Conflict, match="underlag"):
        actions.establish_analysis(session, kim, analysis=analysis, now=NOW)
    form = EvidenceForm(cause_id=cause.id, side="for", text="Fyra röster säger det")
    services.weigh(session, kim, analysis=analysis, form=form)

    actions.establish_analysis(session, kim, analysis=analysis, now=NOW)

    with pytest.raises(Conflict, match="fastställd"):
        services.choose_area(
            session, kim, analysis=analysis, form=AreaForm(title="Ny", causes=[cause.id])
        )


def test_an_analysis_without_a_proven_cause_is_not_established(session, acting, ekhult):
    analysis = AnalysisFactory(organizer=ekhult)
    kim = acting(Role.QUALITY_LEAD, ekhult)

    with pytest.raises(Conflict, match=r"skollagen 4 kap\. 3 § ska orsakerna"):
        actions.establish_analysis(session, kim, analysis=analysis, now=NOW)


def test_two_areas_of_one_name_are_proven_each_for_itself(session, acting, ekhult):
    analysis = AnalysisFactory(organizer=ekhult)
    _area, proven = _area_with_cause(analysis)
    EvidenceFactory(analysis=analysis, cause_id=proven.id)
    _area_with_cause(analysis)
    kim = acting(Role.QUALITY_LEAD, ekhult)

    with pytest.raises(Conflict, match="vilar inte på någon orsak"):
        actions.establish_analysis(session, kim, analysis=analysis, now=NOW)


def test_only_its_rektor_establishes_a_units_analysis(session, acting, ekhult):
    unit = SchoolUnitFactory(organizer=ekhult)
    analysis = AnalysisFactory(organizer=ekhult, unit=unit)
    kim = acting(Role.QUALITY_LEAD, ekhult)
    EvidenceFactory(analysis=analysis)
    with pytest.raises(NotAllowed, match="rektor"):
        actions.establish_analysis(session, kim, analysis=analysis, now=NOW)

    rektor = acting(Role.PRINCIPAL, ekhult, unit)
    actions.establish_analysis(session, rektor, analysis=analysis, now=NOW)

    assert analysis.established_role == "rektor"


def test_a_rektor_sees_no_other_units_draft_and_a_politician_only_what_is_established(
    session, acting, ekhult
):
    own, other = (
        SchoolUnitFactory(organizer=ekhult),
        SchoolUnitFactory(organizer=ekhult, name="Åby"),
    )
    mine = AnalysisFactory(organizer=ekhult, unit=own)
    theirs = AnalysisFactory(organizer=ekhult, unit=other)
    done = AnalysisFactory(
        organizer=ekhult, state="established", established_at=NOW, established_by="Kim Ek"
    )
    year = SchoolYear(2026)

    rektor = acting(Role.PRINCIPAL, ekhult, own)
    assert {row.id for row in analyses_of_year(session, rektor, ekhult.id, year)} == {
        mine.id,
        done.id,
    }
    with pytest.raises(Missing):
        analysis_by_id(session, rektor, ekhult.id, theirs.id)
    politician = acting(Role.POLITICIAN, ekhult)
    assert {row.id for row in analyses_of_year(session, politician, ekhult.id, year)} == {done.id}


def test_an_insats_needs_ground_and_follow_up_to_come_into_force(session, acting, ekhult):
    action = ActionFactory(organizer=ekhult)
    kim = acting(Role.QUALITY_LEAD, ekhult)
    found = action_by_id(session, kim, ekhult.id, action.id)

    with pytest.raises(Invalid) as caught:
        actions.bring_into_force(session, kim, action=found)

    assert "4 kap. 7 §" in caught.value.fields["area_id"]
    assert "följs upp" in caught.value.fields["follow_ups"]


def _in_force(ekhult):
    analysis = AnalysisFactory(organizer=ekhult)
    area, _cause = _area_with_cause(analysis)
    action = ActionFactory(area=area, state="in_force")
    return action, FollowUpFactory(action=action)


def test_a_follow_up_answers_two_things_and_a_decision_ends_the_insats(session, acting, ekhult):
    action, planned = _in_force(ekhult)
    kim = acting(Role.QUALITY_LEAD, ekhult)
    found = action_by_id(session, kim, ekhult.id, action.id)
    follow_up = found.follow_ups[0]
    decision = DecisionForm(kind="embed", reason="Det fungerar och kostar inget extra.")

    with pytest.raises(Conflict, match="Svara på uppföljningen först"):
        actions.decide(
            session, kim, action=found, follow_up=follow_up, form=decision, today=NOW.date()
        )
    form = FollowUpForm.model_validate(ANSWER)
    actions.answer_follow_up(session, kim, action=found, follow_up=follow_up, form=form, now=NOW)
    actions.decide(session, kim, action=found, follow_up=follow_up, form=decision, today=NOW.date())

    assert planned.id == follow_up.id
    assert found.state == "closed"
    with pytest.raises(Conflict):
        actions.answer_follow_up(
            session, kim, action=found, follow_up=follow_up, form=form, now=NOW
        )


def test_an_effect_answer_needs_its_ground():
    with pytest.raises(ValueError, match="vad svaret bygger på"):
        FollowUpForm.model_validate({**ANSWER, "effect_ground": " "})


def test_a_number_is_guarded_as_any_text():
    form = {"kind": "survey", "text": "Enkät", "source": "Vår", "period_1": "19121212-1212"}

    with pytest.raises(ValueError, match="personnummer"):
        ObservationForm.model_validate({**form, "value_1": "5", "n_1": ""})


def test_numbers_need_a_source():
    with pytest.raises(ValueError, match="varifrån siffrorna kommer"):
        ObservationForm.model_validate(
            {"kind": "survey", "text": "Studiero", "values": [{"period": "2026", "value": "5,9"}]}
        )


def test_a_personal_number_is_stopped_until_the_writer_says_it_is_none():
    words = {"kind": "voice", "text": "Samtal med 19811218-9876 i går"}

    with pytest.raises(ValueError, match="personnummer"):
        ObservationForm.model_validate(words)
    assert ObservationForm.model_validate({**words, "not_personal_data": "1"}).text
