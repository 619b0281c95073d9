"""One box over everything: Swedish words, the right order, and never what one may not see."""

from __future__ import annotations

import pytest
from tests.factories.chain import (
    ActionFactory,
    AnalysisFactory,
    CauseFactory,
    FindingFactory,
    FollowUpFactory,
    ObservationFactory,
)
from tests.factories.framework import LocalGoalFactory, load_shipped
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory
from tests.factories.writing import WrittenTextFactory
from tests.places import STORY_DAY

from ska.access import Role
from ska.search.queries import Wish, search

API = "/api/v1/organizers/ekhult/search"


@pytest.fixture
def find(session, acting):
    """Search as someone in Ekhult and return the names found."""

    def _find(query, organizer, role=Role.QUALITY_LEAD, unit=None, **wish):
        actor = acting(role, organizer, unit)
        return search(session, actor, organizer, Wish(query, **wish))

    return _find


def _names(found):
    return [hit.name for hit in found.hits]


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Frånvaron ökar i årskurs 8", "frånvaro"),
        ("Frånvaron ökar i årskurs 8", "FRÅNVARO Årskurs"),
        ("Frånvaron ökar i årskurs 8", "frånv"),
        ("Elevernas läsning", "elever läsa"),
        ("Åtgärder för äldre på Öland", "öland äldre åtgärd"),
        ("Matematikundervisningen", "undervisning"),
        ("Studiero på 9B", "9b"),
    ],
)
def test_swedish_words_are_found(find, written, asked):
    ekhult = OrganizerFactory()
    AnalysisFactory(organizer=ekhult, title=written)

    assert _names(find(asked, ekhult)) == [written]


@pytest.mark.parametrize("asked", ["", "   ", "&|!", "och", "':*", "\x00", "å" * 300])
def test_a_question_without_words_gives_nothing(find, asked):
    ekhult = OrganizerFactory()
    AnalysisFactory(organizer=ekhult, title="Resultat i årskurs 9")

    assert find(asked, ekhult).slice.total == 0


def test_accents_are_letters_of_their_own(find):
    ekhult = OrganizerFactory()
    AnalysisFactory(organizer=ekhult, title="Mål")

    assert _names(find("mal", ekhult)) == []


def test_an_analysis_is_one_hit_whatever_part_of_it_answers(find):
    ekhult = OrganizerFactory()
    analysis = AnalysisFactory(organizer=ekhult, title="Nuläge")
    ObservationFactory(analysis=analysis, text="Vikarierna byts ofta")
    FindingFactory(analysis=analysis, text="Många vikarier")
    CauseFactory(analysis=analysis, text="Vikarietätt läsår, vikarier i matematik")
    WrittenTextFactory(
        organizer=ekhult, subject_kind="analysis", subject_id=analysis.id, text="Om vikarier."
    )

    found = find("vikarier", ekhult)

    assert _names(found) == ["Nuläge"]
    assert found.slice.total == 1
    assert any(part.hit for part in found.hits[0].text)


def test_written_texts_lead_to_their_analysis(find):
    ekhult = OrganizerFactory()
    analysis = AnalysisFactory(organizer=ekhult, title="Nuläge")
    WrittenTextFactory(
        organizer=ekhult,
        subject_kind="analysis",
        subject_id=analysis.id,
        text="Kartläggningen sker först i november.",
    )

    hit = find("kartläggning november", ekhult).hits[0]

    assert hit.href == f"/ekhult/2026-27/analyser/{analysis.id}"
    assert hit.what == "Text"


def test_insatser_are_found_by_their_follow_ups_too(find):
    ekhult = OrganizerFactory()
    action = ActionFactory(organizer=ekhult, title="Mentorssamtal")
    FollowUpFactory(action=action, what_happened="Samtalen hölls i tre klasser")

    assert _names(find("klasser", ekhult)) == ["Mentorssamtal"]


def test_the_framework_and_own_goals_are_found(find):
    ekhult = OrganizerFactory()
    load_shipped()
    LocalGoalFactory(organizer=ekhult)

    indicators = find("betyg ämnen", ekhult, kind="indicator")
    local = find("läser säkert", ekhult)

    assert indicators.slice.total >= 1
    assert all(hit.href.startswith("/ekhult/resultat/") for hit in indicators.hits)
    assert "Alla elever läser säkert i årskurs 3" in _names(local)


def test_units_are_found_by_name_and_code(find):
    ekhult = OrganizerFactory()
    SchoolUnitFactory(organizer=ekhult, name="Åby skola", school_unit_code="12345678")

    assert _names(find("åby", ekhult)) == ["Åby skola"]
    assert _names(find("12345678", ekhult)) == ["Åby skola"]


def test_a_title_comes_before_a_mention(find):
    ekhult = OrganizerFactory()
    other = AnalysisFactory(organizer=ekhult, title="Nuläge")
    FindingFactory(analysis=other, text="Även studieron nämns här")
    AnalysisFactory(organizer=ekhult, title="Studiero")

    assert _names(find("studiero", ekhult)) == ["Studiero", "Nuläge"]


def test_drafts_are_for_those_who_see_drafts(find):
    ekhult = OrganizerFactory()
    AnalysisFactory(organizer=ekhult, title="Utkast om studiero")
    ActionFactory(organizer=ekhult, title="Insats för studiero")
    done = AnalysisFactory(
        organizer=ekhult,
        title="Fastställt om studiero",
        state="established",
        established_at=STORY_DAY,
    )
    WrittenTextFactory(
        organizer=ekhult, subject_kind="analysis", subject_id=done.id, text="Utkastets hemlighet"
    )

    assert _names(find("studiero", ekhult, Role.POLITICIAN)) == ["Fastställt om studiero"]
    assert find("hemlighet", ekhult, Role.POLITICIAN).slice.total == 0
    assert find("studiero", ekhult, Role.QUALITY_LEAD).slice.total == 3


def test_a_units_people_do_not_find_other_units_work(find):
    ekhult = OrganizerFactory()
    mine = SchoolUnitFactory(organizer=ekhult, name="Norra")
    theirs = SchoolUnitFactory(organizer=ekhult, name="Södra")
    AnalysisFactory(organizer=ekhult, unit=mine, title="Studiero i norr")
    other = AnalysisFactory(organizer=ekhult, unit=theirs, title="Studiero i söder")
    whole = AnalysisFactory(organizer=ekhult, title="Huvudmannens utkast")
    for analysis in (other, whole):
        WrittenTextFactory(
            organizer=ekhult, subject_kind="analysis", subject_id=analysis.id, text="Studiero"
        )

    found = find("studiero", ekhult, Role.PRINCIPAL, mine)

    assert _names(found) == ["Studiero i norr"]
    assert found.slice.total == 1


def test_pages_of_hits_and_one_kind(find):
    ekhult = OrganizerFactory()
    for number in range(25):
        ActionFactory(organizer=ekhult, title=f"Samtal {number:02}")
    AnalysisFactory(organizer=ekhult, title="Samtal om resultat")

    first = find("samtal", ekhult)
    second = find("samtal", ekhult, start=20)
    only = find("samtal", ekhult, kind="analysis")
    beyond = find("samtal", ekhult, start=100)

    assert first.slice.summary == "Visar 1–20 av 26"
    assert second.slice.summary == "Visar 21–26 av 26"
    assert not set(_names(first)) & set(_names(second))
    assert only.slice.total == 1
    assert (beyond.slice.total, beyond.groups) == (26, [])


# Through the web: the form, the palette's answer, and what others never see.
