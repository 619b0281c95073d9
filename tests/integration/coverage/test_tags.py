"""A finding is about delmål, indicators, success factors, målområden and local goals."""

import pytest
from tests.factories.chain import AnalysisFactory
from tests.factories.framework import LocalGoalFactory, load_shipped
from tests.factories.organizers import OrganizerFactory

from ska.access import Role
from ska.analyses.forms import FindingForm
from ska.analyses.services import find
from ska.errors import Invalid
from ska.framework.queries import grouped, tag_names, tags


@pytest.fixture
def ekhult(session):
    load_shipped()
    return OrganizerFactory()


@pytest.fixture
def kim(ekhult, acting):
    return acting(Role.QUALITY_LEAD, ekhult)


def test_what_can_be_tagged_is_grouped_by_its_kind_in_words(session, ekhult, kim):
    goal = LocalGoalFactory(organizer=ekhult)

    groups = grouped(tags(session, kim, ekhult.id))

    assert next(iter(groups)) == "Eget mål"
    assert [tag.value for tag in groups["Eget mål"]] == [f"local_goal:{goal.id}"]
    assert [tag.value for tag in groups["Delmål"]] == [f"sub_goal:gr-{n}" for n in range(1, 7)]
    assert len(groups["Indikator"]) == 25
    assert len(groups["Framgångsfaktor"]) == 8
    assert "Obekräftat mått" not in groups


def test_only_the_skolformer_asked_for_are_offered(session, ekhult, kim):
    values = [tag.value for tag in tags(session, kim, ekhult.id, school_types=["preschool"])]

    assert "objective:mal-fsk" in values
    assert "sub_goal:gr-1" not in values
    assert "success_factor:skr-koll" in values


def test_a_finding_is_about_many_things_and_their_names_are_found(session, ekhult, kim):
    goal = LocalGoalFactory(organizer=ekhult)
    chosen = ["sub_goal:gr-1", "curriculum_area:lgr22-kunskaper", f"local_goal:{goal.id}"]
    form = FindingForm(kind="strength", text="Det går bra.", tags=["", *chosen])

    find(session, kim, analysis=AnalysisFactory(organizer=ekhult), form=form)
    names = tag_names(session, kim, ekhult.id, [tuple(tag.split(":", 1)) for tag in chosen])

    assert list(names.values()).count(goal.title) == 1
    assert names["sub_goal:gr-1"] == "Delmål 1 – resultat i alla ämnen"
    assert names["curriculum_area:lgr22-kunskaper"] == "Kunskaper"


@pytest.mark.parametrize("tag", ["sub_goal:gr-99", "gr-1", "candidate:kandidat-gr-meritvarde"])
def test_what_is_not_there_cannot_be_tagged(session, ekhult, kim, tag):
    analysis = AnalysisFactory(organizer=ekhult)

    with pytest.raises(Invalid) as caught:
        find(session, kim, analysis=analysis, form=FindingForm(kind="strength", text="x", tags=tag))
    assert "tags" in caught.value.fields


def test_a_goal_of_another_huvudman_cannot_be_tagged(session, ekhult, kim):
    theirs = LocalGoalFactory(organizer=OrganizerFactory(name="Lindåsa"))
    analysis = AnalysisFactory(organizer=ekhult)
    form = FindingForm(kind="strength", text="x", tags=[f"local_goal:{theirs.id}"])

    with pytest.raises(Invalid):
        find(session, kim, analysis=analysis, form=form)
    assert tag_names(session, kim, ekhult.id, [("local_goal", str(theirs.id))]) == {
        f"local_goal:{theirs.id}": str(theirs.id)
    }


def test_a_tag_that_is_gone_keeps_its_item(session, ekhult, kim):
    assert tag_names(session, kim, ekhult.id, [("sub_goal", "gr-99")]) == {
        "sub_goal:gr-99": "gr-99"
    }
