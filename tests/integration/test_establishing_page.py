"""What stands in the way of an analysis is told with a way to it, and no form is a dead end."""

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.chain import (
    AnalysisFactory,
    AreaCauseFactory,
    CauseFactory,
    DevelopmentAreaFactory,
    ObservationFactory,
)
from tests.factories.organizers import OrganizerFactory


@pytest.fixture
def ekhult(db):
    return OrganizerFactory()


@pytest.fixture
def analysis(ekhult):
    return AnalysisFactory(organizer=ekhult)


@pytest.fixture
def browse(db, ekhult):
    kim = PersonFactory()
    RoleAssignmentFactory(person=kim, organizer=ekhult)
    return db.browse(kim)


def _at(analysis):
    return f"/ekhult/{analysis.school_year.slug}/analyser/{analysis.id}"


def test_a_missing_cause_leads_to_where_causes_are_written(analysis, browse):
    page = browse.post(f"{_at(analysis)}/faststall")

    assert page.status_code == 422
    assert '<a href="#fynd">Analysen har ingen orsak med underlag.' in page.text
    assert 'id="fynd"' in page.text


def test_an_area_without_ground_leads_to_that_area(analysis, browse):
    cause = CauseFactory(analysis=analysis)
    area = DevelopmentAreaFactory(analysis=analysis)
    AreaCauseFactory(analysis=analysis, area_id=area.id, cause_id=cause.id)

    page = browse.post(f"{_at(analysis)}/faststall")

    assert f'<a href="#{area.id}">”{area.title}” vilar inte på någon orsak' in page.text
    assert f'id="{area.id}"' in page.text


@pytest.mark.parametrize(
    ("part", "first"),
    [("orsak", "fynd"), ("belagg", "orsak"), ("effekt", "omrade")],
)
def test_a_form_that_cannot_be_saved_yet_asks_for_nothing(analysis, browse, part, first):
    page = browse.get(f"{_at(analysis)}/ny/{part}")

    assert f'{_at(analysis)}/ny/{first}"' in page.text
    assert "<textarea" not in page.text
    assert ">Spara<" not in page.text


def test_the_only_underlag_is_chosen_and_of_several_none(analysis, browse):
    address = f"{_at(analysis)}/ny/fynd"
    first = ObservationFactory(analysis=analysis)
    alone = browse.get(address).text
    ObservationFactory(analysis=analysis)
    several = browse.get(address).text

    chosen = f'name="observations" value="{first.id}" checked'
    assert chosen in alone
    assert chosen not in several


def test_what_was_typed_all_the_same_is_kept(analysis, browse):
    page = browse.post(f"{_at(analysis)}/ny/orsak", {"text": "Många byten av lärare"})

    assert page.status_code == 422
    assert "Många byten av lärare" in page.text
    assert ">Spara<" in page.text
